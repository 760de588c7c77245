import { h, svg } from '../dom';
import { formatText } from '../format';
import type { Value } from '../frame';
import { withAlpha } from '../palette';
import { reduce } from '../reduce';
import { linked } from './cell-links';
import { NOTHING_TO_DISPOSE, option, type PanelData, type PanelKind } from './panel-data';
import { type Figure, figures, unsupportedReduction } from './values';

/** Figures that had less than this stand below each other. */
const LEAST_WIDTH = 110;

export const statPanel: PanelKind = {
  draw(place, data) {
    const all = figures(data);
    const vertical =
      option(data.panel, 'orientation', 'auto') === 'vertical' ||
      (all.length > 2 && place.clientWidth / all.length < LEAST_WIDTH);
    place.append(
      h(
        'div',
        { class: `stats${vertical ? ' stacked' : ''}` },
        ...all.map((figure) => stat(figure, all.length > 1, data)),
      ),
    );
    return NOTHING_TO_DISPOSE;
  },
  unsupported: unsupportedReduction,
};

function stat(figure: Figure, several: boolean, data: PanelData): HTMLElement {
  const { panel } = data;
  const { display, value } = figure;
  const mode = option(panel, 'textMode', 'auto');
  const withName = mode === 'value_and_name' || mode === 'name' || (mode === 'auto' && several);
  const hue = display.valueColor(value);
  const coloring = option(panel, 'colorMode', 'value');
  const { prefix, text, suffix } = display.parts(value);
  const unknown = value === null && text === display.options.noValue;
  const characters = (prefix + text + suffix).length;
  const graph = option(panel, 'graphMode', 'area') !== 'none' && figure.history.length > 1;
  const element = h(
    'div',
    {
      class: `stat${coloring.startsWith('background') ? ' filled' : ''}${graph ? ' with-graph' : ''}`,
      style: [
        `--characters:${Math.max(4, characters)}`,
        coloring.startsWith('background') && `background:${withAlpha(hue, 0.16)}`,
        `--hue:${coloring === 'none' ? 'var(--text)' : hue}`,
      ]
        .filter(Boolean)
        .join(';'),
    },
    withName && h('div', { class: 'stat-name' }, figure.name),
    unknown && h('p', { class: 'muted' }, text),
    mode !== 'name' &&
      !unknown &&
      h(
        'div',
        { class: 'stat-value' },
        linked(
          h(
            'span',
            {},
            prefix && h('small', {}, prefix),
            text,
            suffix && h('small', {}, suffix.replace(/^ /, '\u2009')),
          ),
          figure,
          data,
        ),
        option(panel, 'showPercentChange', false) && change(figure.history),
      ),
    graph && sparkline(figure.history),
  );
  return element;
}

/** Nothing where there is only one value, which has changed from none. */
function change(history: readonly Value[]): HTMLElement | undefined {
  const share = history.filter((value) => value !== null).length > 1 ? reduce(history, 'diffperc') : null;
  return typeof share === 'number'
    ? h(
        'span',
        { class: 'change' },
        `${share < 0 ? '↓' : share > 0 ? '↑' : ''} ${formatText(Math.abs(share), { unit: 'percentunit', decimals: 1 })}`,
      )
    : undefined;
}

/** The course of the values, without axes. */
export function sparkline(history: readonly Value[]): SVGElement {
  const values = history.filter((value): value is number => typeof value === 'number');
  const least = Math.min(...values);
  const most = Math.max(...values);
  const points = values.map((value, index) => {
    const x = (index / Math.max(1, values.length - 1)) * 100;
    const y = most === least ? 50 : 96 - ((value - least) / (most - least)) * 88;
    return `${x.toFixed(2)},${y.toFixed(2)}`;
  });
  return svg(
    'svg',
    { class: 'sparkline', viewBox: '0 0 100 100', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
    svg('path', { class: 'area', d: `M0,100 L${points.join(' L')} L100,100 Z` }),
    svg('path', { class: 'line', d: `M${points.join(' L')}`, 'vector-effect': 'non-scaling-stroke' }),
  );
}
