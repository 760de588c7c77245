import type { EChartsOption, LineSeriesOption, BarSeriesOption } from 'echarts/types/dist/shared';
import { axisStyle, drawChart, TIME_LABELS, tooltip } from '../chart';
import { h } from '../dom';
import { absolute, type DisplayField } from '../field';
import { dateTime } from '../format';
import { type Field, timeField, type Value } from '../frame';
import { color, hexAlpha, token } from '../palette';
import { legend } from './legend';
import { bandMarks, bandsOf, showBand } from './occurrences';
import type { PanelData, PanelKind } from './panel-data';

type Point = [time: number, value: number | null];
type Series = LineSeriesOption | BarSeriesOption;

const SPARSE = 45;
const DENSE = 300;

/** Areas of more lines than these only hide each other. */
const FILLED_LINES = 3;

export const timeSeriesPanel: PanelKind = {
  draw(place, data) {
    const lines = data.fields.filter(isDrawn);
    const axes = new Axes(lines);
    const stacks = stackedValues(lines);
    const bands = bandsOf(data.occurrences);
    const chartPlace = h('div', { class: 'chart' });
    place.classList.add('with-legend');
    place.append(chartPlace);
    const series = lines.map((line, index) => lineSeries(line, axes, stacks, index, lines.length));
    const drawing = drawChart(
      chartPlace,
      {
        useUTC: data.timeZone === 'UTC',
        grid: { left: 4, right: axes.count > 1 ? 4 : 12, top: 10, bottom: 2, containLabel: true },
        tooltip: { ...tooltip(), trigger: 'axis', ...pointer(), formatter: tip(lines, data) },
        xAxis: {
          type: 'time',
          min: data.range.from,
          max: data.range.to,
          ...axisStyle(),
          splitLine: { show: false },
          axisLine: { show: true, lineStyle: { color: token('--line') } },
          axisLabel: { ...axisStyle().axisLabel, formatter: TIME_LABELS },
          splitNumber: place.clientWidth < 420 ? 4 : 7,
        },
        yAxis: axes.option(),
        series: [...series, bandMarks(bands)],
      } as EChartsOption,
      data.group,
    );
    drawing.chart.on('click', (event) => {
      const band = bands[(event.data as { band?: number } | undefined)?.band ?? -1];
      if (band) {
        showBand(band, data);
      }
    });
    const list = legend(
      data.panel,
      lines.map((field) => ({ field, color: field.seriesColor() })),
      (index, shown) =>
        drawing.chart.setOption({
          series: series.map((own, i) =>
            i === index ? { id: own.id, data: shown ? own.data : [] } : { id: own.id },
          ),
        } as EChartsOption),
    );
    if (list) {
      place.append(list);
    }
    return drawing;
  },

  unsupported(panel) {
    const options = [
      panel.fieldConfig?.defaults?.custom ?? {},
      ...(panel.fieldConfig?.overrides ?? []).flatMap(({ properties }) =>
        properties.map(({ id, value }) => ({ [id.replace('custom.', '')]: value })),
      ),
    ];
    return options.some((custom) => custom['fillBelowTo'])
      ? ['Bands between two series are drawn as lines.']
      : [];
  },
};

export function isDrawn(display: DisplayField): boolean {
  const hidden = display.custom<{ viz?: boolean }>('hideFrom', {}).viz === true;
  return display.field.type === 'number' && !hidden && timeField(display.frame) !== undefined;
}

/** One axis per unit and side, the first on the left. */
class Axes {
  private readonly keys: string[];
  private readonly firsts: DisplayField[];

  constructor(private readonly lines: readonly DisplayField[]) {
    this.keys = [...new Set(lines.map(axisKey))];
    this.firsts = this.keys.map((key) => lines.find((line) => axisKey(line) === key)!);
  }

  get count(): number {
    return this.keys.length;
  }

  indexOf(line: DisplayField): number {
    return Math.max(0, this.keys.indexOf(axisKey(line)));
  }

  option(): EChartsOption['yAxis'] {
    return this.firsts.map((line, index) => {
      const right = index > 0 || line.custom('axisPlacement', 'auto') === 'right';
      return {
        type: line.custom<{ type?: string }>('scaleDistribution', {}).type === 'log' ? 'log' : 'value',
        position: right ? 'right' : 'left',
        offset: index > 1 ? 56 * (index - 1) : 0,
        show: line.custom('axisPlacement', 'auto') !== 'hidden',
        ...(this.isPercentStack() ? { min: 0, max: 1 } : this.bounds(line)),
        splitNumber: 4,
        minInterval: this.countsWholes(line) ? 1 : 0,
        ...axisStyle(),
        splitLine: { show: index === 0, lineStyle: { color: token('--grid') } },
        axisLabel: {
          ...axisStyle().axisLabel,
          formatter: (value: number) =>
            this.isPercentStack() ? `${Math.round(value * 100)}%` : line.axisText(value),
        },
      };
    }) as EChartsOption['yAxis'];
  }

  private countsWholes(line: DisplayField): boolean {
    return this.lines
      .filter((other) => axisKey(other) === axisKey(line))
      .every(({ field }) => field.values.every((value) => value === null || Number.isInteger(value)));
  }

  private isPercentStack(): boolean {
    return this.lines.some((line) => stacking(line).mode === 'percent');
  }

  private bounds(line: DisplayField): { min?: number; max?: number; interval?: number; scale: boolean } {
    const { min, max } = line.options;
    const soft = line.custom<number | undefined>('axisSoftMin', undefined);
    return {
      ...(min === undefined || min === null ? {} : { min }),
      ...(max === undefined || max === null ? {} : { max, interval: (max - (min ?? 0)) / 4 }),
      scale: soft === undefined && !this.fills(line),
    };
  }

  /** Areas and bars are read from zero. */
  private fills(line: DisplayField): boolean {
    return this.lines.some(
      (other) =>
        axisKey(other) === axisKey(line) &&
        (other.custom('drawStyle', 'line') === 'bars' || other.custom('fillOpacity', 0) > 0),
    );
  }
}

function axisKey(line: DisplayField): string {
  return `${line.options.unit ?? ''}|${line.custom('axisPlacement', 'auto')}`;
}

function stacking(line: DisplayField): { mode?: string; group?: string } {
  return line.custom<{ mode?: string; group?: string }>('stacking', {});
}

function isStacked(line: DisplayField): boolean {
  const { mode } = stacking(line);
  return mode === 'normal' || mode === 'percent';
}

/** Stacks need a point of each series at each time. */
function stackedValues(lines: readonly DisplayField[]): Map<DisplayField, Point[]> {
  const stacked = lines.filter(isStacked);
  const byTime = stacked.map((line) => new Map(points(line)));
  const times = [...new Set(byTime.flatMap((values) => [...values.keys()]))].sort((a, b) => a - b);
  const totals = times.map((time) =>
    byTime.reduce((sum, values) => sum + Math.abs(values.get(time) ?? 0), 0),
  );
  return new Map(
    stacked.map((line, index) => [
      line,
      times.map((time, at): Point => {
        const value = byTime[index]?.get(time) ?? 0;
        const total = totals[at] ?? 0;
        return [time, stacking(line).mode === 'percent' ? (total ? value / total : 0) : value];
      }),
    ]),
  );
}

function points(line: DisplayField): Point[] {
  const times = timeField(line.frame)?.values ?? [];
  return line.field.values
    .map((value, row): Point => [Number(times[row]), typeof value === 'number' ? value : null])
    .sort((a, b) => a[0] - b[0]);
}

function lineSeries(
  line: DisplayField,
  axes: Axes,
  stacks: Map<DisplayField, Point[]>,
  index: number,
  count: number,
): Series {
  const own = stacks.get(line) ?? points(line);
  const hue = line.seriesColor();
  const common = {
    id: `series-${index}`,
    name: line.name,
    yAxisIndex: axes.indexOf(line),
    data: own,
    itemStyle: { color: hue },
    ...(isStacked(line) ? { stack: stacking(line).group ?? 'A' } : {}),
    ...thresholdMarks(line, index),
  };
  const fill = isStacked(line) || count <= FILLED_LINES ? line.custom('fillOpacity', 0) / 100 : 0;
  if (line.custom('drawStyle', 'line') === 'bars') {
    return {
      ...common,
      type: 'bar',
      barMaxWidth: 28,
      barCategoryGap: '25%',
      itemStyle: { color: hexAlpha(hue, Math.max(0.55, fill)), borderRadius: [2, 2, 0, 0] },
    } as BarSeriesOption;
  }
  const interpolation = line.custom('lineInterpolation', 'linear');
  const dash = line.custom<{ fill?: string }>('lineStyle', {}).fill;
  const onlyPoints = line.custom('drawStyle', 'line') === 'points';
  const showPoints = line.custom('showPoints', 'auto');
  return {
    ...common,
    type: 'line',
    lineStyle: {
      color: hue,
      width: onlyPoints ? 0 : own.length > DENSE ? 1 : line.custom('lineWidth', 1) + 0.5,
      type: dash === 'dash' ? [6, 5] : dash === 'dot' ? [2, 4] : 'solid',
    },
    ...(fill > 0
      ? {
          areaStyle: {
            color: isStacked(line)
              ? hexAlpha(hue, Math.max(fill, 0.25))
              : {
                  type: 'linear' as const,
                  x: 0,
                  y: 0,
                  x2: 0,
                  y2: 1,
                  colorStops: [
                    { offset: 0, color: hexAlpha(hue, Math.min(0.6, fill + 0.1)) },
                    { offset: 1, color: hexAlpha(hue, fill / 4) },
                  ],
                },
          },
        }
      : {}),
    smooth: interpolation === 'smooth' ? 0.3 : false,
    ...(interpolation === 'smooth' ? { smoothMonotone: 'x' as const } : {}),
    ...(interpolation === 'stepAfter' ? { step: 'end' as const } : {}),
    ...(interpolation === 'stepBefore' ? { step: 'start' as const } : {}),
    connectNulls: line.custom<boolean | number>('spanNulls', false) !== false,
    showSymbol: onlyPoints || showPoints === 'always' || (showPoints !== 'never' && own.length < SPARSE),
    symbol: 'circle',
    symbolSize: line.custom('pointSize', 5),
    emphasis: { disabled: true },
  } as LineSeriesOption;
}

function thresholdMarks(line: DisplayField, index: number): object {
  const mode = line.custom<{ mode?: string }>('thresholdsStyle', {}).mode ?? 'off';
  const thresholds = line.options.thresholds;
  if (mode === 'off' || !thresholds || index > 0) {
    return {};
  }
  const bounds = line.bounds(line.field.values);
  const steps = thresholds.steps.flatMap((step) =>
    step.value === null
      ? []
      : [{ at: absolute(step.value, thresholds, bounds), hue: color(step.color) }],
  );
  const result: Record<string, object> = {};
  if (mode !== 'area') {
    result['markLine'] = {
      silent: true,
      symbol: 'none',
      label: { show: false },
      data: steps.map(({ at, hue }) => ({
        yAxis: at,
        lineStyle: { color: hue, width: 1.5, type: mode.startsWith('dash') ? 'dashed' : 'solid' },
      })),
    };
  }
  if (mode.endsWith('area')) {
    result['markArea'] = {
      silent: true,
      data: steps.map(({ at, hue }, i) => [
        { yAxis: at, itemStyle: { color: hexAlpha(hue, 0.08) } },
        { yAxis: steps[i + 1]?.at ?? Number.MAX_VALUE },
      ]),
    };
  }
  return result;
}

function pointer(): object {
  return { axisPointer: { type: 'line', lineStyle: { color: token('--muted'), width: 1 } } };
}

/** The values at the pointer's time, each series by its nearest point. */
function tip(lines: readonly DisplayField[], data: PanelData) {
  return (parameters: unknown): HTMLElement => {
    const found = parameters as { seriesId?: string; axisValue: number; dataIndex: number }[];
    const rows = found.flatMap(({ seriesId = '', dataIndex }) => {
      const line = lines[Number(/^series-(\d+)$/.exec(seriesId)?.[1] ?? -1)];
      return line ? [tipRow(line, valueAt(line, dataIndex, found[0]?.axisValue))] : [];
    });
    return h(
      'div',
      { class: 'tip' },
      h('div', { class: 'tip-time' }, dateTime(Number(found[0]?.axisValue), data.timeZone)),
      ...rows,
    );
  };
}

export function tipRow(line: DisplayField, value: Value, hue = line.seriesColor()): HTMLElement {
  return h(
    'div',
    { class: 'tip-row' },
    h('span', { class: 'swatch', style: `background:${hue}` }),
    h('span', { class: 'name' }, line.name),
    h('span', { class: 'figure' }, line.text(value)),
  );
}

function valueAt(line: DisplayField, row: number, time: number | undefined): Value {
  if (!isStacked(line)) {
    return line.field.values[row] ?? null;
  }
  const times: Field | undefined = timeField(line.frame);
  return line.field.values[times?.values.indexOf(time ?? -1) ?? -1] ?? null;
}
