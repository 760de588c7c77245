import type { SeriesOption } from 'echarts/types/dist/shared';
import { h } from '../dom';
import { dateTime } from '../format';
import { table } from '../frame';
import type { QueryResult } from '../api';
import { color, hexAlpha } from '../palette';
import type { Occurrence, PanelData } from './panel-data';

const LINK = /https?:\/\/\S+|\/(?:d|alerts|docs)\/[\w./?=&%-]+/;

/** The rows of an annotation query: time, timeEnd, title, text, tags, color. */
export function occurrences(result: QueryResult, name: string, fallback: string): Occurrence[] {
  const frame = table('annotation', result);
  const column = (wanted: string) =>
    frame.fields.find((field) => field.name.toLowerCase() === wanted.toLowerCase())?.values;
  const times = column('time') ?? [];
  return times.map((time, row) => {
    const text = (wanted: string) => String(column(wanted)?.[row] ?? '');
    const end = Number(column('timeEnd')?.[row] ?? Number.NaN);
    return {
      from: Number(time),
      to: Number.isNaN(end) || end <= Number(time) ? undefined : end,
      title: text('title') || name,
      text: text('text'),
      tags: text('tags').split(',').filter(Boolean),
      color: text('color') || fallback,
    };
  });
}

/** A series without data that carries the regions and moments. */
export function occurrenceMarks(list: readonly Occurrence[]): SeriesOption {
  const at = list.map((occurrence, index) => ({ ...occurrence, index }));
  return {
    id: 'occurrences',
    type: 'line',
    data: [],
    markArea: {
      data: at
        .filter(({ to }) => to !== undefined)
        .map((region) => [
          {
            xAxis: region.from,
            occurrence: region.index,
            itemStyle: {
              color: hexAlpha(color(region.color), 0.13),
              borderColor: hexAlpha(color(region.color), 0.55),
              borderWidth: 0.5,
            },
          },
          { xAxis: region.to },
        ]),
      emphasis: { disabled: true },
    },
    markLine: {
      symbol: 'none',
      label: { show: false },
      data: at
        .filter(({ to }) => to === undefined)
        .map((moment) => ({
          xAxis: moment.from,
          occurrence: moment.index,
          lineStyle: { color: color(moment.color), width: 1, type: 'dashed' },
        })),
    },
  } as SeriesOption;
}

/** Says what happened, until closed. */
export function showOccurrence(occurrence: Occurrence, { timeZone }: PanelData): void {
  const when =
    dateTime(occurrence.from, timeZone) +
    (occurrence.to === undefined ? '' : ` – ${dateTime(occurrence.to, timeZone)}`);
  const dialog = h(
    'dialog',
    { class: 'card', onclose: () => dialog.remove() },
    h('h2', {}, occurrence.title),
    h('p', { class: 'muted' }, when),
    h('p', {}, ...withLink(occurrence.text)),
    occurrence.tags.length > 0 && h('p', { class: 'muted' }, occurrence.tags.join(' · ')),
    h('form', { method: 'dialog' }, h('button', { class: 'button' }, 'Close')),
  );
  document.body.append(dialog);
  dialog.showModal();
}

/** Grafana takes HTML there; here it is text with its one address to click. */
function withLink(text: string): (Node | string)[] {
  const bare = text.replace(/<a\s[^>]*href="([^"]*)"[^>]*>.*?<\/a>/g, ' $1 ').replace(/<[^>]+>/g, ' ');
  const address = LINK.exec(bare)?.[0];
  if (!address) {
    return [bare];
  }
  const [before = '', after = ''] = bare.split(address, 2);
  return [before, h('a', { href: address }, address), after];
}
