import { BarChart, GaugeChart, HeatmapChart, LineChart, PieChart } from 'echarts/charts';
import {
  GridComponent,
  MarkAreaComponent,
  MarkLineComponent,
  TooltipComponent,
  VisualMapComponent,
} from 'echarts/components';
import * as echarts from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import type { EChartsOption } from 'echarts/types/dist/shared';
import { token } from './palette';

echarts.use([
  BarChart,
  GaugeChart,
  HeatmapChart,
  LineChart,
  PieChart,
  GridComponent,
  MarkAreaComponent,
  MarkLineComponent,
  TooltipComponent,
  VisualMapComponent,
  CanvasRenderer,
]);

/** Something drawn that is to be taken down before its place is used again. */
export interface Drawing {
  dispose(): void;
}

export type Chart = ReturnType<typeof echarts.init>;

/** A chart that fills its place and follows its size. */
export function drawChart(
  place: HTMLElement,
  option: EChartsOption,
  group?: string,
): Drawing & { readonly chart: Chart } {
  const chart = echarts.init(place);
  chart.setOption({
    animation: false,
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, fontSize: 11 },
    ...option,
  });
  if (group) {
    chart.group = group;
    echarts.connect(group);
  }
  const observer = new ResizeObserver(() => chart.resize());
  observer.observe(place);
  return {
    chart,
    dispose() {
      observer.disconnect();
      chart.dispose();
    },
  };
}

/** A tooltip in the page's own dress. */
export function tooltip(): NonNullable<EChartsOption['tooltip']> & object {
  return {
    confine: true,
    backgroundColor: token('--raised'),
    borderColor: token('--line'),
    borderWidth: 1,
    padding: 0,
    transitionDuration: 0,
    textStyle: { color: token('--text'), fontSize: 12 },
    extraCssText: 'box-shadow: var(--shadow); border-radius: 8px;',
  };
}

/** Times along an axis, each level in its own words. */
export const TIME_LABELS = {
  year: '{yyyy}',
  month: '{d} {MMM}',
  day: '{d} {MMM}',
  hour: '{HH}:{mm}',
  minute: '{HH}:{mm}',
  second: '{HH}:{mm}:{ss}',
  millisecond: '{HH}:{mm}:{ss}',
} as const;

/** Axis lines and letters that stay behind the data. */
export function axisStyle(): {
  axisLine: { show: boolean; lineStyle: { color: string } };
  axisTick: { show: boolean };
  axisLabel: { color: string; fontSize: number; hideOverlap: boolean };
  splitLine: { show: boolean; lineStyle: { color: string } };
} {
  return {
    axisLine: { show: false, lineStyle: { color: token('--line') } },
    axisTick: { show: false },
    axisLabel: { color: token('--muted'), fontSize: 11, hideOverlap: true },
    splitLine: { show: true, lineStyle: { color: token('--grid') } },
  };
}
