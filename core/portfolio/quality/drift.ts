import { homogeneity } from '../../stats/homogeneity.ts';
import { grouped, mergeRare, stability } from '../../stats/psi.ts';
import type { BinHead } from './bins.ts';

/** stable: chance explains it, or it is small; moved: beyond chance by 0.10 or more; changed: by 0.25 or more. */
export const shiftLevels = ['stable', 'moved', 'changed'] as const;
export type ShiftLevel = (typeof shiftLevels)[number];
export const movedFrom = 0.1;
export const changedFrom = 0.25;

/** Chance that a report without any change names one, over all of its comparisons together. */
export const falseAlarms = 0.01;

/** How one column differs between two loads, or two months. */
export interface Shift {
  table: string;
  column: string;
  between: 'loads' | 'months';
  /** Number of the load, or first day of the month. */
  before: string;
  after: string;
  beforeRows: number;
  afterRows: number;
  psi: number | null;
  expected: number | null;
  limit: number | null;
  level: ShiftLevel;
  bins: (BinHead & { before: number; after: number })[];
  sql: string;
}

export type Sides = Pick<Shift, 'table' | 'column' | 'between' | 'before' | 'after' | 'sql'>;

const total = (counts: readonly number[]): number => counts.reduce((sum, n) => sum + n, 0);

/** PSI in excess of what sampling gives on average. */
export const excessOf = ({ psi, expected }: Pick<Shift, 'psi' | 'expected'>): number =>
  (psi ?? 0) - (expected ?? 0);

/**
 * Compares one column on two sides. A shift is named only when its index is beyond the sampling limit and Pearson's
 * test agrees (both at 1 % over all comparisons of the report, by Bonferroni; so far out the index alone has a heavier
 * tail than chi-square while bins hold under some 20 rows), and, less what sampling gives on average, at least 0.10 or 0.25: the
 * customary marks for "look" and "act". So few rows do not alarm, and many do not make a trifle a finding.
 */
export function compare(
  sides: Sides,
  heads: readonly BinHead[],
  before: readonly number[],
  after: readonly number[],
  comparisons: number,
): Shift {
  const groups = mergeRare(before, after);
  const alpha = falseAlarms / Math.max(1, comparisons);
  const [was, is] = [grouped(before, groups), grouped(after, groups)];
  const { psi, expected, limit } = stability(was, is, alpha);
  const unlikely = psi !== null && limit !== null && psi > limit && (homogeneity(was, is) ?? 1) < alpha;
  const beyond = unlikely ? excessOf({ psi, expected }) : 0;
  return {
    ...sides,
    beforeRows: total(before),
    afterRows: total(after),
    psi,
    expected,
    limit,
    level: beyond >= changedFrom ? 'changed' : beyond >= movedFrom ? 'moved' : 'stable',
    bins: heads
      .map((head, i) => ({ ...head, before: before[i] ?? 0, after: after[i] ?? 0 }))
      .filter((bin) => bin.before > 0 || bin.after > 0),
  };
}

/** Rows that would have to change bin for the sides to agree: half the sum of the differences of shares, of `after`. */
export const rowsMoved = ({ bins, beforeRows, afterRows }: Shift): number =>
  Math.round(
    (afterRows / 2) *
      bins.reduce((sum, bin) => sum + Math.abs(bin.after / afterRows - bin.before / beforeRows), 0),
  );

/** The bin whose share changed most. */
export const mostMoved = ({ bins, beforeRows, afterRows }: Shift): Shift['bins'][number] | undefined =>
  [...bins].sort(
    (a, b) =>
      Math.abs(b.after / afterRows - b.before / beforeRows) -
      Math.abs(a.after / afterRows - a.before / beforeRows),
  )[0];
