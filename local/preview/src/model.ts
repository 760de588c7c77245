/**
 * The parts of Grafana's dashboard JSON that the preview reads. Everything may be absent: the files
 * are written for Grafana.
 */
export interface Dashboard {
  readonly uid: string;
  readonly title: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly time?: { readonly from: string; readonly to: string };
  readonly refresh?: string | boolean;
  readonly timezone?: string;
  readonly graphTooltip?: number;
  readonly panels?: readonly Panel[];
  readonly templating?: { readonly list?: readonly Variable[] };
  readonly annotations?: { readonly list?: readonly Annotation[] };
  readonly links?: readonly DashboardLink[];
}

export interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title?: string;
  readonly description?: string;
  readonly gridPos?: GridPosition;
  readonly targets?: readonly Target[];
  readonly fieldConfig?: FieldConfig;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly transformations?: readonly { readonly id: string; readonly disabled?: boolean }[];
  readonly links?: readonly Link[];
  readonly collapsed?: boolean;
  readonly panels?: readonly Panel[];
  readonly transparent?: boolean;
  readonly repeat?: string;
  readonly timeFrom?: string | null;
  readonly timeShift?: string | null;
  readonly maxDataPoints?: number | null;
  readonly interval?: string | null;
}

/** In columns of 24 and rows of 30 px. */
export interface GridPosition {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

export interface Target {
  readonly refId: string;
  readonly hide?: boolean;
  /** The datasource's: `timeseries` turns labels into series. */
  readonly queryType?: string;
  readonly format?: number;
}

export interface FieldConfig {
  readonly defaults?: FieldOptions;
  readonly overrides?: readonly Override[];
}

export interface FieldOptions {
  readonly unit?: string;
  readonly decimals?: number | null;
  readonly min?: number | null;
  readonly max?: number | null;
  readonly noValue?: string;
  readonly displayName?: string;
  readonly description?: string;
  readonly color?: { readonly mode?: string; readonly fixedColor?: string };
  readonly thresholds?: Thresholds;
  readonly mappings?: readonly Mapping[];
  readonly links?: readonly Link[];
  readonly custom?: Readonly<Record<string, unknown>>;
}

export interface Thresholds {
  readonly mode?: 'absolute' | 'percentage';
  readonly steps: readonly { readonly value: number | null; readonly color: string }[];
}

export interface Mapping {
  readonly type: string;
  readonly options: Readonly<Record<string, unknown>>;
}

export interface Override {
  readonly matcher: { readonly id: string; readonly options?: unknown };
  readonly properties: readonly { readonly id: string; readonly value?: unknown }[];
}

export interface Link {
  readonly title?: string;
  readonly url?: string;
  readonly targetBlank?: boolean;
}

export interface DashboardLink extends Link {
  readonly type?: string;
  readonly tags?: readonly string[];
  readonly includeVars?: boolean;
  readonly keepTime?: boolean;
  readonly tooltip?: string;
}

export interface Variable {
  readonly name: string;
  readonly type: string;
  readonly label?: string | null;
  readonly description?: string | null;
  /** 0 shown, 1 without its label, 2 hidden. */
  readonly hide?: number;
  readonly multi?: boolean;
  readonly includeAll?: boolean;
  readonly allValue?: string | null;
  readonly query?: unknown;
  readonly current?: { readonly value?: unknown; readonly text?: unknown };
}

export interface Annotation {
  readonly name: string;
  readonly enable?: boolean;
  readonly iconColor?: string;
  /** Its query; Grafana's own have none. */
  readonly target?: unknown;
}

/** The type of an option by its default: any string where that is one, and so on. */
export type Widened<T> = T extends string
  ? string
  : T extends number
    ? number
    : T extends boolean
      ? boolean
      : T;
