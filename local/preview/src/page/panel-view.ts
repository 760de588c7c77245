import * as api from '../api';
import type { Drawing } from '../chart';
import { h } from '../dom';
import { displayFields, unsupportedOptions } from '../field';
import { type Frame, rowCount, table, timeSeries } from '../frame';
import { fillText, fillUrl, type Scope } from '../interpolate';
import type { GridPosition, Panel, Target } from '../model';
import { KINDS } from '../panels/kinds';
import type { Occurrence } from '../panels/panel-data';
import type { TimeRange } from '../time';

/** What all panels of a dashboard are shown for at one moment. */
export interface Moment {
  readonly uid: string;
  readonly range: TimeRange;
  readonly timeZone: string | undefined;
  readonly scope: Scope;
  readonly occurrences: Promise<readonly Occurrence[]>;
  readonly group: string | undefined;
  readonly signal: AbortSignal;
}

type State = 'loading' | 'drawn' | 'empty' | 'error' | 'unsupported';

const POINTS_WITHOUT_WIDTH = 500;

/** One panel: its head, and the body that is drawn anew with each answer. */
export class PanelView {
  readonly element: HTMLElement;
  private readonly title = h('h2', {});
  private readonly links = h('span', { class: 'panel-links' });
  private readonly body = h('div', { class: 'panel-body' });
  private drawing: Drawing | undefined;
  private redraw: (() => void) | undefined;

  constructor(private readonly panel: Panel) {
    const notes = this.notes();
    this.element = h(
      'section',
      {
        class: classes(panel),
        'data-panel': panel.id,
        style: place(panel.gridPos),
        'aria-label': panel.title,
      },
      h(
        'header',
        {},
        this.title,
        panel.description && hint('i', panel.description, 'About this panel'),
        this.links,
        notes.length > 0 && hint('!', notes.join('\n'), 'What this preview leaves out'),
      ),
      this.body,
    );
    this.setState(KINDS[panel.type] ? 'loading' : 'unsupported');
  }

  /** Asks and draws; what was drawn stays until the answer is there. */
  async show(moment: Moment): Promise<void> {
    const { panel } = this;
    this.title.textContent = fillText(panel.title ?? '', moment.scope);
    this.links.replaceChildren(...panelLinks(panel, moment.scope));
    const kind = KINDS[panel.type];
    if (!kind) {
      this.say('unsupported', `This preview does not draw panels of type “${panel.type}”; Grafana does.`);
      return;
    }
    try {
      const frames = kind.isStatic ? [] : await this.ask(moment);
      const occurrences = panel.type === 'timeseries' ? await moment.occurrences : [];
      if (moment.signal.aborted) {
        return;
      }
      if (!kind.isStatic && frames.every((frame) => rowCount(frame) === 0 || isBlank(frame))) {
        this.say('empty', panel.fieldConfig?.defaults?.noValue ?? 'No data in this range.');
        return;
      }
      this.redraw = () => {
        this.clear();
        this.drawing = kind.draw(this.body, {
          panel,
          frames,
          fields: displayFields(frames, panel.fieldConfig ?? {}, moment.timeZone),
          range: moment.range,
          timeZone: moment.timeZone,
          scope: moment.scope,
          occurrences,
          group: moment.group,
        });
        this.setState('drawn');
      };
      this.redraw();
    } catch (error) {
      if (!moment.signal.aborted) {
        this.say('error', (error as Error).message);
        if (!(error instanceof api.ApiError)) {
          throw error;
        }
      }
    }
  }

  /** The same data in other colours. */
  restyle(): void {
    this.redraw?.();
  }

  dispose(): void {
    this.clear();
  }

  private async ask(moment: Moment): Promise<Frame[]> {
    const points = this.panel.maxDataPoints ?? (this.body.clientWidth || POINTS_WITHOUT_WIDTH);
    const targets = (this.panel.targets ?? []).filter(({ hide }) => !hide);
    const frames = await Promise.all(
      targets.map(async (target) => {
        const result = await api.panelQuery(
          moment.uid,
          this.panel.id,
          target.refId,
          moment.range,
          points,
          moment.scope.selections,
          moment.signal,
        );
        const frame = table(target.refId, result);
        return isTimeSeries(target) ? timeSeries(frame) : [frame];
      }),
    );
    return frames.flat();
  }

  private say(state: State, sentence: string): void {
    this.redraw = undefined;
    this.clear();
    this.body.append(h('p', { class: 'message' }, sentence));
    this.setState(state);
  }

  private clear(): void {
    this.drawing?.dispose();
    this.drawing = undefined;
    this.body.replaceChildren();
    this.body.className = 'panel-body';
  }

  private setState(state: State): void {
    this.element.dataset['state'] = state;
  }

  private notes(): string[] {
    const { panel } = this;
    return [
      ...(KINDS[panel.type]?.unsupported?.(panel) ?? []),
      ...unsupportedOptions(panel.fieldConfig ?? {}),
      ...(panel.transformations ?? [])
        .filter(({ disabled }) => !disabled)
        .map(({ id }) => `The transformation “${id}” is left out.`),
      ...(panel.repeat ? ['The panel is shown once and not per value.'] : []),
      ...(panel.timeFrom || panel.timeShift ? ['The dashboard’s time range is shown, not the panel’s.'] : []),
    ];
  }
}

/** Whether a table has a single row of nothing, as an aggregate of no rows is. */
function isBlank(frame: Frame): boolean {
  return frame.fields.every(({ values }) => values.every((value) => value === null));
}

function isTimeSeries({ queryType, format }: Target): boolean {
  return queryType === 'timeseries' || (queryType === undefined && format === 0);
}

/** Small ones stand side by side on a phone. */
function classes({ type, gridPos, transparent }: Panel): string {
  const small = ['stat', 'gauge'].includes(type) && (gridPos?.w ?? 12) <= 6 && (gridPos?.h ?? 8) <= 5;
  return `panel type-${type}${small ? ' small' : ''}${transparent ? ' transparent' : ''}`;
}

function place({ x, y, w, h: rows }: GridPosition = { x: 0, y: 0, w: 12, h: 8 }): string {
  return `--x:${x + 1};--w:${w};--y:${y + 1};--h:${rows}`;
}

function hint(sign: string, text: string, label: string): HTMLElement {
  return h(
    'span',
    { class: `hint${sign === '!' ? ' note' : ''}`, tabindex: 0, role: 'note', 'aria-label': `${label}: ${text}` },
    sign,
    h('span', { class: 'hint-text' }, text),
  );
}

function panelLinks(panel: Panel, scope: Scope): HTMLElement[] {
  return (panel.links ?? []).flatMap(({ title, url, targetBlank }) => {
    const href = url ? fillUrl(url, scope) : undefined;
    return href
      ? [
          h(
            'a',
            { href, ...(targetBlank ? { target: '_blank', rel: 'noopener' } : {}) },
            fillText(title || 'Open', scope),
          ),
        ]
      : [];
  });
}
