import type { EChartsOption } from 'echarts/types/dist/shared';
import { drawChart, tooltip } from '../chart';
import { h } from '../dom';
import { formatText } from '../format';
import { color, seriesColor, token } from '../palette';
import { option, type PanelKind } from './panel-data';
import { type Figure, figures, unsupportedReduction } from './values';

export const piePanel: PanelKind = {
  draw(place, data) {
    const slices = figures(data).filter(({ value }) => typeof value === 'number' && value > 0);
    const total = slices.reduce((sum, { value }) => sum + Number(value), 0);
    const chartPlace = h('div', { class: 'chart' });
    place.classList.add('beside');
    place.append(chartPlace);
    const drawing = drawChart(chartPlace, {
      tooltip: {
        ...tooltip(),
        trigger: 'item',
        formatter: ((parameters: { dataIndex: number }) => {
          const slice = slices[parameters.dataIndex];
          return slice ? h('div', { class: 'tip' }, row(slice, parameters.dataIndex, total, ['value', 'percent'])) : '';
        }) as never,
      },
      series: [
        {
          type: 'pie',
          radius: option(data.panel, 'pieType', 'pie') === 'donut' ? ['58%', '92%'] : ['0%', '92%'],
          label: { show: false },
          itemStyle: { borderColor: token('--panel'), borderWidth: 2, borderRadius: 3 },
          emphasis: { scaleSize: 3 },
          data: slices.map(({ name, value }, index) => ({
            name,
            value: Number(value),
            itemStyle: { color: sliceColor(slices[index]!, index) },
          })),
        },
      ],
    } as EChartsOption);
    if (option(data.panel, 'legend.showLegend', true)) {
      const shown = option<string[]>(data.panel, 'legend.values', ['percent']);
      place.append(
        h('ul', { class: 'slices' }, ...slices.map((slice, index) => h('li', {}, row(slice, index, total, shown)))),
      );
    }
    return drawing;
  },
  unsupported: unsupportedReduction,
};

function row(slice: Figure, index: number, total: number, shown: readonly string[]): HTMLElement {
  return h(
    'div',
    { class: 'tip-row' },
    h('span', { class: 'swatch', style: `background:${sliceColor(slice, index)}` }),
    h('span', { class: 'name' }, slice.name),
    shown.includes('value') && h('span', { class: 'figure' }, slice.display.text(slice.value)),
    shown.includes('percent') &&
      h(
        'span',
        { class: 'figure' },
        formatText(Number(slice.value) / total, { unit: 'percentunit', decimals: 0 }),
      ),
  );
}

/** A mapping of the name or a fixed colour, else the series' order. */
function sliceColor({ display, name }: Figure, index: number): string {
  const { mode, fixedColor } = display.options.color ?? {};
  if (mode === 'fixed' && fixedColor) {
    return color(fixedColor);
  }
  const mapped = display.options.mappings?.flatMap(({ options }) => {
    const result = options[name] as { color?: string } | undefined;
    return result?.color ? [result.color] : [];
  })[0];
  return mapped ? color(mapped) : seriesColor(index);
}
