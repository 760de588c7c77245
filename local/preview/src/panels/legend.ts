import { h } from '../dom';
import type { DisplayField } from '../field';
import type { Panel } from '../model';
import { isCalculation, reduce } from '../reduce';
import { option } from './panel-data';

export interface LegendEntry {
  readonly field: DisplayField;
  readonly color: string;
}

/** Series by name, with figures; a click hides and shows one. */
export function legend(
  panel: Panel,
  entries: readonly LegendEntry[],
  toggle: (index: number, shown: boolean) => void,
): HTMLElement | undefined {
  const shown = option(panel, 'legend.showLegend', true);
  if (!shown || option(panel, 'legend.displayMode', 'list') === 'hidden' || entries.length === 0) {
    return undefined;
  }
  const calculations = option<string[]>(panel, 'legend.calcs', []).filter(isCalculation);
  return h(
    'ul',
    { class: 'legend' },
    ...entries.map(({ field, color }, index) => {
      const button: HTMLButtonElement = h(
        'button',
        {
          type: 'button',
          'aria-pressed': 'true',
          onclick: () => {
            const hidden = button.getAttribute('aria-pressed') === 'true';
            button.setAttribute('aria-pressed', String(!hidden));
            toggle(index, !hidden);
          },
        },
        h('span', { class: 'swatch', style: `background:${color}` }),
        h('span', { class: 'name' }, field.name),
        ...calculations.map((calculation) =>
          h('span', { class: 'figure', title: calculation }, field.text(reduce(field.field.values, calculation))),
        ),
      );
      return h('li', {}, button);
    }),
  );
}
