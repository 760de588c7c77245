import { get, post, type QueryResult } from '../api';

export type Severity = 'critical' | 'high' | 'medium' | 'low';

export const SEVERITIES: readonly Severity[] = ['critical', 'high', 'medium', 'low'];

/** A row of `v_alerts`; times are ISO in UTC. */
export interface Alert {
  readonly alert_id: string;
  readonly rule: string;
  readonly pattern: string;
  readonly severity: Severity;
  readonly status: 'firing' | 'resolved';
  readonly series: string;
  readonly customer_id: string;
  readonly started_at: string;
  readonly ended_at: string | null;
  readonly value: number | null;
  readonly baseline: number | null;
  readonly threshold: number | null;
  readonly summary: string;
  readonly acknowledged_by: string;
  readonly acknowledged_at: string | null;
}

/** What proves an alert, and whom it was sent to. */
export interface AlertDetail extends Alert {
  readonly evidence: Evidence;
  readonly contributors: readonly Contributor[];
  readonly receivers: readonly string[];
  readonly actions: readonly string[];
  /** Of the metric that the rule watches; empty where it watches none. */
  readonly unit: string;
}

export interface Evidence {
  readonly matched?: readonly Match[];
  readonly resolution?: string;
  readonly runbook?: string;
  readonly dashboard?: string;
}

/** A window or an event; an event has no `to`. */
export interface Match {
  readonly name: string;
  readonly id: string;
  readonly from: string;
  readonly to?: string;
  readonly value?: number;
  readonly expected?: number;
  /** What would have been no breach. */
  readonly low?: number;
  readonly high?: number;
}

/** A part of the metric that made much of the change; `share` of the whole's is 1 for all of it. */
export interface Contributor {
  readonly series: string;
  readonly value?: number | null;
  readonly before?: number | null;
  readonly share: number;
}

export async function alerts(): Promise<Alert[]> {
  return get('/api/alerts');
}

export async function alertDetail(id: string): Promise<AlertDetail> {
  return get(`/api/alerts/${encodeURIComponent(id)}`);
}

/** The metric's windows around the alert: `time` and `value`. */
export async function alertWindows(id: string): Promise<QueryResult> {
  return get(`/api/alerts/${encodeURIComponent(id)}/windows`);
}

export async function acknowledge(id: string, by: string): Promise<AlertDetail> {
  return post(`/api/alerts/${encodeURIComponent(id)}/acknowledgement`, { by });
}

/** `payment_failure_streak` as people write it. */
export function ruleTitle(rule: string): string {
  const words = rule.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
