import { ALL } from '../api';
import { h } from '../dom';
import type { Variable } from '../model';
import { menu } from './menu';

/** The choice of one variable's values: one, some, or all. */
export function variablePicker(
  variable: Variable,
  options: readonly string[],
  selected: readonly string[],
  pick: (values: readonly string[]) => void,
): HTMLElement {
  const label = variable.label || variable.name;
  let chosen = [...selected];
  const picker = menu(summary(chosen), 'variable-picker', (close) => {
    const search = h('input', { type: 'search', placeholder: 'Search', 'aria-label': `Search ${label}` });
    const list = h('ul', { class: 'options' });
    const choose = (values: readonly string[]): void => {
      chosen = [...values];
      picker.setLabel(summary(chosen));
      pick(chosen);
    };
    const row = (value: string, text: string): HTMLElement => {
      const active = chosen.includes(value);
      return h(
        'li',
        {},
        h(
          'button',
          {
            type: 'button',
            role: variable.multi ? 'menuitemcheckbox' : 'menuitemradio',
            'aria-checked': String(active),
            onclick: () => {
              choose(variable.multi ? toggled(chosen, value, !!variable.includeAll) : [value]);
              if (variable.multi) {
                show();
              } else {
                close();
              }
            },
          },
          text,
        ),
      );
    };
    const show = (): void => {
      const wanted = search.value.toLowerCase();
      list.replaceChildren(
        ...(variable.includeAll && !wanted ? [row(ALL, 'All')] : []),
        ...options
          .filter((value) => value.toLowerCase().includes(wanted))
          .slice(0, 200)
          .map((value) => row(value, value)),
      );
    };
    search.addEventListener('input', show);
    show();
    return h('div', {}, options.length > 8 && search, list);
  });
  return h('div', { class: 'variable', 'data-variable': variable.name },
    variable.hide !== 1 && h('span', { class: 'variable-label', title: variable.description ?? undefined }, label),
    picker.element);
}

function toggled(chosen: readonly string[], value: string, withAll: boolean): string[] {
  if (value === ALL) {
    return [ALL];
  }
  const others = chosen.filter((other) => other !== ALL && other !== value);
  const next = chosen.includes(value) ? others : [...others, value];
  return next.length === 0 ? (withAll ? [ALL] : [value]) : next;
}

function summary(values: readonly string[]): string {
  const shown = values.map((value) => (value === ALL ? 'All' : value));
  return shown.length > 2 ? `${shown[0]} + ${shown.length - 1}` : shown.join(' + ') || 'None';
}
