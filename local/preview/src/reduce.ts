import type { Value } from './frame';

/** Grafana's reducers that the preview knows. */
export const CALCULATIONS = [
  'lastNotNull',
  'last',
  'firstNotNull',
  'first',
  'min',
  'max',
  'mean',
  'sum',
  'count',
  'range',
  'diff',
  'diffperc',
  'median',
] as const;

export type Calculation = (typeof CALCULATIONS)[number];

export function isCalculation(name: string): name is Calculation {
  return (CALCULATIONS as readonly string[]).includes(name);
}

/** One value for many; null where there is none. */
export function reduce(values: readonly Value[], calculation: Calculation): Value {
  const present = values.filter((value) => value !== null);
  switch (calculation) {
    case 'lastNotNull':
      return present.at(-1) ?? null;
    case 'last':
      return values.at(-1) ?? null;
    case 'firstNotNull':
      return present[0] ?? null;
    case 'first':
      return values[0] ?? null;
    case 'count':
      return values.length;
    default:
      return reduceNumbers(
        present.filter((value): value is number => typeof value === 'number'),
        calculation,
      );
  }
}

function reduceNumbers(
  numbers: readonly number[],
  calculation: Exclude<Calculation, 'lastNotNull' | 'last' | 'firstNotNull' | 'first' | 'count'>,
): number | null {
  const first = numbers[0];
  const last = numbers.at(-1);
  if (first === undefined || last === undefined) {
    return null;
  }
  const sum = numbers.reduce((a, b) => a + b, 0);
  switch (calculation) {
    case 'min':
      return numbers.reduce((a, b) => Math.min(a, b));
    case 'max':
      return numbers.reduce((a, b) => Math.max(a, b));
    case 'mean':
      return sum / numbers.length;
    case 'sum':
      return sum;
    case 'range':
      return numbers.reduce((a, b) => Math.max(a, b)) - numbers.reduce((a, b) => Math.min(a, b));
    case 'diff':
      return last - first;
    case 'diffperc':
      return first === 0 ? null : (last - first) / Math.abs(first);
    case 'median': {
      const sorted = [...numbers].sort((a, b) => a - b);
      const middle = Math.floor(sorted.length / 2);
      const upper = sorted[middle] ?? 0;
      return sorted.length % 2 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
    }
  }
}
