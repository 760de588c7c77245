import { h } from '../dom';
import type { DisplayField } from '../field';
import type { Frame } from '../frame';
import { fillUrl, fillText, type Scope } from '../interpolate';
import type { PanelData } from './panel-data';

interface Cell {
  readonly display: DisplayField;
  readonly row: number;
}

/** The content as a link, where its field has one. */
export function linked(content: HTMLElement, { display, row }: Cell, data: PanelData): HTMLElement {
  const link = display.options.links?.[0];
  const scope = { ...data.scope, values: names(display, row, display.frame) } satisfies Scope;
  const url = link?.url ? fillUrl(link.url, scope) : undefined;
  return url
    ? h(
        'a',
        {
          href: url,
          title: link?.title ? fillText(link.title, scope) : undefined,
          ...(link?.targetBlank ? { target: '_blank', rel: 'noopener' } : {}),
        },
        content,
      )
    : content;
}

function names(display: DisplayField, row: number, frame: Frame): Record<string, string> {
  const value = display.field.values[row] ?? null;
  const text = value === null ? '' : String(value);
  const result: Record<string, string> = {
    '__value.raw': text,
    '__value.numeric': text,
    '__value.text': display.text(value),
    '__value': display.text(value),
    '__field.name': display.name,
    '__series.name': display.name,
  };
  frame.fields.forEach((field, index) => {
    const own = String(field.values[row] ?? '');
    for (const key of [field.name, `"${field.name}"`]) {
      result[`__data.fields.${key}`] = own;
    }
    for (const key of [`"${field.name}"`, `'${field.name}'`, String(index)]) {
      result[`__data.fields[${key}]`] = own;
    }
  });
  for (const [label, own] of Object.entries(display.field.labels)) {
    result[`__field.labels.${label}`] = own;
  }
  return result;
}
