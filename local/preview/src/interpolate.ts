import type { Selections } from './api';
import { ALL } from './api';
import type { RawRange } from './time';

/** What links and titles may name. */
export interface Scope {
  readonly selections: Selections;
  readonly range: RawRange;
  /** Names of `__value`, `__data.fields`, `__field` and the like. */
  readonly values?: Readonly<Record<string, string>>;
}

const REFERENCE = /\$\{([^}:]+)(?::([a-z]+))?\}|\$(\w+)/g;

/** A title with its variables filled in. */
export function fillText(text: string, scope: Scope): string {
  return replace(text, scope, (values) => values.map((v) => (v === ALL ? 'All' : v)).join(' + '));
}

/** An address with its variables filled in; undefined where it is none of the web's or this page's. */
export function fillUrl(url: string, scope: Scope): string | undefined {
  // an address that is a value as a whole is taken as it stands
  const write = /^\$\{[^}]*\}$/.test(url) ? String : encodeURIComponent;
  const filled = replace(url, scope, (values) => values.map((value) => write(value)).join(','));
  return /^(?:https?:\/\/|\/(?!\/)|\?|#)/i.test(filled) ? filled : undefined;
}

/** Grafana's parameters of the range and what is chosen: `from=now-7d&to=now&var-plan=pro`. */
export function urlState(range: RawRange, selections: Selections): URLSearchParams {
  const search = timeState(range);
  for (const [name, values] of selections) {
    values.forEach((value) => search.append(`var-${name}`, value));
  }
  return search;
}

function timeState(range: RawRange): URLSearchParams {
  return new URLSearchParams({ from: range.from, to: range.to });
}

function replace(
  text: string,
  scope: Scope,
  write: (values: readonly string[]) => string,
): string {
  return text.replace(REFERENCE, (whole, braced?: string, format?: string, bare?: string) => {
    const name = braced ?? bare ?? '';
    if (name === '__url_time_range') {
      return timeState(scope.range).toString();
    }
    if (name === '__all_variables') {
      const search = urlState(scope.range, scope.selections);
      search.delete('from');
      search.delete('to');
      return search.toString();
    }
    if (name === '__from' || name === '__to') {
      return name === '__from' ? scope.range.from : scope.range.to;
    }
    const value = scope.values?.[name];
    if (value !== undefined) {
      return write([value]);
    }
    const chosen = scope.selections.get(name);
    if (!chosen) {
      return whole;
    }
    return format === 'queryparam'
      ? chosen.map((v) => `var-${name}=${encodeURIComponent(v)}`).join('&')
      : write(chosen);
  });
}
