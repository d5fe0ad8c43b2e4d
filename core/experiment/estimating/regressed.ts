import { between, invertSymmetric, solveSymmetric } from '../../stats/linear/solve.ts';
import { mergeMoments } from '../evidence/moments.ts';
import type { Moments } from '../statistic.ts';
import { type Stratum, sides } from './arms.ts';
import { type Columns, columnsOf } from './columns.ts';

/** A block of a matrix. */
const block = (matrix: readonly (readonly number[])[], rows: readonly number[], columns: readonly number[]) =>
  rows.map((i) => columns.map((j) => matrix[i]![j]!));

/**
 * One stratum by least squares of the outcome (and its denominator) on the arm and the covariates, one slope for both
 * arms and one residual variance, n − 2 − k degrees of freedom: each arm's mean where the covariates have the stratum's
 * mean, with the covariance of both, to which that of the stratum's mean itself is added. Redundant covariates are
 * left out.
 */
export function regressedStratum([control, arm]: readonly [Moments, Moments]): Stratum & { df: number } {
  const both = [columnsOf(control), columnsOf(arm)] as const;
  const together = columnsOf(mergeMoments([control, arm]));
  const outcomes = control.ratio ? [0, 1] : [0];
  const within = together.means.map((_, i) =>
    together.means.map((__, j) =>
      sides.reduce<number>((sum, side) => sum + (both[side].n - 1) * both[side].covariance[i]![j]!, 0),
    ),
  );
  const all = control.sums.map((_, i) => i).slice(outcomes.length);
  const { used } = solveSymmetric(
    block(within, all, all),
    all.map(() => 0),
  );
  const covariates = all.filter((_, i) => used[i]);
  const inverse = invertSymmetric(block(within, covariates, covariates)) ?? [];
  const slopes = outcomes.map((y) =>
    inverse.map((row) => row.reduce((sum, value, k) => sum + value * within[covariates[k]!]![y]!, 0)),
  );
  const df = together.n - 2 - covariates.length;
  const noise = outcomes.map((y, i) =>
    outcomes.map(
      (z) =>
        (within[y]![z]! - slopes[i]!.reduce((sum, b, k) => sum + b * within[covariates[k]!]![z]!, 0)) / df,
    ),
  );
  const away = sides.map((side) => covariates.map((k) => both[side].means[k]! - together.means[k]!));
  const spread = block(together.covariance, covariates, covariates);
  const columns = sides.map(
    (side): Columns => ({
      n: both[side].n,
      means: outcomes.map(
        (y, i) => both[side].means[y]! - slopes[i]!.reduce((sum, b, k) => sum + b * away[side]![k]!, 0),
      ),
      covariance: outcomes.map(() => outcomes.map(() => 0)),
    }),
  );
  const places = sides.flatMap((side) => outcomes.map((_, i) => ({ side, i })));
  const joint = places.map((a) =>
    places.map((b) => {
      const own =
        (a.side === b.side ? 1 / both[a.side].n : 0) + between(away[a.side]!, inverse, away[b.side]!);
      return noise[a.i]![b.i]! * own + between(slopes[a.i]!, spread, slopes[b.i]!) / together.n;
    }),
  );
  return { columns: [columns[0]!, columns[1]!], joint, df };
}
