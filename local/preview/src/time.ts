/** Instants are epoch milliseconds. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
}

/** As Grafana writes a range: `now-7d`, `now/d`, epoch milliseconds or an ISO date. */
export interface RawRange {
  readonly from: string;
  readonly to: string;
}

export const QUICK_RANGES: readonly { readonly label: string; readonly raw: RawRange }[] = [
  quick('Last 15 minutes', 'now-15m'),
  quick('Last 1 hour', 'now-1h'),
  quick('Last 6 hours', 'now-6h'),
  quick('Last 24 hours', 'now-24h'),
  quick('Last 2 days', 'now-2d'),
  quick('Last 7 days', 'now-7d'),
  quick('Last 30 days', 'now-30d'),
  quick('Last 90 days', 'now-90d'),
  quick('Today so far', 'now/d'),
];

export const REFRESH_INTERVALS = ['', '5s', '10s', '30s', '1m', '5m', '15m'] as const;

const UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};
const EXPRESSION = /^now(?:([+-])(\d+)([smhdwMy]))?(?:\/([smhdwMy]))?$/;

function quick(label: string, from: string): { label: string; raw: RawRange } {
  return { label, raw: { from, to: 'now' } };
}

/**
 * The range in milliseconds.
 *
 * @throws RangeError naming what can't be read, or where it ends before it begins
 */
export function resolve(raw: RawRange, now: number): TimeRange {
  const from = instant(raw.from, now, false);
  const to = instant(raw.to, now, true);
  if (to <= from) {
    throw new RangeError('The range ends before it begins.');
  }
  return { from, to };
}

/** The length of `30s` or `5m` in milliseconds; undefined where it is none. */
export function duration(text: string): number | undefined {
  const match = /^(\d+)(ms|[smhdw])$/.exec(text);
  return match ? Number(match[1]) * (UNITS[match[2] ?? ''] ?? Number.NaN) : undefined;
}

/** Words for a range: its quick name, or from when to when. */
export function describe(raw: RawRange, timeZone: string | undefined): string {
  const known = QUICK_RANGES.find(({ raw: r }) => r.from === raw.from && r.to === raw.to);
  if (known) {
    return known.label;
  }
  const since = /^now-(\d+)([smhdwMy])$/.exec(raw.from);
  if (since && raw.to === 'now') {
    return `Last ${since[1]} ${unitName(since[2] ?? '', Number(since[1]))}`;
  }
  return `${endpoint(raw.from, timeZone)} – ${endpoint(raw.to, timeZone)}`;
}

function instant(text: string, now: number, roundUp: boolean): number {
  const match = EXPRESSION.exec(text);
  if (match) {
    const [, sign, count, unit, rounding] = match;
    const moved = unit ? shift(now, (sign === '-' ? -1 : 1) * Number(count), unit) : now;
    return rounding ? round(moved, rounding, roundUp) : moved;
  }
  const time = /^\d+$/.test(text) ? Number(text) : Date.parse(text);
  if (Number.isNaN(time)) {
    throw new RangeError(`“${text}” is no time: write now-7d, or 2026-01-31.`);
  }
  return time;
}

function shift(time: number, count: number, unit: string): number {
  const length = UNITS[unit];
  if (length !== undefined) {
    return time + count * length;
  }
  const date = new Date(time);
  date.setUTCMonth(date.getUTCMonth() + count * (unit === 'y' ? 12 : 1));
  return date.getTime();
}

function round(time: number, unit: string, up: boolean): number {
  const date = new Date(time);
  if (unit === 'M' || unit === 'y') {
    const start = Date.UTC(date.getUTCFullYear(), unit === 'y' ? 0 : date.getUTCMonth());
    return up ? shift(start, 1, unit) - 1 : start;
  }
  const length = UNITS[unit] ?? 1;
  // weeks begin on Monday; the epoch was a Thursday
  const offset = unit === 'w' ? 4 * 86_400_000 : 0;
  const start = Math.floor((time - offset) / length) * length + offset;
  return up ? start + length - 1 : start;
}

function unitName(unit: string, count: number): string {
  const names: Readonly<Record<string, string>> = {
    s: 'second',
    m: 'minute',
    h: 'hour',
    d: 'day',
    w: 'week',
    M: 'month',
    y: 'year',
  };
  return `${names[unit] ?? unit}${count === 1 ? '' : 's'}`;
}

function endpoint(text: string, timeZone: string | undefined): string {
  if (text.startsWith('now')) {
    return text;
  }
  const time = /^\d+$/.test(text) ? Number(text) : Date.parse(text);
  return new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    timeZone,
  }).format(time);
}
