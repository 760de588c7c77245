import { h } from '../dom';
import { describe, QUICK_RANGES, type RawRange, resolve } from '../time';
import { menu } from './menu';

/** The time that is shown: quick ranges, or from when to when. */
export function rangePicker(
  current: () => RawRange,
  timeZone: string | undefined,
  pick: (range: RawRange) => void,
): HTMLElement {
  const picker = menu(describe(current(), timeZone), 'range-picker', (close) => {
    const choose = (range: RawRange): void => {
      pick(range);
      picker.setLabel(describe(range, timeZone));
      close();
    };
    return h(
      'div',
      {},
      h(
        'ul',
        { class: 'options' },
        ...QUICK_RANGES.map(({ label, raw }) =>
          h(
            'li',
            {},
            h(
              'button',
              {
                type: 'button',
                'aria-current': raw.from === current().from && raw.to === current().to,
                onclick: () => choose(raw),
              },
              label,
            ),
          ),
        ),
      ),
      absoluteForm(current(), choose),
    );
  });
  return picker.element;
}

function absoluteForm(range: RawRange, choose: (range: RawRange) => void): HTMLElement {
  const from = h('input', { type: 'text', name: 'from', value: editable(range.from), autocomplete: 'off' });
  const to = h('input', { type: 'text', name: 'to', value: editable(range.to), autocomplete: 'off' });
  const problem = h('p', { class: 'problem', role: 'alert' });
  return h(
    'form',
    {
      class: 'absolute',
      onsubmit: (event) => {
        event.preventDefault();
        try {
          const chosen = { from: from.value.trim(), to: to.value.trim() };
          resolve(chosen, Date.now());
          choose(chosen);
        } catch (error) {
          problem.textContent = (error as Error).message;
        }
      },
    },
    h('label', {}, 'From', from),
    h('label', {}, 'To', to),
    problem,
    h('button', { class: 'button primary' }, 'Apply'),
  );
}

/** Epoch milliseconds as a date that a person can edit. */
function editable(text: string): string {
  return /^\d+$/.test(text) ? new Date(Number(text)).toISOString() : text;
}
