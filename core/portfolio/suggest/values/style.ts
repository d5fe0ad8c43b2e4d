import type { DateStyle } from '../../recipe.ts';
import type { Seen } from '../names/match.ts';

/** How the values of a whole file are written. */
export interface FileStyle {
  decimal: '.' | ',';
  dates: DateStyle;
  /** Words that stand for nothing. */
  empty: string[];
  /** Date columns of which neither their own values nor another column's tell day from month. */
  undecided: string[];
}

const surelyNothing = new Set(['n/a', 'null', '-', '--', '#n/a', 'n.a.', 's/d', 'sin dato', 'nan']);

/**
 * The style most columns of a file agree on. A column whose days and months cannot be told apart follows the others;
 * when none of them tells, day first is taken and said to be a guess.
 */
export function settleStyle(
  seen: readonly Seen[],
  stated: { decimal?: '.' | ',' | undefined; dates?: DateStyle | undefined },
): FileStyle {
  const dated = seen.filter(({ look }) => look.shape === 'date');
  const sure = dated.filter(({ look }) => look.dates.length === 1).map(({ look }) => look.dates[0]);
  const unsure = dated.filter(({ look }) => look.dates.length > 1);
  const marks = seen.flatMap(({ look }) => look.decimal ?? []);
  const slashed = sure.filter((style) => style === 'dmy' || style === 'mdy');
  const dates = stated.dates ?? commonest(unsure.length ? slashed : sure) ?? (unsure.length ? 'dmy' : 'iso');
  return {
    decimal: stated.decimal ?? commonest(marks) ?? '.',
    dates,
    empty: [
      ...new Set(
        seen.flatMap(({ look }) =>
          look.shape === 'text' || look.shape === 'empty'
            ? look.empty.filter((word) => surelyNothing.has(word.toLowerCase()))
            : look.empty,
        ),
      ),
    ],
    undecided: stated.dates || slashed.length ? [] : unsure.map(({ column }) => column.name),
  };
}

function commonest<T>(values: readonly (T | undefined)[]): T | undefined {
  const counts = new Map<T, number>();
  for (const value of values) if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}
