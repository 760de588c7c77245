/** A number as people read it. */
export interface Formatted {
  readonly prefix: string;
  readonly text: string;
  readonly suffix: string;
}

export interface FormatOptions {
  readonly unit?: string | undefined;
  readonly decimals?: number | null | undefined;
  /** An IANA zone; undefined: the browser's. */
  readonly timeZone?: string | undefined;
}

type Scale = readonly (readonly [from: number, suffix: string])[];

const CURRENCIES: Readonly<Record<string, string>> = {
  USD: '$',
  EUR: '€',
  GBP: '£',
  JPY: '¥',
  CHF: 'CHF ',
};
const SHORT: Scale = [
  [1, ''],
  [1e3, 'K'],
  [1e6, 'M'],
  [1e9, 'B'],
  [1e12, 'T'],
];
const BYTES: Scale = [
  [1, ' B'],
  [1e3, ' kB'],
  [1e6, ' MB'],
  [1e9, ' GB'],
  [1e12, ' TB'],
];
const BINARY_BYTES: Scale = [
  [1, ' B'],
  [2 ** 10, ' KiB'],
  [2 ** 20, ' MiB'],
  [2 ** 30, ' GiB'],
  [2 ** 40, ' TiB'],
];
const SECONDS: Scale = [
  [1e-6, ' µs'],
  [1e-3, ' ms'],
  [1, ' s'],
  [60, ' min'],
  [3_600, ' h'],
  [86_400, ' d'],
  [31_557_600, ' y'],
];
const SECONDS_PER: Readonly<Record<string, number>> = {
  ns: 1e-9,
  µs: 1e-6,
  ms: 1e-3,
  s: 1,
  m: 60,
  h: 3_600,
  d: 86_400,
};
const RATES: Readonly<Record<string, string>> = {
  reqps: ' req/s',
  ops: ' ops/s',
  cps: '/s',
  rps: '/s',
  wps: ' wr/s',
  eps: ' events/s',
};
const TIMES = new Set([
  'dateTimeAsIso',
  'dateTimeAsIsoNoDateIfToday',
  'dateTimeAsLocal',
  'dateTimeAsSystem',
  'dateTimeAsUS',
  'dateTimeFromNow',
]);

/** Whether {@link format} knows the unit. */
export function isKnownUnit(unit: string | undefined): boolean {
  return (
    !unit ||
    ['none', 'short', 'sishort', 'locale', 'string', 'percent', 'percentunit'].includes(unit) ||
    unit in SECONDS_PER ||
    unit in RATES ||
    ['bytes', 'decbytes'].includes(unit) ||
    TIMES.has(unit) ||
    /^(suffix|prefix|currency|time):/.test(unit) ||
    (unit.startsWith('currency') && unit.slice(8) in CURRENCIES)
  );
}

/** The number in its unit, with as many decimals as matter unless they are given. */
export function format(value: number, options: FormatOptions = {}): Formatted {
  const { unit = 'none', decimals } = options;
  if (!Number.isFinite(value)) {
    return { prefix: '', text: Number.isNaN(value) ? '–' : value > 0 ? '∞' : '−∞', suffix: '' };
  }
  if (unit.startsWith('currency')) {
    const code = unit.startsWith('currency:') ? unit.slice(9) : unit.slice(8);
    return { ...scaled(value, SHORT, decimals), prefix: CURRENCIES[code] ?? `${code} ` };
  }
  if (TIMES.has(unit) || unit.startsWith('time:')) {
    return plain(time(value, unit, options.timeZone));
  }
  switch (unit) {
    case 'percent':
      return { ...number(value, decimals), suffix: '%' };
    case 'percentunit':
      return { ...number(value * 100, decimals), suffix: '%' };
    case 'short':
    case 'sishort':
      return scaled(value, SHORT, decimals);
    case 'bytes':
      return scaled(value, BINARY_BYTES, decimals);
    case 'decbytes':
      return scaled(value, BYTES, decimals);
    default:
      break;
  }
  const seconds = SECONDS_PER[unit];
  if (seconds !== undefined) {
    return value === 0
      ? { prefix: '', text: '0', suffix: ` ${unit === 'm' ? 'min' : unit}` }
      : scaled(value * seconds, SECONDS, decimals);
  }
  if (unit in RATES) {
    const rate = scaled(value, SHORT, decimals);
    return { ...rate, suffix: rate.suffix + RATES[unit] };
  }
  if (unit.startsWith('suffix:')) {
    return { ...number(value, decimals), suffix: spaced(unit.slice(7)) };
  }
  if (unit.startsWith('prefix:')) {
    return { ...number(value, decimals), prefix: unit.slice(7) };
  }
  return number(value, decimals);
}

/** {@link format} as one string. */
export function formatText(value: number, options: FormatOptions = {}): string {
  const { prefix, text, suffix } = format(value, options);
  return text.startsWith('−') ? `−${prefix}${text.slice(1)}${suffix}` : prefix + text + suffix;
}

/** Such as "3 min ago" or "in 2 d". */
export function ago(time: number, now: number): string {
  const seconds = Math.abs(now - time) / 1000;
  if (seconds < 5) {
    return 'just now';
  }
  const length = formatText(seconds < 60 ? Math.round(seconds) : seconds, {
    unit: 's',
    decimals: 0,
  });
  return time <= now ? `${length} ago` : `in ${length}`;
}

/** Date and time of day, without the year where it is this one. */
export function dateTime(time: number, timeZone?: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    ...(new Date(time).getUTCFullYear() === new Date().getUTCFullYear() ? {} : { year: 'numeric' }),
    hour: '2-digit',
    minute: '2-digit',
    timeZone,
  }).format(time);
}

function scaled(value: number, scale: Scale, decimals: number | null | undefined): Formatted {
  const size = Math.abs(value);
  const rounded = size * (1 + 1e-9);
  let [unit, suffix] = scale[0] ?? [1, ''];
  for (const [from, name] of scale) {
    if (rounded >= from) {
      [unit, suffix] = [from, name];
    }
  }
  return { ...number(value / unit, decimals), suffix };
}

function number(value: number, decimals: number | null | undefined): Formatted {
  const given = decimals ?? undefined;
  const text = new Intl.NumberFormat('en-US', {
    minimumFractionDigits: given ?? 0,
    maximumFractionDigits: given ?? significant(value),
  }).format(value);
  return plain(/^-[0.]+$/.test(text) ? text.slice(1) : text.replace('-', '−'));
}

function plain(text: string): Formatted {
  return { prefix: '', text, suffix: '' };
}

/** How many decimals show about three digits that matter. */
function significant(value: number): number {
  if (Number.isInteger(value) || value === 0) {
    return 0;
  }
  const magnitude = Math.floor(Math.log10(Math.abs(value)));
  return Math.max(0, Math.min(6, 2 - magnitude));
}

function spaced(suffix: string): string {
  return /^[\p{L}]/u.test(suffix) ? ` ${suffix}` : suffix;
}

function time(value: number, unit: string, timeZone: string | undefined): string {
  if (unit === 'dateTimeFromNow') {
    return ago(value, Date.now());
  }
  return dateTime(value, timeZone);
}
