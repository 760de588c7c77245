import { h } from '../dom';
import type { DisplayField } from '../field';
import { rowCount, type Value } from '../frame';
import type { Panel } from '../model';
import { withAlpha } from '../palette';
import { linked } from './cell-links';
import { NOTHING_TO_DISPOSE, option, type PanelData, type PanelKind } from './panel-data';

interface Order {
  readonly column: DisplayField;
  readonly descending: boolean;
}

const LONG = 40;
const KNOWN_CELLS = ['auto', 'color-text', 'color-background', 'gauge', 'data-links', 'pill', 'markdown'];

export const tablePanel: PanelKind = {
  draw(place, data) {
    const frame = data.frames[0];
    const columns = data.fields.filter(
      (display) => display.frame === frame && !display.custom('hidden', false) &&
        display.custom<{ viz?: boolean }>('hideFrom', {}).viz !== true,
    );
    const rows = Array.from({ length: frame ? rowCount(frame) : 0 }, (_, row) => row);
    const wrapper = h('div', { class: 'table' });
    place.append(wrapper);
    const show = (order: Order | undefined): void =>
      wrapper.replaceChildren(render(columns, sorted(rows, order), order, show, data));
    show(initialOrder(data.panel, columns));
    return NOTHING_TO_DISPOSE;
  },
  unsupported(panel) {
    const types = [
      panel.fieldConfig?.defaults?.custom?.['cellOptions'],
      ...(panel.fieldConfig?.overrides ?? []).flatMap(({ properties }) =>
        properties.filter(({ id }) => id === 'custom.cellOptions').map(({ value }) => value),
      ),
    ].map((cell) => (cell as { type?: string } | undefined)?.type ?? 'auto');
    return [
      ...types.filter((type) => !KNOWN_CELLS.includes(type)).map((type) => `Cells of type “${type}” are plain.`),
      ...(option(panel, 'footer.show', false) ? ['The footer is left out.'] : []),
    ];
  },
};

function render(
  columns: readonly DisplayField[],
  rows: readonly number[],
  order: Order | undefined,
  show: (order: Order) => void,
  data: PanelData,
): HTMLTableElement {
  return h(
    'table',
    {},
    option(data.panel, 'showHeader', true) &&
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          ...columns.map((column) => {
            const own = order?.column === column ? order : undefined;
            return h(
              'th',
              {
                scope: 'col',
                class: alignment(column) + (isLong(column) ? ' long' : ''),
                style: width(column),
                'aria-sort': own ? (own.descending ? 'descending' : 'ascending') : undefined,
              },
              h(
                'button',
                {
                  type: 'button',
                  onclick: () => show({ column, descending: own ? !own.descending : isNumeric(column) }),
                },
                column.name,
              ),
            );
          }),
        ),
      ),
    h(
      'tbody',
      {},
      ...rows.map((row) => h('tr', {}, ...columns.map((column) => cell(column, row, data)))),
    ),
  );
}

function cell(column: DisplayField, row: number, data: PanelData): HTMLTableCellElement {
  const value = column.field.values[row] ?? null;
  const text = cellText(column, value);
  const type = column.custom<{ type?: string }>('cellOptions', {}).type ?? 'auto';
  const hue = column.valueColor(value);
  if (type === 'gauge' && typeof value === 'number') {
    const { min, max } = column.bounds(column.field.values);
    const share = Math.max(0, Math.min(1, (value - min) / Math.max(1e-12, max - min)));
    return h(
      'td',
      { class: 'end' },
      h(
        'span',
        { class: 'cell-bar' },
        h('span', { class: 'bar-track' }, h('span', { class: 'bar-fill', style: `width:${share * 100}%;background:${hue}` })),
        linked(h('span', { class: 'figure' }, text), { display: column, row }, data),
      ),
    );
  }
  const filled = type === 'color-background' || type === 'pill';
  const style = filled && value !== null && text !== ''
    ? `--hue:${hue};background:${withAlpha(hue, 0.16)}`
    : type === 'color-text'
      ? `--hue:${hue}`
      : undefined;
  const content = h('span', { class: filled && style ? 'pill' : style ? 'hued' : 'plain', style }, text);
  return h(
    'td',
    { class: alignment(column) + (isLong(column) ? ' long' : ''), title: text.length > 24 ? text : undefined },
    linked(content, { display: column, row }, data),
  );
}

/** What a panel says without data is no content of a cell. */
function cellText(column: DisplayField, value: Value): string {
  const { noValue } = column.options;
  const text = column.text(value);
  return value === null && text === noValue ? '–' : text;
}

/** Sentences take what the other columns leave. */
function isLong({ field }: DisplayField): boolean {
  return field.type === 'string' && field.values.some((value) => String(value).length > LONG);
}

function initialOrder(panel: Panel, columns: readonly DisplayField[]): Order | undefined {
  const wanted = option<{ displayName?: string; desc?: boolean }[]>(panel, 'sortBy', [])[0];
  const column = columns.find(({ name }) => name === wanted?.displayName);
  return column && { column, descending: wanted?.desc ?? false };
}

function sorted(rows: readonly number[], order: Order | undefined): number[] {
  if (!order) {
    return [...rows];
  }
  const values = order.column.field.values;
  return [...rows].sort((a, b) => {
    const result = compare(values[a] ?? null, values[b] ?? null);
    return order.descending ? -result : result;
  });
}

function compare(a: Value, b: Value): number {
  if (a === null || b === null) {
    return a === b ? 0 : a === null ? -1 : 1;
  }
  return typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b));
}

function isNumeric({ field }: DisplayField): boolean {
  return field.type === 'number';
}

function alignment(column: DisplayField): string {
  const own = column.custom('align', 'auto');
  const right = own === 'right' || (own === 'auto' && isNumeric(column));
  return right ? 'end' : own === 'center' ? 'middle' : 'start';
}

function width(column: DisplayField): string | undefined {
  const own = column.custom<number | undefined>('width', undefined);
  return own ? `width:${own}px` : undefined;
}
