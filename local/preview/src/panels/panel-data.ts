import type { Drawing } from '../chart';
import type { DisplayField } from '../field';
import type { Frame } from '../frame';
import type { Scope } from '../interpolate';
import type { Panel, Widened } from '../model';
import type { TimeRange } from '../time';

/** Something that happened, drawn over time. */
export interface Occurrence {
  readonly from: number;
  /** Undefined for a moment. */
  readonly to: number | undefined;
  readonly title: string;
  readonly text: string;
  readonly tags: readonly string[];
  readonly color: string;
}

/** All a panel needs to be drawn. */
export interface PanelData {
  readonly panel: Panel;
  readonly frames: readonly Frame[];
  readonly fields: readonly DisplayField[];
  readonly range: TimeRange;
  readonly timeZone: string | undefined;
  readonly scope: Scope;
  readonly occurrences: readonly Occurrence[];
  /** Charts of one group show their tooltips together. */
  readonly group: string | undefined;
}

/** How panels of one type are drawn. */
export interface PanelKind {
  /** Whether the panel has nothing to ask. */
  readonly isStatic?: boolean;
  draw(place: HTMLElement, data: PanelData): Drawing;
  /** What of the panel's options is not shown as Grafana would, in words. */
  unsupported?(panel: Panel): string[];
}

/** For what is plain HTML. */
export const NOTHING_TO_DISPOSE: Drawing = { dispose: () => undefined };

/** An option of a panel by its path, such as `legend.placement`. */
export function option<T>(panel: Panel, path: string, fallback: T): Widened<T> {
  let value: unknown = panel.options;
  for (const key of path.split('.')) {
    value = (value as Readonly<Record<string, unknown>> | undefined)?.[key];
  }
  return (value ?? fallback) as Widened<T>;
}
