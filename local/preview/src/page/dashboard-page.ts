import * as api from '../api';
import { h } from '../dom';
import { fillText, fillUrl, type Scope, urlState } from '../interpolate';
import type { Annotation, Dashboard, Panel, Variable } from '../model';
import type { Occurrence } from '../panels/panel-data';
import { occurrences } from '../panels/occurrences';
import { duration, type RawRange, REFRESH_INTERVALS, resolve } from '../time';
import { menu } from './menu';
import type { Page } from './page';
import { PanelView } from './panel-view';
import { rangePicker } from './range-picker';
import { variablePicker } from './variable-picker';

const DEFAULT_RANGE: RawRange = { from: 'now-6h', to: 'now' };

/** A dashboard with its controls; the address holds what is chosen, as Grafana's does. */
export class DashboardPage implements Page {
  readonly element = h('main', { class: 'dashboard' });
  private readonly variables = h('div', { class: 'variables' });
  private readonly status = h('span', { class: 'status', role: 'status' });
  private readonly views: PanelView[];
  private readonly selections = new Map<string, readonly string[]>();
  private readonly timeZone: string | undefined;
  private range: RawRange;
  private refresh: string;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private running = new AbortController();

  constructor(
    private readonly dashboard: Dashboard,
    search: URLSearchParams,
  ) {
    this.timeZone = dashboard.timezone === 'utc' ? 'UTC' : undefined;
    this.range = {
      from: search.get('from') ?? dashboard.time?.from ?? DEFAULT_RANGE.from,
      to: search.get('to') ?? dashboard.time?.to ?? DEFAULT_RANGE.to,
    };
    this.refresh = search.get('refresh') ?? (typeof dashboard.refresh === 'string' ? dashboard.refresh : '');
    for (const variable of this.shownVariables()) {
      const chosen = search.getAll(`var-${variable.name}`);
      this.selections.set(variable.name, chosen.length > 0 ? chosen : initial(variable));
    }
    this.views = panels(dashboard).map((panel) => new PanelView(panel));
    this.element.append(this.head(), this.grid());
  }

  get title(): string {
    return this.dashboard.title;
  }

  async start(): Promise<void> {
    await this.loadVariables();
    await this.load();
  }

  restyle(): void {
    this.views.forEach((view) => view.restyle());
  }

  stop(): void {
    clearTimeout(this.timer);
    this.running.abort();
    this.views.forEach((view) => view.dispose());
  }

  private head(): HTMLElement {
    const refresh = menu(this.refreshLabel(), 'refresh-picker', (close) =>
      h(
        'ul',
        { class: 'options' },
        ...REFRESH_INTERVALS.map((every) =>
          h(
            'li',
            {},
            h(
              'button',
              {
                type: 'button',
                'aria-current': every === this.refresh,
                onclick: () => {
                  this.refresh = every;
                  refresh.setLabel(this.refreshLabel());
                  close();
                  this.change(false);
                },
              },
              every || 'Off',
            ),
          ),
        ),
      ),
    );
    return h(
      'div',
      { class: 'head' },
      h(
        'div',
        { class: 'headline' },
        h('h1', {}, this.dashboard.title),
        this.dashboard.description && h('p', {}, this.dashboard.description),
      ),
      h(
        'div',
        { class: 'controls' },
        this.variables,
        this.links(),
        rangePicker(
          () => this.range,
          this.timeZone,
          (range) => {
            this.range = range;
            this.change(true);
          },
        ),
        h(
          'div',
          { class: 'joined' },
          h(
            'button',
            { type: 'button', class: 'button', title: 'Ask again', 'aria-label': 'Ask again', onclick: () => void this.load() },
            '↻',
          ),
          refresh.element,
        ),
        this.status,
      ),
    );
  }

  private refreshLabel(): string {
    return this.refresh || 'Off';
  }

  /** Links to addresses; those to dashboards by tag are the tabs above. */
  private links(): HTMLElement {
    return h(
      'span',
      { class: 'panel-links' },
      ...(this.dashboard.links ?? []).flatMap((link) => {
        const href = link.type === 'link' && link.url ? fillUrl(link.url, this.scope()) : undefined;
        return href ? [h('a', { href, title: link.tooltip }, fillText(link.title || 'Open', this.scope()))] : [];
      }),
    );
  }

  private grid(): HTMLElement {
    const rows = (this.dashboard.panels ?? [])
      .filter(({ type }) => type === 'row')
      .map((row) =>
        h('h2', { class: 'row', style: `--x:1;--w:24;--y:${(row.gridPos?.y ?? 0) + 1};--h:1` }, row.title),
      );
    const parts = [...this.views.map(({ element }) => element), ...rows];
    return h('div', { class: 'grid' }, ...parts.sort(byPlace));
  }

  private shownVariables(): Variable[] {
    return (this.dashboard.templating?.list ?? []).filter(({ type }) => type === 'query');
  }

  /** In their order, as one's query may name those before it. */
  private async loadVariables(): Promise<void> {
    const range = resolve(this.range, Date.now());
    const pickers: HTMLElement[] = [];
    for (const variable of this.shownVariables()) {
      const { name } = variable;
      try {
        const options = await api.variableOptions(this.dashboard.uid, name, range, this.selections);
        const chosen = (this.selections.get(name) ?? []).filter(
          (value) => value === api.ALL || options.includes(value),
        );
        const kept = chosen.length > 0 ? chosen : variable.includeAll ? [api.ALL] : options.slice(0, 1);
        this.selections.set(name, kept);
        if (variable.hide !== 2) {
          pickers.push(
            variablePicker(variable, options, kept, (values) => {
              this.selections.set(name, values);
              this.change(true);
            }),
          );
        }
      } catch (error) {
        pickers.push(h('span', { class: 'problem' }, `${variable.label || name}: ${(error as Error).message}`));
      }
    }
    const unknown = (this.dashboard.templating?.list ?? []).filter(
      ({ type, hide }) => hide !== 2 && type !== 'query',
    );
    this.variables.replaceChildren(
      ...pickers,
      ...unknown.map(({ name, type }) =>
        h('span', { class: 'problem' }, `The variable “${name}” of type “${type}” is left out.`),
      ),
    );
  }

  private change(reload: boolean): void {
    const search = urlState(this.range, this.selections);
    if (this.refresh !== this.dashboard.refresh) {
      search.set('refresh', this.refresh);
    }
    history.pushState(null, '', `${location.pathname}?${search}`);
    if (reload) {
      this.element.dataset['state'] = 'loading';
      void this.loadVariables().then(() => this.load());
    } else {
      this.schedule();
    }
  }

  private scope(): Scope {
    return { selections: this.selections, range: this.range };
  }

  private async load(): Promise<void> {
    this.running.abort();
    const running = new AbortController();
    this.running = running;
    clearTimeout(this.timer);
    this.element.dataset['state'] = 'loading';
    const range = resolve(this.range, Date.now());
    const moment = {
      uid: this.dashboard.uid,
      range,
      timeZone: this.timeZone,
      scope: this.scope(),
      occurrences: this.annotations(range, running.signal),
      group: this.dashboard.graphTooltip ? this.dashboard.uid : undefined,
      signal: running.signal,
    };
    await Promise.all(this.views.map((view) => view.show(moment)));
    if (!running.signal.aborted) {
      this.element.dataset['state'] = 'shown';
      this.schedule();
    }
  }

  private async annotations(range: ReturnType<typeof resolve>, signal: AbortSignal): Promise<Occurrence[]> {
    const list = (this.dashboard.annotations?.list ?? []).filter(({ target }) => target);
    const found = await Promise.all(list.map((annotation, index) => this.annotation(annotation, index, range, signal)));
    return found.flat();
  }

  private async annotation(
    annotation: Annotation,
    index: number,
    range: ReturnType<typeof resolve>,
    signal: AbortSignal,
  ): Promise<Occurrence[]> {
    if (annotation.enable === false) {
      return [];
    }
    try {
      const result = await api.annotationQuery(this.dashboard.uid, index, range, this.selections, signal);
      this.status.textContent = '';
      return occurrences(result, annotation.name, annotation.iconColor ?? 'red');
    } catch (error) {
      if (!signal.aborted) {
        this.status.textContent = `${annotation.name}: ${(error as Error).message}`;
      }
      return [];
    }
  }

  /** Not while nobody looks. */
  private schedule(): void {
    clearTimeout(this.timer);
    const every = duration(this.refresh);
    if (every !== undefined) {
      this.timer = setTimeout(() => (document.hidden ? this.schedule() : void this.load()), every);
    }
  }
}

/** Those of collapsed rows too: here all rows are open. */
function panels(dashboard: Dashboard): Panel[] {
  return (dashboard.panels ?? []).flatMap((panel) =>
    panel.type === 'row' ? (panel.panels ?? []) : [panel],
  );
}

/** Reading order, which phones show one below the other. */
function byPlace(a: HTMLElement, b: HTMLElement): number {
  const at = (element: HTMLElement, name: string): number => Number(element.style.getPropertyValue(name));
  return at(a, '--y') - at(b, '--y') || at(a, '--x') - at(b, '--x');
}

function initial(variable: Variable): string[] {
  const value = variable.current?.value;
  const values = (Array.isArray(value) ? value : value === undefined || value === '' ? [] : [value]).map(String);
  return values.length > 0 ? values : variable.includeAll ? [api.ALL] : [];
}
