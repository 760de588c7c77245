import { ApiError } from '../api';
import type { Drawing } from '../chart';
import { h } from '../dom';
import { ago, dateTime } from '../format';
import { type Frame, rowCount, table } from '../frame';
import { acknowledge, alertDetail, type AlertDetail, alertWindows, type Contributor, type Match, ruleTitle } from './alert';
import { drawEvidence, figure } from './evidence-chart';

const NAME_KEY = 'tidewatch.name';
const MOST_EVENTS = 12;

/** One alert: the sentence, its evidence drawn, who contributed, and the acknowledgement. */
export class AlertView {
  readonly element = h('article', { class: 'alert-detail', 'data-state': 'loading' });
  private drawing: Drawing | undefined;
  private redraw: (() => void) | undefined;

  constructor(
    private readonly id: string,
    private readonly changed: () => void,
  ) {}

  async start(): Promise<void> {
    try {
      const [alert, windows] = await Promise.all([alertDetail(this.id), alertWindows(this.id)]);
      this.show(alert, table('windows', windows));
    } catch (error) {
      if (!(error instanceof ApiError)) {
        throw error;
      }
      this.element.dataset['state'] = 'error';
      this.element.replaceChildren(h('p', { class: 'message' }, error.message));
    }
  }

  restyle(): void {
    this.redraw?.();
  }

  stop(): void {
    this.drawing?.dispose();
  }

  private show(alert: AlertDetail, windows: Frame): void {
    const chart = h('div', { class: 'chart evidence-chart' });
    const matched = alert.evidence.matched ?? [];
    const events = matched.filter(({ to }) => !to);
    const drawn = rowCount(windows) > 0;
    this.element.replaceChildren(
      h(
        'header',
        {},
        h('span', { class: `severity ${alert.severity}` }, alert.severity),
        h('h2', {}, ruleTitle(alert.rule)),
        h('p', { class: 'muted' }, when(alert)),
      ),
      h('p', { class: 'summary' }, alert.summary),
      ...this.figures(alert),
      ...(drawn ? [h('h3', {}, 'What was measured'), chart] : []),
      ...(events.length > 0 ? [h('h3', {}, 'What happened'), eventList(events)] : []),
      ...(alert.contributors.length > 0
        ? [h('h3', {}, 'What contributed most'), contributorTable(alert.contributors, alert.unit)]
        : []),
      h('h3', {}, 'Who acts'),
      this.acknowledgement(alert),
      facts(alert),
    );
    this.drawing?.dispose();
    this.redraw = drawn
      ? () => {
          this.drawing?.dispose();
          this.drawing = drawEvidence(chart, alert, windows);
        }
      : undefined;
    this.redraw?.();
    this.element.dataset['state'] = 'shown';
  }

  private figures({ value, baseline, threshold, unit }: AlertDetail): HTMLElement[] {
    const shown = [
      { name: 'measured', number: value },
      { name: 'usual', number: baseline },
      { name: 'limit', number: threshold },
    ].filter(({ number }) => number !== null);
    return shown.length === 0
      ? []
      : [
          h(
            'dl',
            { class: 'figures' },
            ...shown.map(({ name, number }) => h('div', {}, h('dt', {}, name), h('dd', {}, figure(number, unit)))),
          ),
        ];
  }

  private acknowledgement(alert: AlertDetail): HTMLElement {
    if (alert.acknowledged_at) {
      return h(
        'p',
        { class: 'acknowledged' },
        `Acknowledged by ${alert.acknowledged_by}, ${dateTime(Date.parse(alert.acknowledged_at))}.`,
      );
    }
    const name = h('input', {
      type: 'text',
      name: 'by',
      required: true,
      maxlength: 100,
      placeholder: 'Your name',
      'aria-label': 'Your name',
      autocomplete: 'name',
      value: localStorage.getItem(NAME_KEY) ?? '',
    });
    const problem = h('p', { class: 'problem', role: 'alert' });
    const button = h('button', { class: 'button primary' }, 'Acknowledge');
    return h(
      'form',
      {
        class: 'acknowledge',
        onsubmit: (event) => {
          event.preventDefault();
          button.disabled = true;
          localStorage.setItem(NAME_KEY, name.value);
          acknowledge(this.id, name.value.trim())
            .then(() => this.start())
            .then(this.changed)
            .catch((error: Error) => {
              problem.textContent = error.message;
              button.disabled = false;
            });
        },
      },
      name,
      button,
      problem,
    );
  }
}

function when({ started_at, ended_at, evidence }: AlertDetail): string {
  const since = Date.parse(started_at);
  return ended_at
    ? `${dateTime(since)} – ${dateTime(Date.parse(ended_at))} · ${(evidence.resolution ?? 'resolved').replaceAll('_', ' ')}`
    : `firing since ${dateTime(since)}, ${ago(since, Date.now())}`;
}

function eventList(events: readonly Match[]): HTMLElement {
  const rest = events.length - MOST_EVENTS;
  return h(
    'ol',
    { class: 'events' },
    ...events.slice(0, MOST_EVENTS).map(({ name, from, value }) =>
      h(
        'li',
        {},
        h('time', { datetime: from }, dateTime(Date.parse(from))),
        h('span', {}, name),
        value !== undefined && h('span', { class: 'figure' }, figure(value, 'none')),
      ),
    ),
    rest > 0 && h('li', { class: 'muted' }, `and ${rest} more`),
  );
}

function contributorTable(contributors: readonly Contributor[], unit: string): HTMLElement {
  const columns = ['Series', 'Now', 'Before', 'Share of the change'];
  return h(
    'div',
    { class: 'table' },
    h(
      'table',
      {},
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          ...columns.map((column, at) => h('th', { scope: 'col', class: at > 0 ? 'end' : 'start' }, column)),
        ),
      ),
      h(
        'tbody',
        {},
        ...contributors.map(({ series, value, before, share }) =>
          h(
            'tr',
            {},
            h('td', {}, series),
            h('td', { class: 'end' }, figure(value, unit)),
            h('td', { class: 'end' }, figure(before, unit)),
            h('td', { class: 'end' }, figure(share, 'ratio')),
          ),
        ),
      ),
    ),
  );
}

/** Rules name a file of `docs/runbooks`, or an address. */
function runbook({ evidence }: AlertDetail): string | Node | undefined {
  const name = /^docs\/runbooks\/(\w+\.md)$/.exec(evidence.runbook ?? '')?.[1];
  const href = name ? `/public/runbooks/${name}` : /^https?:/.test(evidence.runbook ?? '') && evidence.runbook;
  return href ? h('a', { href }, 'What to do') : evidence.runbook;
}

/** The board is here too, whatever the address that others have for it. */
function dashboard({ evidence }: AlertDetail): Node | undefined {
  const href = /\/d\/.*$/.exec(evidence.dashboard ?? '')?.[0];
  return href ? h('a', { href }, 'What else happened then') : undefined;
}

function facts(alert: AlertDetail): HTMLElement {
  const rows: [string, string | undefined | Node][] = [
    ['Series', alert.series || 'the total'],
    ['Customer', alert.customer_id],
    ['Told', alert.receivers.join(', ')],
    ['Actions', alert.actions.join(', ').replaceAll('_', ' ')],
    ['Runbook', runbook(alert)],
    ['Dashboard', dashboard(alert)],
    ['Pattern', alert.pattern],
    ['Alert', alert.alert_id],
  ];
  return h(
    'dl',
    { class: 'facts' },
    ...rows.flatMap(([name, value]) => (value ? [h('dt', {}, name), h('dd', {}, value)] : [])),
  );
}
