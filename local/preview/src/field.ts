import type { Field, Frame, Value } from './frame';
import type { FieldConfig, FieldOptions, Mapping, Override, Thresholds, Widened } from './model';
import { color, seriesColor } from './palette';
import { format, type Formatted, formatText, isKnownUnit } from './format';

/** A field with what the panel says about it: defaults, then the overrides that match it. */
export class DisplayField {
  readonly name: string;
  readonly options: FieldOptions;

  constructor(
    readonly field: Field,
    readonly frame: Frame,
    private readonly index: number,
    config: FieldConfig,
    siblings: number,
    private readonly timeZone: string | undefined,
  ) {
    const own = nameOf(field, siblings);
    const options = config.defaults ?? {};
    const early = options.displayName ? fillName(options.displayName, field, own) : own;
    this.options = (config.overrides ?? [])
      .filter((override) => matches(override, field, frame, [own, early]))
      .reduce(apply, options);
    this.name =
      this.options.displayName === options.displayName
        ? early
        : fillName(this.options.displayName ?? own, field, own);
  }

  custom<T>(key: string, fallback: T): Widened<T> {
    return (this.options.custom?.[key] ?? fallback) as Widened<T>;
  }

  /** The value with its mapping or in its unit. */
  text(value: Value): string {
    const { prefix, text, suffix } = this.parts(value);
    return text.startsWith('−') ? `−${prefix}${text.slice(1)}${suffix}` : prefix + text + suffix;
  }

  parts(value: Value): Formatted {
    const mapped = mapping(value, this.options.mappings)?.['text'];
    if (typeof mapped === 'string') {
      return plain(mapped);
    }
    if (value === null) {
      return plain(this.options.noValue ?? '–');
    }
    if (typeof value === 'number') {
      const unit = this.options.unit ?? (this.field.type === 'time' ? 'dateTimeAsIso' : undefined);
      return format(value, { unit, decimals: this.options.decimals, timeZone: this.timeZone });
    }
    return plain(String(value));
  }

  /** A number of this field's unit, for axes. */
  axisText(value: number): string {
    return formatText(value, { unit: this.options.unit, timeZone: this.timeZone });
  }

  /** The colour of the field as a series. */
  seriesColor(): string {
    const { mode, fixedColor } = this.options.color ?? {};
    return (mode === 'fixed' || mode === 'shades') && fixedColor
      ? color(fixedColor)
      : seriesColor(this.index);
  }

  /** The colour of one value: its mapping's, its threshold's or the field's. */
  valueColor(value: Value): string {
    const mapped = mapping(value, this.options.mappings)?.['color'];
    if (typeof mapped === 'string') {
      return color(mapped);
    }
    const { mode = 'thresholds', fixedColor } = this.options.color ?? {};
    if (mode === 'fixed' && fixedColor) {
      return color(fixedColor);
    }
    if (mode !== 'thresholds' || !this.options.thresholds || typeof value !== 'number') {
      return mode === 'thresholds' ? color('text') : this.seriesColor();
    }
    return color(thresholdColor(value, this.options.thresholds, this.bounds([value])));
  }

  /** The options' least and most, else those of the values. */
  bounds(values: readonly Value[]): { readonly min: number; readonly max: number } {
    const numbers = values.filter((value): value is number => typeof value === 'number');
    const share = this.options.unit === 'percent' ? 100 : this.options.unit === 'percentunit' ? 1 : 0;
    return {
      min: this.options.min ?? Math.min(0, ...numbers),
      max: this.options.max ?? (share > 0 ? share : Math.max(...numbers, 0)),
    };
  }
}

/** All fields of the frames with their options. */
export function displayFields(
  frames: readonly Frame[],
  config: FieldConfig,
  timeZone: string | undefined,
): DisplayField[] {
  const values = frames.flatMap(({ fields }) => fields.filter(({ type }) => type === 'number'));
  const names = new Set(values.map(({ name }) => name)).size;
  let series = 0;
  return frames.flatMap((frame) =>
    frame.fields.map(
      (field) =>
        new DisplayField(
          field,
          frame,
          field.type === 'number' ? series++ : 0,
          config,
          names,
          timeZone,
        ),
    ),
  );
}

/** What of the configuration is not shown as Grafana would, in words. */
export function unsupportedOptions(config: FieldConfig): string[] {
  const all = [
    config.defaults ?? {},
    ...(config.overrides ?? []).map((override) => apply({}, override)),
  ];
  const units = all.map(({ unit }) => unit).filter((unit) => !isKnownUnit(unit));
  const matchers = (config.overrides ?? [])
    .map(({ matcher }) => matcher.id)
    .filter((id) => !(id in MATCHERS));
  return [
    ...units.map((unit) => `The unit “${unit}” is left out.`),
    ...matchers.map((id) => `Overrides by “${id}” are left out.`),
  ];
}

export function thresholdColor(
  value: number,
  thresholds: Thresholds,
  bounds: { readonly min: number; readonly max: number },
): string {
  let found = thresholds.steps[0]?.color ?? 'text';
  for (const step of thresholds.steps) {
    if (step.value !== null && value >= absolute(step.value, thresholds, bounds)) {
      found = step.color;
    }
  }
  return found;
}

/** Where a step begins, in the field's unit. */
export function absolute(
  step: number,
  { mode }: Thresholds,
  { min, max }: { readonly min: number; readonly max: number },
): number {
  return mode === 'percentage' ? min + ((max - min) * step) / 100 : step;
}

type Matcher = (options: unknown, field: Field, frame: Frame, names: readonly string[]) => boolean;

const MATCHERS: Readonly<Record<string, Matcher>> = {
  byName: (options, field, _, names) => options === field.name || names.includes(String(options)),
  byRegexp: (options, field, _, names) => {
    const pattern = regularExpression(String(options));
    return [field.name, ...names].some((name) => pattern.test(name));
  },
  byType: (options, field) => options === field.type,
  byFrameRefID: (options, _, frame) => options === frame.refId,
};

/** `/text/i` or plain text, as Grafana takes it. */
export function regularExpression(text: string): RegExp {
  const parts = /^\/(.*)\/([a-z]*)$/s.exec(text);
  return parts ? new RegExp(parts[1] ?? '', parts[2]?.replace('g', '')) : new RegExp(`^${text}$`);
}

function matches(
  { matcher }: Override,
  field: Field,
  frame: Frame,
  names: readonly string[],
): boolean {
  return MATCHERS[matcher.id]?.(matcher.options, field, frame, names) ?? false;
}

function apply(options: FieldOptions, override: Override): FieldOptions {
  let result: FieldOptions = options;
  for (const { id, value } of override.properties) {
    result = id.startsWith('custom.')
      ? { ...result, custom: { ...result.custom, [id.slice('custom.'.length)]: value } }
      : { ...result, [id]: value };
  }
  return result;
}

function mapping(
  value: Value,
  mappings: readonly Mapping[] | undefined,
): Readonly<Record<string, unknown>> | undefined {
  for (const { type, options } of mappings ?? []) {
    const result = mapped(value, type, options);
    if (result) {
      return result as Readonly<Record<string, unknown>>;
    }
  }
  return undefined;
}

function mapped(value: Value, type: string, options: Readonly<Record<string, unknown>>): unknown {
  switch (type) {
    case 'value':
      return value === null ? options['null'] : options[String(value)];
    case 'range': {
      const { from, to, result } = options as { from?: number; to?: number; result?: unknown };
      return typeof value === 'number' && value >= (from ?? -Infinity) && value <= (to ?? Infinity)
        ? result
        : undefined;
    }
    case 'regex':
      return typeof value === 'string' &&
        regularExpression(String(options['pattern'])).test(value)
        ? options['result']
        : undefined;
    case 'special': {
      const match = options['match'];
      const holds =
        (value === null && (match === 'null' || match === 'null+nan')) ||
        (value === '' && match === 'empty') ||
        (typeof value === 'boolean' && match === String(value));
      return holds ? options['result'] : undefined;
    }
    default:
      return undefined;
  }
}

/** As Grafana names a field: its labels, with its own name where that tells more. */
function nameOf(field: Field, names: number): string {
  const labels = Object.entries(field.labels);
  if (labels.length === 0) {
    return field.name;
  }
  const text =
    labels.length === 1
      ? (labels[0]?.[1] ?? '')
      : labels.map(([key, value]) => `${key}=${value}`).join(', ');
  return names > 1 ? `${field.name} ${text}` : text;
}

function fillName(template: string, field: Field, own: string): string {
  return template
    .replace(/\$\{__field\.labels\.([^}]+)\}/g, (_, label: string) => field.labels[label] ?? '')
    .replace(/\$\{__(?:field\.name|series\.name|field\.displayName)\}/g, own);
}

function plain(text: string): Formatted {
  return { prefix: '', text, suffix: '' };
}
