import type { QueryResult } from './api';

export type FieldType = 'time' | 'number' | 'string' | 'boolean';
export type Value = number | string | boolean | null;

/** A column; times are epoch milliseconds. */
export interface Field {
  readonly name: string;
  readonly type: FieldType;
  readonly labels: Readonly<Record<string, string>>;
  readonly values: readonly Value[];
}

/** Columns of one length, as one query gave them. */
export interface Frame {
  readonly refId: string;
  readonly fields: readonly Field[];
}

/** The columns of an answer. */
export function table(refId: string, result: QueryResult): Frame {
  return {
    refId,
    fields: result.meta.map(({ name, type }, column) => {
      const fieldType = typeOf(type);
      return {
        name,
        type: fieldType,
        labels: {},
        values: result.data.map((row) => convert(row[column], fieldType)),
      };
    }),
  };
}

/**
 * One frame per combination of the string columns, which become labels, as the data source makes of
 * a time series in long form. Without a time column or without strings: the frame itself.
 */
export function timeSeries(frame: Frame): Frame[] {
  const time = frame.fields.find(({ type }) => type === 'time');
  const keys = frame.fields.filter(({ type }) => type === 'string');
  const numbers = frame.fields.filter(({ type }) => type === 'number');
  if (!time || keys.length === 0 || numbers.length === 0) {
    return [frame];
  }
  const rowsOf = new Map<string, number[]>();
  time.values.forEach((_, row) => {
    const key = JSON.stringify(keys.map(({ values }) => values[row]));
    const rows = rowsOf.get(key);
    rows ? rows.push(row) : rowsOf.set(key, [row]);
  });
  // by their labels, so that a series has one colour in all panels
  const groups = [...rowsOf].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, rows]) => rows);
  return groups.map((rows) => {
    const first = rows[0] ?? 0;
    const labels = Object.fromEntries(
      keys.map(({ name, values }) => [name, String(values[first] ?? '')]),
    );
    const pick = (field: Field, own: Readonly<Record<string, string>>): Field => ({
      ...field,
      labels: own,
      values: rows.map((row) => field.values[row] ?? null),
    });
    return {
      refId: frame.refId,
      fields: [pick(time, {}), ...numbers.map((field) => pick(field, labels))],
    };
  });
}

export function timeField(frame: Frame): Field | undefined {
  return frame.fields.find(({ type }) => type === 'time');
}

export function numberFields(frame: Frame): Field[] {
  return frame.fields.filter(({ type }) => type === 'number');
}

export function rowCount(frame: Frame): number {
  return frame.fields[0]?.values.length ?? 0;
}

function typeOf(type: string): FieldType {
  const bare = type.replace(/^(?:(?:Nullable|LowCardinality)\()+/, '');
  if (/^Date/.test(bare)) {
    return 'time';
  }
  if (/^(?:U?Int|Float|Decimal)/.test(bare)) {
    return 'number';
  }
  return /^Bool/.test(bare) ? 'boolean' : 'string';
}

function convert(value: unknown, type: FieldType): Value {
  if (value === null || value === undefined) {
    return null;
  }
  switch (type) {
    case 'time':
      return Date.parse(String(value));
    case 'number':
      return Number(value);
    case 'boolean':
      return Boolean(value);
    case 'string':
      return typeof value === 'string' ? value : JSON.stringify(value);
  }
}
