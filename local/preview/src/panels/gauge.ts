import type { EChartsOption, GaugeSeriesOption } from 'echarts/types/dist/shared';
import { drawChart } from '../chart';
import { h } from '../dom';
import { absolute } from '../field';
import { color, hexAlpha, token } from '../palette';
import { option, type PanelKind } from './panel-data';
import { type Figure, figures, unsupportedReduction } from './values';

const SHAPE = {
  type: 'gauge',
  startAngle: 200,
  endAngle: -20,
  center: ['50%', '66%'],
  pointer: { show: false },
  axisTick: { show: false },
  splitLine: { show: false },
  axisLabel: { show: false },
  title: { show: false },
  anchor: { show: false },
} as const;

export const gaugePanel: PanelKind = {
  draw(place, data) {
    const all = figures(data);
    const grid = h('div', { class: 'gauges' });
    place.append(grid);
    const drawings = all.map((figure) => {
      const dial = h('div', { class: 'dial' });
      const name = all.length > 1 && h('div', { class: 'gauge-name' }, figure.name);
      grid.append(h('div', { class: 'gauge' }, dial, name));
      const rings = option(data.panel, 'showThresholdMarkers', true)
        ? [progress(figure, dial), thresholdRing(figure)]
        : [progress(figure, dial)];
      return drawChart(dial, { series: rings } as EChartsOption);
    });
    return { dispose: () => drawings.forEach((drawing) => drawing.dispose()) };
  },
  unsupported: unsupportedReduction,
};

function progress({ display, value }: Figure, dial: HTMLElement): GaugeSeriesOption {
  const { min, max } = display.bounds([value]);
  const text = display.text(value);
  return {
    ...SHAPE,
    radius: '96%',
    min,
    max,
    progress: { show: true, width: 13, itemStyle: { color: display.valueColor(value) } },
    axisLine: { lineStyle: { width: 13, color: [[1, token('--grid')]] } },
    detail: {
      formatter: () => text,
      color: token('--text'),
      fontSize: Math.max(12, Math.min(24, dial.clientHeight / 6)),
      fontWeight: 600,
      offsetCenter: [0, '-6%'],
    },
    data: [{ value: typeof value === 'number' ? Math.min(max, Math.max(min, value)) : min }],
  } as unknown as GaugeSeriesOption;
}

/** A thin ring outside, in the colours of the thresholds. */
function thresholdRing({ display, value }: Figure): GaugeSeriesOption {
  const bounds = display.bounds([value]);
  const thresholds = display.options.thresholds;
  const steps = thresholds?.steps ?? [];
  const share = (index: number): number => {
    const step = steps[index]?.value;
    return thresholds && step !== undefined && step !== null
      ? (absolute(step, thresholds, bounds) - bounds.min) / (bounds.max - bounds.min)
      : 1;
  };
  const colors = steps
    .map((step, index) => [Math.max(0, Math.min(1, share(index + 1))), hexAlpha(color(step.color), 0.75)])
    .filter(([end]) => Number(end) > 0);
  return {
    ...SHAPE,
    radius: '102%',
    progress: { show: false },
    axisLine: { lineStyle: { width: 3, color: colors } },
    detail: { show: false },
    data: [],
  } as unknown as GaugeSeriesOption;
}
