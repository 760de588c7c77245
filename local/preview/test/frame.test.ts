import { describe, expect, it } from 'vitest';
import { table, timeSeries } from '../src/frame';
import { displayFields } from '../src/field';
import { fillUrl } from '../src/interpolate';
import { reduce } from '../src/reduce';

const LONG = table('A', {
  meta: [
    { name: 'time', type: "DateTime64(3, 'UTC')" },
    { name: 'channel', type: 'LowCardinality(String)' },
    { name: 'value', type: 'Nullable(Float64)' },
  ],
  data: [
    ['2026-01-01T00:00:00.000Z', 'search', 3],
    ['2026-01-01T00:00:00.000Z', 'video', null],
    ['2026-01-02T00:00:00.000Z', 'search', 5],
  ],
});

describe('time series', () => {
  it('are one frame per label', () => {
    const frames = timeSeries(LONG);
    expect(frames.map(({ fields }) => fields[1]?.labels)).toEqual([{ channel: 'search' }, { channel: 'video' }]);
    expect(frames.map(({ fields }) => fields[1]?.values)).toEqual([[3, 5], [null]]);
    expect(frames[0]?.fields[0]?.values).toEqual([Date.UTC(2026, 0, 1), Date.UTC(2026, 0, 2)]);
  });

  it('have the names and options that the panel gives them', () => {
    const fields = displayFields(
      timeSeries(LONG),
      {
        defaults: { unit: 'short', decimals: 1, noValue: 'nothing' },
        overrides: [
          { matcher: { id: 'byName', options: 'video' }, properties: [{ id: 'unit', value: 'percent' }, { id: 'custom.lineWidth', value: 3 }] },
          { matcher: { id: 'byRegexp', options: '/^sea/' }, properties: [{ id: 'displayName', value: 'Ads in ${__field.labels.channel}' }] },
        ],
      },
      'UTC',
    ).filter(({ field }) => field.type === 'number');
    expect(fields.map(({ name }) => name)).toEqual(['Ads in search', 'video']);
    expect(fields.map((field) => field.text(1500))).toEqual(['1.5K', '1,500.0%']);
    expect(fields[1]?.custom('lineWidth', 1)).toBe(3);
    expect(fields[1]?.text(null)).toBe('nothing');
  });
});

describe('reducers', () => {
  it.each([
    ['lastNotNull', 5],
    ['first', 3],
    ['mean', 4],
    ['sum', 8],
    ['diffperc', 2 / 3],
  ] as const)('%s', (calculation, expected) => {
    expect(reduce([3, null, 5, null], calculation)).toBe(expected);
  });
});

describe('links', () => {
  const scope = {
    selections: new Map([['plan', ['pro', 'a b']]]),
    range: { from: 'now-7d', to: 'now' },
    values: { '__data.fields.Customer': 'c/1&x=y' },
  };

  it('carry the range, what is chosen and the row, and nothing gets out of its place', () => {
    expect(fillUrl('/d/x?var-customer=${__data.fields.Customer}&${__url_time_range}&${plan:queryparam}', scope)).toBe(
      '/d/x?var-customer=c%2F1%26x%3Dy&from=now-7d&to=now&var-plan=pro&var-plan=a%20b',
    );
  });

  it('lead to pages alone', () => {
    expect(fillUrl('javascript:alert(1)', scope)).toBeUndefined();
    expect(fillUrl('//elsewhere.example/', scope)).toBeUndefined();
  });
});
