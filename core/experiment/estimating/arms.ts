import { between } from '../../stats/linear/solve.ts';
import type { EffectReason, Moments } from '../statistic.ts';
import { type Columns, columnsOf } from './columns.ts';

export type Side = 0 | 1;
export const sides: readonly Side[] = [0, 1];

/** People of one arm in one stratum and the weight their means have. */
export interface Part extends Columns {
  side: Side;
  weight: number;
}

/**
 * Means of the columns in control (0) and the arm (1), with what they vary by: independent parts, and where the weights
 * of strata are themselves drawn, a covariance over both arms' columns put behind each other.
 */
export interface Arms {
  n: readonly [number, number];
  means: readonly [number[], number[]];
  parts: readonly Part[];
  shared: readonly (readonly number[])[] | null;
}

export type Found<T> = T | { reason: EffectReason };

/** A weight for each column in each arm. */
export type Direction = readonly [readonly number[], readonly number[]];

/** Two arms as a whole. Fewer than `least` units in an arm are too few to know how they vary. */
export function arms(
  control: Moments,
  arm: Moments,
  { over = 'n-1', least = 2 }: { over?: 'n-1' | 'n'; least?: number } = {},
): Found<Arms> {
  if (control.n < 1 || arm.n < 1) return { reason: 'empty_arm' };
  if (control.n < least || arm.n < least) return { reason: 'too_few' };
  const [zero, one] = [columnsOf(control, over), columnsOf(arm, over)];
  return {
    n: [zero.n, one.n],
    means: [zero.means, one.means],
    parts: [
      { ...zero, side: 0, weight: 1 },
      { ...one, side: 1, weight: 1 },
    ],
    shared: null,
  };
}

/** Variance of the means in one direction, by part. */
export const partVariances = ({ parts }: Arms, direction: Direction) =>
  parts.map(({ side, n, weight, covariance }) => ({
    variance: (weight ** 2 / n) * between(direction[side], covariance, direction[side]),
    df: n - 1,
  }));

/** Covariance of the means in two directions. */
export function covarianceOf({ parts, shared }: Arms, one: Direction, other: Direction): number {
  const own = parts.reduce(
    (sum, { side, n, weight, covariance }) =>
      sum + (weight ** 2 / n) * between(one[side], covariance, other[side]),
    0,
  );
  return shared ? own + between(one.flat(), shared, other.flat()) : own;
}

export interface Stratum {
  columns: readonly [Columns, Columns];
  /** Covariance of control's means and the arm's behind them, where it is not that of independent people. */
  joint?: readonly (readonly number[])[];
}

/**
 * Two arms by stratum: each arm's means are put together with the strata's shares of all people in both arms.
 *
 * @param weights drawn: other people would fall into the strata in other numbers, which adds what the strata differ
 *   by (multinomial); fixed: only within the strata
 */
export function armsByStratum(all: readonly Stratum[], weights: 'drawn' | 'fixed'): Arms {
  const strata = all.map((stratum) => stratum.columns);
  const total = strata.reduce((sum, [zero, one]) => sum + zero.n + one.n, 0);
  const shares = strata.map(([zero, one]) => (zero.n + one.n) / total);
  const stacked = strata.map(([zero, one]) => [...zero.means, ...one.means]);
  const columns = strata[0]![0].means.length;
  const middle = Array.from({ length: 2 * columns }, (_, j) =>
    stacked.reduce((sum, means, k) => sum + shares[k]! * means[j]!, 0),
  );
  const drawn = (i: number, j: number) =>
    stacked.reduce(
      (sum, means, k) => sum + shares[k]! * (means[i]! - middle[i]!) * (means[j]! - middle[j]!),
      0,
    ) / total;
  const joint = (i: number, j: number) =>
    all.reduce((sum, stratum, k) => sum + shares[k]! ** 2 * (stratum.joint?.[i]?.[j] ?? 0), 0);
  const shared = middle.map((_, i) =>
    middle.map((__, j) => joint(i, j) + (weights === 'drawn' ? drawn(i, j) : 0)),
  );
  const count = (side: Side) => strata.reduce((sum, pair) => sum + pair[side].n, 0);
  return {
    n: [count(0), count(1)],
    means: [middle.slice(0, columns), middle.slice(columns)],
    parts: strata.flatMap((pair, k) =>
      sides.map((side): Part => ({ ...pair[side], side, weight: shares[k]! })),
    ),
    shared,
  };
}
