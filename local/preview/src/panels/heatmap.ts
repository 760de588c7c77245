import type { EChartsOption } from 'echarts/types/dist/shared';
import { axisStyle, drawChart, tooltip } from '../chart';
import { h } from '../dom';
import type { DisplayField } from '../field';
import { dateTime, formatText } from '../format';
import { timeField } from '../frame';
import { sequence, token } from '../palette';
import { option, type PanelData, type PanelKind } from './panel-data';
import { isDrawn } from './time-series';

export const heatmapPanel: PanelKind = {
  draw(place, data) {
    const rows = data.fields.filter(isDrawn);
    const times = [...new Set(rows.flatMap((row) => timeField(row.frame)?.values ?? []))]
      .map(Number)
      .sort((a, b) => a - b);
    const cells = rows.flatMap((row, y) => rowCells(row, y, times));
    const numbers = cells.map(([, , value]) => value);
    const unit = option<string | undefined>(data.panel, 'cellValues.unit', undefined) ?? rows[0]?.options.unit;
    const decimals = option<number | undefined>(data.panel, 'cellValues.decimals', undefined);
    const text = (value: number): string => formatText(value, { unit, decimals });
    const chartPlace = h('div', { class: 'chart' });
    place.append(chartPlace);
    const daily = times.length > 1 && (times[1] ?? 0) - (times[0] ?? 0) >= 86_400_000;
    return drawChart(chartPlace, {
      grid: { left: 4, right: 8, top: 6, bottom: 34, containLabel: true },
      tooltip: {
        ...tooltip(),
        formatter: ((parameters: { value: [number, number, number] }) => {
          const [x, y, value] = parameters.value;
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
        data: times.map((time) => label(time, daily, data)),
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
        min: Math.min(...numbers),
        max: Math.max(...numbers),
        calculable: false,
        orient: 'horizontal',
        left: 'center',
        bottom: 0,
        itemWidth: 8,
        itemHeight: 120,
        text: [text(Math.max(...numbers)), text(Math.min(...numbers))],
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

function rowCells(row: DisplayField, y: number, times: readonly number[]): [number, number, number][] {
  const own = timeField(row.frame)?.values ?? [];
  const columns = new Map(times.map((time, x) => [time, x]));
  return row.field.values.flatMap((value, i): [number, number, number][] => {
    const x = columns.get(Number(own[i]));
    return typeof value === 'number' && x !== undefined ? [[x, y, value]] : [];
  });
}

function label(time: number, daily: boolean, { timeZone }: PanelData): string {
  return daily
    ? new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone }).format(time)
    : dateTime(time, timeZone);
}
