import type { SeriesOption } from 'echarts/types/dist/shared';
import { h } from '../dom';
import { dateTime } from '../format';
import { table } from '../frame';
import type { QueryResult } from '../api';
import { color, hexAlpha } from '../palette';
import type { Occurrence, PanelData } from './panel-data';

const ADDRESS = /<a\s[^>]*href="(https?:\/\/[^"]*|\/(?!\/)[^"]*)"[^>]*>(.*?)<\/a>/;

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

/** Regions that overlap are drawn as one; a moment is a band without an end. */
export interface Band {
  readonly from: number;
  readonly to: number | undefined;
  readonly color: string;
  readonly occurrences: readonly Occurrence[];
}

export function bandsOf(list: readonly Occurrence[]): Band[] {
  const bands: Band[] = [];
  for (const next of [...list].sort((a, b) => a.from - b.from)) {
    const open = bands.findIndex(
      ({ to, color: hue }) =>
        to !== undefined && next.to !== undefined && next.from <= to && hue === next.color,
    );
    const band = bands[open];
    if (band) {
      bands[open] = {
        ...band,
        to: Math.max(band.to ?? 0, next.to ?? 0),
        occurrences: [...band.occurrences, next],
      };
    } else {
      bands.push({ from: next.from, to: next.to, color: next.color, occurrences: [next] });
    }
  }
  return bands;
}

/** A series without data that carries the bands. */
export function bandMarks(bands: readonly Band[]): SeriesOption {
  const all = bands.map((band, index) => ({ ...band, index }));
  return {
    id: 'occurrences',
    type: 'line',
    data: [],
    markArea: {
      data: all
        .filter(({ to }) => to !== undefined)
        .map((region) => [
          {
            xAxis: region.from,
            band: region.index,
            itemStyle: {
              color: hexAlpha(color(region.color), 0.11),
              borderColor: hexAlpha(color(region.color), 0.4),
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
      data: all
        .filter(({ to }) => to === undefined)
        .map((moment) => ({
          xAxis: moment.from,
          band: moment.index,
          lineStyle: { color: color(moment.color), width: 1, type: 'dashed' },
        })),
    },
  } as SeriesOption;
}

/** Says what happened, the newest first, until closed. */
export function showBand({ occurrences: list }: Band, { timeZone }: PanelData): void {
  const dialog = h(
    'dialog',
    { class: 'card', onclose: () => dialog.remove() },
    ...[...list]
      .reverse()
      .map((occurrence) =>
        h(
          'section',
          {},
          h('h2', {}, occurrence.title),
          h('p', { class: 'muted' }, [period(occurrence, timeZone), ...occurrence.tags].join(' · ')),
          h('p', {}, ...withLink(occurrence.text)),
        ),
      ),
    h('form', { method: 'dialog' }, h('button', { class: 'button' }, 'Close')),
  );
  document.body.append(dialog);
  dialog.showModal();
}

function period({ from, to }: Occurrence, timeZone: string | undefined): string {
  return dateTime(from, timeZone) + (to === undefined ? '' : ` – ${dateTime(to, timeZone)}`);
}

/** Grafana takes HTML there; here it is text with its first link. */
function withLink(text: string): (Node | string)[] {
  const link = ADDRESS.exec(text);
  const plain = (part: string): string => part.replace(/<[^>]+>/g, ' ');
  if (!link) {
    return [plain(text)];
  }
  const [whole, href = '', label = ''] = link;
  return [
    plain(text.slice(0, link.index)),
    h('a', { href }, plain(label)),
    plain(text.slice(link.index + whole.length)),
  ];
}
