import type { Dashboard } from './model';
import type { TimeRange } from './time';

/** ClickHouse's JSONCompact, times as ISO in UTC. */
export interface QueryResult {
  readonly meta: readonly { readonly name: string; readonly type: string }[];
  readonly data: readonly (readonly unknown[])[];
}

export interface DashboardSummary {
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  readonly tags: readonly string[];
}

/** What is chosen, by variable; `$__all` alone stands for All. */
export type Selections = ReadonlyMap<string, readonly string[]>;

export const ALL = '$__all';

/** The server's sentence about what went wrong. */
export class ApiError extends Error {
  constructor(
    message: string,
    readonly status: number,
  ) {
    super(message);
  }
}

export function dashboards(): Promise<DashboardSummary[]> {
  return get('/api/dashboards');
}

export function dashboard(uid: string): Promise<Dashboard> {
  return get(`/api/dashboards/${encodeURIComponent(uid)}`);
}

export function panelQuery(
  uid: string,
  panel: number,
  refId: string,
  range: TimeRange,
  points: number,
  selections: Selections,
  signal: AbortSignal,
): Promise<QueryResult> {
  const path = `/api/dashboards/${encodeURIComponent(uid)}/panels/${panel}/queries/${encodeURIComponent(refId)}`;
  return get(`${path}?${parameters(range, selections, points)}`, signal);
}

export function annotationQuery(
  uid: string,
  index: number,
  range: TimeRange,
  selections: Selections,
  signal: AbortSignal,
): Promise<QueryResult> {
  const path = `/api/dashboards/${encodeURIComponent(uid)}/annotations/${index}`;
  return get(`${path}?${parameters(range, selections)}`, signal);
}

export async function variableOptions(
  uid: string,
  name: string,
  range: TimeRange,
  selections: Selections,
): Promise<string[]> {
  const path = `/api/dashboards/${encodeURIComponent(uid)}/variables/${encodeURIComponent(name)}`;
  return get(`${path}?${parameters(range, selections)}`);
}

export async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  return read(await fetch(path, signal ? { signal } : {}));
}

/** A change; the header is one that no form of another site can send. */
export async function post<T>(path: string, body: unknown): Promise<T> {
  return read(
    await fetch(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Tidewatch': 'preview' },
      body: JSON.stringify(body),
    }),
  );
}

async function read<T>(response: Response): Promise<T> {
  if (!response.ok) {
    const problem = (await response.json().catch(() => ({}))) as { error?: string };
    throw new ApiError(problem.error ?? `The preview answered ${response.status}.`, response.status);
  }
  return (await response.json()) as T;
}

function parameters(range: TimeRange, selections: Selections, points?: number): URLSearchParams {
  const search = new URLSearchParams({ from: String(range.from), to: String(range.to) });
  if (points !== undefined) {
    search.set('points', String(points));
  }
  for (const [name, values] of selections) {
    values.forEach((value) => search.append(`var-${name}`, value));
  }
  return search;
}
