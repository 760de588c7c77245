import { type DisplayField, regularExpression } from '../field';
import { rowCount, timeField, type Value } from '../frame';
import type { Panel } from '../model';
import { isCalculation, reduce } from '../reduce';
import { option, type PanelData } from './panel-data';

/** One figure of a stat, gauge, bar or slice. */
export interface Figure {
  readonly name: string;
  readonly value: Value;
  readonly display: DisplayField;
  /** The values behind it, oldest first. */
  readonly history: readonly Value[];
  readonly row: number;
}

const MOST = 60;

/** What a panel's `reduceOptions` make of the frames. */
export function figures({ panel, frames, fields }: PanelData): Figure[] {
  const chosen = chosenFields(panel, fields);
  if (option(panel, 'reduceOptions.values', false)) {
    return frames
      .flatMap((frame) => {
        const own = chosen.filter((display) => display.frame === frame);
        const names = fields.find(
          (display) => display.frame === frame && display.field.type === 'string',
        );
        return Array.from({ length: rowCount(frame) }, (_, row) =>
          own.map((display) => ({
            name:
              own.length > 1 || !names
                ? [names?.text(names.field.values[row] ?? null), display.name].filter(Boolean).join(' ')
                : names.text(names.field.values[row] ?? null),
            value: display.field.values[row] ?? null,
            display,
            history: [],
            row,
          })),
        ).flat();
      })
      .slice(0, option(panel, 'reduceOptions.limit', MOST));
  }
  const name = option<string[]>(panel, 'reduceOptions.calcs', ['lastNotNull'])[0] ?? 'lastNotNull';
  const calculation = isCalculation(name) ? name : 'lastNotNull';
  return chosen.map((display) => ({
    name: display.name,
    value: reduce(display.field.values, calculation),
    display,
    history: timeField(display.frame) ? display.field.values : [],
    row: display.field.values.length - 1,
  }));
}

/** What of `reduceOptions` the preview doesn't know. */
export function unsupportedReduction(panel: Panel): string[] {
  return option<string[]>(panel, 'reduceOptions.calcs', [])
    .filter((name) => !isCalculation(name))
    .map((name) => `“${name}” is drawn as the last value.`);
}

function chosenFields(panel: Panel, fields: readonly DisplayField[]): DisplayField[] {
  const wanted = option(panel, 'reduceOptions.fields', '');
  const shown = fields.filter(
    (display) => display.custom<{ viz?: boolean }>('hideFrom', {}).viz !== true,
  );
  if (!wanted) {
    return shown.filter(({ field }) => field.type === 'number');
  }
  const pattern = regularExpression(wanted);
  return shown.filter(
    (display) =>
      (pattern.test(display.name) || pattern.test(display.field.name)) &&
      (wanted !== '/.*/' || display.field.type !== 'time'),
  );
}
