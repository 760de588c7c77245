import { h } from '../dom';
import type { PanelData, PanelKind } from './panel-data';
import { NOTHING_TO_DISPOSE, option } from './panel-data';
import { type Figure, figures, unsupportedReduction } from './values';
import { linked } from './cell-links';

export const barGaugePanel: PanelKind = {
  draw(place, data) {
    const all = figures(data);
    const most = Math.max(...all.map(({ value }) => (typeof value === 'number' ? value : 0)));
    place.append(h('div', { class: 'bars' }, ...all.map((figure) => bar(figure, most, data))));
    return NOTHING_TO_DISPOSE;
  },
  unsupported(panel) {
    const vertical = option(panel, 'orientation', 'auto') === 'vertical';
    return [...unsupportedReduction(panel), ...(vertical ? ['Bars lie instead of standing.'] : [])];
  },
};

function bar(figure: Figure, most: number, data: PanelData): HTMLElement {
  const { display, value } = figure;
  const bounds = display.bounds([value, most]);
  const share =
    typeof value === 'number' ? (value - bounds.min) / Math.max(1e-12, bounds.max - bounds.min) : 0;
  const width = `${(Math.max(0, Math.min(1, share)) * 100).toFixed(2)}%`;
  return h(
    'div',
    { class: 'bar' },
    h('span', { class: 'bar-name', title: figure.name }, figure.name),
    h(
      'span',
      { class: 'bar-track' },
      h('span', { class: 'bar-fill', style: `width:${width};background:${display.valueColor(value)}` }),
    ),
    linked(h('span', { class: 'figure' }, display.text(value)), figure, data),
  );
}
