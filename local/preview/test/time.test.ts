import { describe, expect, it } from 'vitest';
import { describe as words, duration, resolve } from '../src/time';

const NOW = Date.parse('2026-03-18T15:42:10Z'); // a Wednesday

function range(from: string, to: string): [string, string] {
  const { from: begin, to: end } = resolve({ from, to }, NOW);
  return [new Date(begin).toISOString(), new Date(end).toISOString()];
}

describe('ranges as Grafana writes them', () => {
  it.each([
    ['now-1h', 'now', '2026-03-18T14:42:10.000Z', '2026-03-18T15:42:10.000Z'],
    ['now/d', 'now', '2026-03-18T00:00:00.000Z', '2026-03-18T15:42:10.000Z'],
    ['now-1d/d', 'now-1d/d', '2026-03-17T00:00:00.000Z', '2026-03-17T23:59:59.999Z'],
    ['now/w', 'now/w', '2026-03-16T00:00:00.000Z', '2026-03-22T23:59:59.999Z'],
    ['now-1M/M', 'now-1M/M', '2026-02-01T00:00:00.000Z', '2026-02-28T23:59:59.999Z'],
    ['1767225600000', '2026-01-02T00:00:00Z', '2026-01-01T00:00:00.000Z', '2026-01-02T00:00:00.000Z'],
  ])('%s to %s', (from, to, begin, end) => {
    expect(range(from, to)).toEqual([begin, end]);
  });

  it('says what it cannot read', () => {
    expect(() => range('yesterday', 'now')).toThrow('“yesterday” is no time');
    expect(() => range('now', 'now-1h')).toThrow('ends before it begins');
  });

  it('names a range', () => {
    expect(words({ from: 'now-7d', to: 'now' }, 'UTC')).toBe('Last 7 days');
    expect(words({ from: 'now-14d', to: 'now' }, 'UTC')).toBe('Last 14 days');
    expect(words({ from: 'now-1w', to: 'now' }, 'UTC')).toBe('Last 1 week');
    expect(words({ from: '1767225600000', to: '1767312000000' }, 'UTC')).toBe('1 Jan, 00:00 – 2 Jan, 00:00');
  });

  it('reads how often to ask again', () => {
    expect(duration('30s')).toBe(30_000);
    expect(duration('')).toBeUndefined();
  });
});
