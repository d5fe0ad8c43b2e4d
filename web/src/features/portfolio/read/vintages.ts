import type { KpiRow } from '#core/portfolio/kpi.ts';
import { wilson } from '#core/stats/wilson.ts';
import type { TriangleCell } from '../../../charts/triangle.ts';
import { numberOf, textOf } from './rows.ts';

export const outcomes = ['cured', 'charged_off'] as const;
export type Outcome = (typeof outcomes)[number];

export interface VintagePoint extends TriangleCell {
  /** First day of the cohort's month. */
  begins: string;
  lower: number | null;
  upper: number | null;
}

/** Cohorts over all currencies, by count: the share that has had an outcome by each month, with its Wilson interval. */
export const vintagePoints = (
  rows: readonly KpiRow[],
  outcome: Outcome,
  write: (iso: string) => string,
): VintagePoint[] =>
  rows
    .filter(({ currency }) => currency === null)
    .flatMap((row) => {
      const [of, events] = [numberOf(row, 'accounts') ?? 0, numberOf(row, outcome)];
      const value = numberOf(row, `${outcome}_share`);
      if (events === null || value === null || of === 0) return [];
      const { lower, upper } = wilson(events, of);
      const begins = textOf(row, 'cohort');
      return [
        { cohort: write(begins), begins, age: numberOf(row, 'month_on_book') ?? 0, value, of, lower, upper },
      ];
    })
    .sort((a, b) => (a.begins < b.begins ? -1 : a.begins > b.begins ? 1 : a.age - b.age));

/** The cohort at an age, and the oldest one at the same age: whether things get better. */
export function newestAt(points: readonly VintagePoint[], age: number) {
  const at = points.filter((point) => point.age === age);
  const [oldest, newest] = [at[0], at.at(-1)];
  return oldest && newest ? { oldest, newest } : null;
}
