import type { KpiRow } from '#core/portfolio/kpi.ts';
import { wilson } from '#core/stats/wilson.ts';
import type { TriangleCell } from '../../../charts/portfolio/triangle.ts';
import { numberOf, textOf } from './rows.ts';

export const outcomes = ['cured', 'charged_off', 'cash'] as const;
export type Outcome = (typeof outcomes)[number];

export interface VintagePoint extends TriangleCell {
  /** First day of the cohort's month. */
  begins: string;
  lower: number | null;
  upper: number | null;
}

export interface VintageView {
  outcome: Outcome;
  /** Cash is told in this one; shares are of all accounts, whatever their currency. */
  currency: string;
  write: (iso: string) => string;
}

/**
 * What each cohort has come to by each month: the share of its accounts with an outcome, with its Wilson interval, or
 * the cash of one currency for each account, which has none.
 */
export const vintagePoints = (
  rows: readonly KpiRow[],
  { outcome, currency, write }: VintageView,
): VintagePoint[] =>
  rows
    .filter((row) => row.currency === (outcome === 'cash' ? currency : null))
    .flatMap((row) => {
      const [of, sum] = [numberOf(row, 'accounts') ?? 0, numberOf(row, outcome)];
      if (sum === null || of === 0) return [];
      const begins = textOf(row, 'cohort');
      const { lower, upper } = outcome === 'cash' ? { lower: null, upper: null } : wilson(sum, of);
      return [
        {
          cohort: write(begins),
          begins,
          age: numberOf(row, 'month_on_book') ?? 0,
          value: sum / of,
          of,
          lower,
          upper,
        },
      ];
    })
    .sort((a, b) => (a.begins < b.begins ? -1 : a.begins > b.begins ? 1 : a.age - b.age));

/** The cohort at an age, and the oldest one at the same age: whether things get better. */
export function newestAt(points: readonly VintagePoint[], age: number) {
  const at = points.filter((point) => point.age === age);
  const [oldest, newest] = [at[0], at.at(-1)];
  return oldest && newest ? { oldest, newest } : null;
}
