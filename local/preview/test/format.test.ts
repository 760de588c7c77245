import { describe, expect, it } from 'vitest';
import { ago, formatText, isKnownUnit } from '../src/format';

describe('numbers in their units', () => {
  it.each([
    [1234.5, undefined, '1,235'],
    [0.04567, undefined, '0.0457'],
    [12.345, undefined, '12.3'],
    [-3, undefined, '−3'],
    [95_912, 'short', '95.9K'],
    [999, 'short', '999'],
    [0.0523, 'percentunit', '5.23%'],
    [28.57, 'percent', '28.6%'],
    [0, 'ms', '0 ms'],
    [1500, 'ms', '1.5 s'],
    [840, 's', '14 min'],
    [90_061, 's', '1.04 d'],
    [1536, 'bytes', '1.5 KiB'],
    [-12.5, 'currencyEUR', '−€12.5'],
    [1_250_000, 'currency:CHF', 'CHF 1.25M'],
    [7, 'suffix:per day', '7 per day'],
    [3, 'suffix:/min', '3/min'],
  ])('%d as %s is %s', (value, unit, text) => {
    expect(formatText(value, { unit })).toBe(text);
  });

  it('keeps to the decimals that are given', () => {
    expect(formatText(3, { unit: 'percentunit', decimals: 1 })).toBe('300.0%');
    expect(formatText(41_800, { unit: 'short', decimals: 1 })).toBe('41.8K');
  });

  it('never shows a negative zero, nor what is no number', () => {
    expect(formatText(-0.0001, { decimals: 1 })).toBe('0.0');
    expect(formatText(Number.NaN)).toBe('–');
  });

  it('knows which units it knows', () => {
    expect(isKnownUnit('reqps')).toBe(true);
    expect(isKnownUnit('velocityknot')).toBe(false);
  });
});

describe('times ago', () => {
  const now = Date.parse('2026-01-05T12:00:00Z');

  it.each([
    [now - 2_000, 'just now'],
    [now - 40_000, '40 s ago'],
    [now - 25 * 60_000, '25 min ago'],
    [now + 3 * 86_400_000, 'in 3 d'],
  ])('%d is %s', (time, text) => {
    expect(ago(time, now)).toBe(text);
  });
});
