import type { BarSeriesOption, EChartsOption } from 'echarts/types/dist/shared';
import { axisStyle, drawChart, tooltip } from '../chart';
import { h } from '../dom';
import type { DisplayField } from '../field';
import { hexAlpha, token } from '../palette';
import { legend } from './legend';
import { option, type PanelData, type PanelKind } from './panel-data';
import { tipRow } from './time-series';

export const barChartPanel: PanelKind = {
  draw(place, data) {
    const { panel } = data;
    const category = categories(data);
    const bars = data.fields.filter(
      (display) =>
        display !== category &&
        display.field.type === 'number' &&
        display.frame === (category ?? data.fields[0])?.frame &&
        display.custom<{ viz?: boolean }>('hideFrom', {}).viz !== true,
    );
    const names = (category?.field.values ?? []).map((value) => category?.text(value) ?? '');
    const lying = option(panel, 'orientation', 'auto') === 'horizontal';
    const chartPlace = h('div', { class: 'chart' });
    place.classList.add('with-legend');
    place.append(chartPlace);
    const unit = bars[0];
    const valueAxis = {
      type: 'value',
      ...axisStyle(),
      ...(unit?.options.min === undefined || unit.options.min === null ? {} : { min: unit.options.min }),
      ...(unit?.options.max === undefined || unit.options.max === null ? {} : { max: unit.options.max }),
      splitNumber: 4,
      axisLabel: { ...axisStyle().axisLabel, formatter: (value: number) => unit?.axisText(value) ?? '' },
    };
    const nameAxis = {
      type: 'category',
      data: names,
      inverse: lying,
      ...axisStyle(),
      splitLine: { show: false },
      axisLine: { show: true, lineStyle: { color: token('--line') } },
      axisLabel: { ...axisStyle().axisLabel, width: lying ? 140 : 90, overflow: 'truncate', interval: lying ? 0 : 'auto' },
    };
    const series = bars.map((display, index) => barSeries(display, index, bars.length, data, lying));
    const drawing = drawChart(chartPlace, {
      grid: { left: 4, right: lying ? 36 : 8, top: 14, bottom: 2, containLabel: true },
      tooltip: {
        ...tooltip(),
        trigger: 'axis',
        axisPointer: { type: 'shadow', shadowStyle: { color: hexAlpha(token('--muted'), 0.1) } },
        formatter: (parameters: unknown) => tip(parameters, names, bars),
      },
      xAxis: lying ? valueAxis : nameAxis,
      yAxis: lying ? nameAxis : valueAxis,
      series,
    } as EChartsOption);
    const list =
      bars.length > 1
        ? legend(
            panel,
            bars.map((field) => ({ field, color: field.seriesColor() })),
            (index, shown) =>
              drawing.chart.setOption({
                series: series.map((own, i) =>
                  i === index ? { id: own.id, data: shown ? own.data : [] } : { id: own.id },
                ),
              } as EChartsOption),
          )
        : undefined;
    if (list) {
      place.append(list);
    }
    return drawing;
  },
};

function categories({ panel, fields }: PanelData): DisplayField | undefined {
  const wanted = option(panel, 'xField', '');
  return (
    fields.find(({ name, field }) => wanted !== '' && (name === wanted || field.name === wanted)) ??
    fields.find(({ field }) => field.type === 'string') ??
    fields.find(({ field }) => field.type === 'time')
  );
}

function barSeries(
  display: DisplayField,
  index: number,
  count: number,
  { panel }: PanelData,
  lying: boolean,
): BarSeriesOption {
  const stacking = option(panel, 'stacking', 'none');
  const byValue =
    display.options.color?.mode === 'thresholds' || (display.options.mappings ?? []).length > 0;
  const showValue = option(panel, 'showValue', 'auto');
  const few = display.field.values.length * count <= 16;
  return {
    id: `series-${index}`,
    type: 'bar',
    name: display.name,
    barMaxWidth: 34,
    barCategoryGap: '35%',
    ...(stacking === 'none' ? {} : { stack: 'all' }),
    itemStyle: { color: display.seriesColor(), borderRadius: lying ? [0, 3, 3, 0] : [3, 3, 0, 0] },
    emphasis: { disabled: true },
    label: {
      show: showValue === 'always' || (showValue === 'auto' && few && stacking === 'none'),
      position: lying ? 'right' : 'top',
      color: token('--text'),
      fontSize: 11,
      formatter: ({ value }: { value: unknown }) => display.text(value as number),
    },
    data: display.field.values.map((value) => ({
      value: typeof value === 'number' ? value : '-',
      ...(byValue ? { itemStyle: { color: display.valueColor(value) } } : {}),
    })),
  } as BarSeriesOption;
}

function tip(parameters: unknown, names: readonly string[], bars: readonly DisplayField[]): HTMLElement {
  const found = parameters as { seriesId?: string; dataIndex: number }[];
  const row = found[0]?.dataIndex ?? 0;
  return h(
    'div',
    { class: 'tip' },
    h('div', { class: 'tip-time' }, names[row]),
    ...bars.map((display) => tipRow(display, display.field.values[row] ?? null)),
  );
}
