import type { EChartsOption } from 'echarts/types/dist/shared';
import { axisStyle, drawChart, tooltip } from '../chart';
import { h } from '../dom';
import type { DisplayField } from '../field';
import { dateTime, formatText } from '../format';
import { timeField } from '../frame';
import { sequence, token } from '../palette';
import { option, type PanelData, type PanelKind } from './panel-data';
import { isDrawn } from './time-series';

type Cell = [column: number, row: number, root: number, value: number];

const DAY = 86_400_000;

export const heatmapPanel: PanelKind = {
  draw(place, data) {
    const rows = data.fields.filter(isDrawn);
    const times = [...new Set(rows.flatMap((row) => timeField(row.frame)?.values ?? []))]
      .map(Number)
      .sort((a, b) => a - b);
    const cells = rows.flatMap((row, y) => rowCells(row, y, times));
    const numbers = cells.map(([, , , value]) => value);
    const most = numbers.reduce((a, b) => Math.max(a, b), 0);
    const unit = option<string | undefined>(data.panel, 'cellValues.unit', undefined) ?? rows[0]?.options.unit;
    const decimals = option<number | undefined>(data.panel, 'cellValues.decimals', undefined);
    const text = (value: number): string => formatText(value, { unit, decimals });
    const chartPlace = h('div', { class: 'chart' });
    place.append(chartPlace);
    const span = (times.at(-1) ?? 0) - (times[0] ?? 0);
    const daily = times.length > 1 && (times[1] ?? 0) - (times[0] ?? 0) >= DAY;
    return drawChart(chartPlace, {
      grid: { left: 4, right: 8, top: 6, bottom: 34, containLabel: true },
      tooltip: {
        ...tooltip(),
        formatter: ((parameters: { value: Cell }) => {
          const [x, y, , value] = parameters.value;
          return h(
            'div',
            { class: 'tip' },
            h('div', { class: 'tip-time' }, dateTime(times[x] ?? 0, data.timeZone)),
            h('div', { class: 'tip-row' }, h('span', { class: 'name' }, rows[y]?.name), h('span', { class: 'figure' }, text(value))),
          );
        }) as never,
      },
      xAxis: {
        type: 'category',
        data: times.map((time) => label(time, daily, span < 1.5 * DAY, data)),
        ...axisStyle(),
        splitLine: { show: false },
      },
      yAxis: {
        type: 'category',
        data: rows.map(({ name }) => name),
        ...axisStyle(),
        splitLine: { show: false },
        axisLabel: { ...axisStyle().axisLabel, width: 110, overflow: 'truncate' },
      },
      visualMap: {
        type: 'continuous',
        dimension: 2,
        min: 0,
        max: Math.sqrt(most),
        calculable: false,
        orient: 'horizontal',
        left: 'center',
        bottom: 0,
        itemWidth: 8,
        itemHeight: 120,
        text: [text(most), text(0)],
        textStyle: { color: token('--muted'), fontSize: 11 },
        inRange: { color: sequence(option(data.panel, 'color.reverse', false)) },
      },
      series: [
        {
          type: 'heatmap',
          data: cells,
          itemStyle: { borderColor: token('--panel'), borderWidth: 1, borderRadius: 2 },
          emphasis: { itemStyle: { borderColor: token('--text') } },
        },
      ],
    } as EChartsOption);
  },
  unsupported(panel) {
    return option(panel, 'calculate', false) ? ['Values are drawn as they come, not counted into buckets.'] : [];
  },
};

/** What is little must be seen beside what is much: colour goes by the square root. */
function rowCells(row: DisplayField, y: number, times: readonly number[]): Cell[] {
  const own = timeField(row.frame)?.values ?? [];
  const columns = new Map(times.map((time, x) => [time, x]));
  return row.field.values.flatMap((value, i): Cell[] => {
    const x = columns.get(Number(own[i]));
    return typeof value === 'number' && value > 0 && x !== undefined
      ? [[x, y, Math.sqrt(value), value]]
      : [];
  });
}

function label(time: number, daily: boolean, oneDay: boolean, { timeZone }: PanelData): string {
  const day = { day: 'numeric', month: 'short' } as const;
  const hour = { hour: '2-digit', minute: '2-digit' } as const;
  const shown = daily ? day : oneDay ? hour : { ...day, ...hour };
  return new Intl.DateTimeFormat('en-GB', { ...shown, timeZone }).format(time);
}
