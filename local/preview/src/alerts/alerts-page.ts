import { h } from '../dom';
import { ago, dateTime } from '../format';
import type { Page } from '../page/page';
import { type Alert, alerts, ruleTitle, SEVERITIES, type Severity } from './alert';
import { AlertView } from './alert-view';

const REFRESH_MILLISECONDS = 15_000;
const SHOWN_PER_RULE = 4;

type Tab = 'firing' | 'history';

/** What fires, by rule, the worst first; what did; and one alert beside it. */
export class AlertsPage implements Page {
  readonly title = 'Alerts';
  readonly element = h('main', { class: 'alerts' });
  private readonly list = h('div', { class: 'alert-list' });
  private readonly detail = h('div', { class: 'alert-place' });
  private readonly opened = new Set<string>();
  private all: readonly Alert[] = [];
  private tab: Tab = 'firing';
  private severity: Severity | undefined;
  private view: AlertView | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** @param selected the id of the alert that is shown beside the list */
  constructor(
    private selected: string | undefined,
    private readonly counted: (firing: number) => void,
  ) {
    this.element.append(
      h(
        'div',
        { class: 'head' },
        h('div', { class: 'headline' }, h('h1', {}, 'Alerts'), h('p', {}, 'What is wrong, why, and who takes care of it.')),
      ),
      h('div', { class: 'alert-columns' }, this.list, this.detail),
    );
  }

  async start(): Promise<void> {
    await this.refresh();
    this.open(this.selected ?? worst(this.all)?.alert_id, false);
  }

  restyle(): void {
    this.view?.restyle();
  }

  stop(): void {
    clearTimeout(this.timer);
    this.view?.stop();
  }

  private async refresh(): Promise<void> {
    clearTimeout(this.timer);
    try {
      this.all = await alerts();
      this.counted(this.all.filter(({ status }) => status === 'firing').length);
      this.show();
    } catch (error) {
      this.list.replaceChildren(h('p', { class: 'message' }, (error as Error).message));
    }
    this.timer = setTimeout(() => void this.refresh(), REFRESH_MILLISECONDS);
  }

  private show(): void {
    const shown = this.all.filter(
      ({ status, severity }) =>
        (status === 'firing') === (this.tab === 'firing') && (!this.severity || severity === this.severity),
    );
    this.list.replaceChildren(
      this.tabs(),
      this.filters(),
      shown.length === 0
        ? h('p', { class: 'message' }, this.tab === 'firing' ? 'Nothing fires. All is well.' : 'Nothing has fired yet.')
        : this.tab === 'firing'
          ? h('div', {}, ...byRule(shown).map(([rule, group]) => this.group(rule, group)))
          : h('ul', { class: 'alert-rows' }, ...shown.map((alert) => this.row(alert, true))),
    );
    this.list.dataset['state'] = 'shown';
  }

  private tabs(): HTMLElement {
    const tab = (name: Tab, label: string): HTMLElement =>
      h(
        'button',
        {
          type: 'button',
          role: 'tab',
          'aria-selected': String(this.tab === name),
          onclick: () => {
            this.tab = name;
            this.show();
          },
        },
        label,
      );
    return h('div', { class: 'tabs', role: 'tablist' }, tab('firing', 'Firing now'), tab('history', 'History'));
  }

  private filters(): HTMLElement {
    const counts = new Map(SEVERITIES.map((severity) => [severity, 0]));
    this.all
      .filter(({ status }) => (status === 'firing') === (this.tab === 'firing'))
      .forEach(({ severity }) => counts.set(severity, (counts.get(severity) ?? 0) + 1));
    return h(
      'div',
      { class: 'filters' },
      ...SEVERITIES.map((severity) =>
        h(
          'button',
          {
            type: 'button',
            class: `filter ${severity}`,
            'aria-pressed': String(this.severity === severity),
            onclick: () => {
              this.severity = this.severity === severity ? undefined : severity;
              this.show();
            },
          },
          h('strong', {}, String(counts.get(severity) ?? 0)),
          severity,
        ),
      ),
    );
  }

  private group(rule: string, group: readonly Alert[]): HTMLElement {
    const open = this.opened.has(rule);
    const shown = open ? group : group.slice(0, SHOWN_PER_RULE);
    const hidden = group.length - shown.length;
    return h(
      'section',
      { class: 'alert-group' },
      h(
        'header',
        {},
        h('span', { class: `severity ${group[0]?.severity}` }, group[0]?.severity),
        h('h2', {}, ruleTitle(rule)),
        group.length > 1 && h('span', { class: 'count' }, String(group.length)),
      ),
      h('ul', { class: 'alert-rows' }, ...shown.map((alert) => this.row(alert, false))),
      (hidden > 0 || open) &&
        group.length > SHOWN_PER_RULE &&
        h(
          'button',
          {
            type: 'button',
            class: 'more',
            onclick: () => {
              open ? this.opened.delete(rule) : this.opened.add(rule);
              this.show();
            },
          },
          open ? 'Show fewer' : `Show ${hidden} more`,
        ),
    );
  }

  private row(alert: Alert, withRule: boolean): HTMLElement {
    const since = Date.parse(alert.started_at);
    return h(
      'li',
      {},
      h(
        'button',
        {
          type: 'button',
          'data-alert': alert.alert_id,
          'aria-current': alert.alert_id === this.selected,
          onclick: () => this.open(alert.alert_id, true),
        },
        withRule &&
          h('span', { class: 'row-rule' }, h('span', { class: `dot ${alert.severity}` }), ruleTitle(alert.rule)),
        h('span', { class: 'row-summary' }, alert.summary),
        h(
          'span',
          { class: 'muted' },
          withRule ? dateTime(since) : ago(since, Date.now()),
          alert.acknowledged_at ? ` · ${alert.acknowledged_by} takes care` : '',
        ),
      ),
    );
  }

  private open(id: string | undefined, byHand: boolean): void {
    this.view?.stop();
    this.selected = id;
    if (byHand && id) {
      history.replaceState(null, '', `/alerts/${id}`);
    }
    this.show();
    if (!id) {
      this.detail.replaceChildren();
      return;
    }
    this.view = new AlertView(id, () => void this.refresh());
    this.detail.replaceChildren(this.view.element);
    void this.view.start();
    if (byHand) {
      this.detail.scrollIntoView({ block: 'nearest', behavior: 'smooth' });
    }
  }
}

function worst(all: readonly Alert[]): Alert | undefined {
  return byRule(all.filter(({ status }) => status === 'firing'))[0]?.[1][0];
}

/** The rules with the worst first, then those that began last. */
function byRule(all: readonly Alert[]): [string, Alert[]][] {
  const groups = new Map<string, Alert[]>();
  for (const alert of all) {
    const group = groups.get(alert.rule);
    group ? group.push(alert) : groups.set(alert.rule, [alert]);
  }
  const rank = ([, [first]]: [string, Alert[]]): number => SEVERITIES.indexOf(first?.severity ?? 'low');
  return [...groups].sort(
    (a, b) =>
      rank(a) - rank(b) || String(b[1][0]?.started_at).localeCompare(String(a[1][0]?.started_at)),
  );
}
