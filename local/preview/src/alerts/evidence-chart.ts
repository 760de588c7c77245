import type { EChartsOption } from 'echarts/types/dist/shared';
import { axisStyle, drawChart, type Drawing, TIME_LABELS, tooltip } from '../chart';
import { h } from '../dom';
import { dateTime, formatText } from '../format';
import type { Frame } from '../frame';
import { color, hexAlpha, seriesColor, token } from '../palette';
import type { AlertDetail, Match } from './alert';

const UNITS: Readonly<Record<string, string>> = {
  ratio: 'percentunit',
  percent: 'percent',
  milliseconds: 'ms',
  seconds: 's',
  count: 'short',
  currency: 'short',
};

/** A figure of the alert's metric in its unit. */
export function figure(value: number | null | undefined, unit: string): string {
  return value === null || value === undefined ? '–' : formatText(value, { unit: UNITS[unit] ?? 'none' });
}

/** The windows around the alert, those that made it, and what was expected of them. */
export function drawEvidence(place: HTMLElement, alert: AlertDetail, frame: Frame): Drawing {
  const [time, value] = frame.fields;
  const points = (time?.values ?? []).map((at, row) => [Number(at), value?.values[row] ?? null]);
  const windows = (alert.evidence.matched ?? []).filter(({ to }) => to);
  const danger = color('red');
  const expected = expectedSteps(alert, windows);
  return drawChart(place, {
    grid: { left: 4, right: 16, top: 16, bottom: 2, containLabel: true },
    tooltip: {
      ...tooltip(),
      trigger: 'axis',
      formatter: (parameters: unknown) => tip(parameters, alert.unit),
    },
    xAxis: {
      type: 'time',
      ...axisStyle(),
      splitLine: { show: false },
      axisLabel: { ...axisStyle().axisLabel, formatter: TIME_LABELS },
    },
    yAxis: {
      type: 'value',
      splitNumber: 4,
      ...axisStyle(),
      axisLabel: { ...axisStyle().axisLabel, formatter: (at: number) => figure(at, alert.unit) },
    },
    series: [
      {
        name: 'Measured',
        type: 'line',
        data: points,
        showSymbol: points.length < 30,
        symbolSize: 4,
        lineStyle: { color: seriesColor(0), width: 2 },
        itemStyle: { color: seriesColor(0) },
        emphasis: { disabled: true },
        markArea: {
          silent: true,
          itemStyle: { color: hexAlpha(danger, 0.1) },
          data: [[{ xAxis: firstTime(alert, windows) }, { xAxis: lastTime(alert, points) }]],
        },
      },
      {
        name: 'In breach',
        type: 'line',
        data: windows.map((window) => [Date.parse(window.from), window.value ?? null]),
        lineStyle: { width: 0 },
        symbol: 'circle',
        symbolSize: 9,
        itemStyle: { color: danger, borderColor: token('--panel'), borderWidth: 2 },
        emphasis: { disabled: true },
      },
      {
        name: 'Expected',
        type: 'line',
        data: expected,
        showSymbol: expected.length === 1,
        lineStyle: { color: token('--muted'), width: 1.5, type: [6, 5] },
        itemStyle: { color: token('--muted') },
        emphasis: { disabled: true },
        ...limit(alert),
      },
      ...expectedRange(windows),
    ],
  } as EChartsOption);
}

/** A band over the windows that name both ends, else a line at the one they name. */
function expectedRange(windows: readonly Match[]): object[] {
  const own = windows.filter(({ low, high }) => low !== undefined || high !== undefined);
  const steps = (value: (window: Match) => number): [number, number][] =>
    own.flatMap((window): [number, number][] => [
      [Date.parse(window.from), value(window)],
      [Date.parse(window.to ?? window.from), value(window)],
    ]);
  const hue = color('green');
  const plain = { type: 'line', showSymbol: false, silent: true, emphasis: { disabled: true } };
  const edge = { ...plain, lineStyle: { color: hue, width: 1.5 }, itemStyle: { color: hue } };
  if (own.length === 0) {
    return [];
  }
  if (own.some(({ low, high }) => low === undefined || high === undefined)) {
    return [{ ...edge, name: 'Limit', data: steps(({ low, high }) => low ?? high ?? 0) }];
  }
  return [
    { ...edge, name: 'At least', stack: 'expected', data: steps(({ low = 0 }) => low) },
    {
      ...edge,
      name: 'Range',
      stack: 'expected',
      areaStyle: { color: hexAlpha(hue, 0.18) },
      data: steps(({ low = 0, high = 0 }) => high - low),
    },
  ];
}

function expectedSteps(alert: AlertDetail, windows: readonly Match[]): [number, number][] {
  return windows.flatMap(({ from, expected }): [number, number][] =>
    expected === undefined || expected === alert.threshold ? [] : [[Date.parse(from), expected]],
  );
}

/** The threshold, and the baseline where no window names what was expected of it. */
function limit({ threshold, baseline, unit }: AlertDetail): object {
  const lines = [
    { name: 'limit', at: threshold },
    { name: 'usual', at: baseline },
  ].filter(({ at }) => at !== null);
  return {
    markLine: {
      silent: true,
      symbol: 'none',
      data: lines.map(({ name, at }) => ({
        yAxis: at,
        lineStyle: { color: token('--muted'), type: name === 'limit' ? 'solid' : 'dashed', width: 1 },
        label: {
          position: 'insideStartTop',
          color: token('--muted'),
          fontSize: 11,
          formatter: `${name} ${figure(at, unit)}`,
        },
      })),
    },
  };
}

function firstTime(alert: AlertDetail, windows: readonly Match[]): number {
  return Math.min(...windows.map(({ from }) => Date.parse(from)), Date.parse(alert.started_at));
}

function lastTime(alert: AlertDetail, points: readonly (readonly unknown[])[]): number {
  return alert.ended_at
    ? Date.parse(alert.ended_at)
    : Math.max(Date.parse(alert.started_at), ...points.map(([at]) => Number(at)));
}

function tip(parameters: unknown, unit: string): HTMLElement {
  const found = parameters as { seriesName: string; axisValue: number; color: string; value: [number, number] }[];
  return h(
    'div',
    { class: 'tip' },
    h('div', { class: 'tip-time' }, dateTime(Number(found[0]?.axisValue))),
    ...found.map(({ seriesName, color: hue, value }) =>
      h(
        'div',
        { class: 'tip-row' },
        h('span', { class: 'swatch', style: `background:${hue}` }),
        h('span', { class: 'name' }, seriesName),
        h('span', { class: 'figure' }, figure(value[1], unit)),
      ),
    ),
  );
}
