import { chiSquareUpper } from '../../stats/distributions/chi-square.ts';
import { between, solveSymmetric } from '../../stats/linear/solve.ts';
import { columnsOf } from '../estimating/columns.ts';
import { baselineId } from '../evidence/baseline.ts';
import { type EvidenceCell, mergeMoments, strataOf } from '../evidence/moments.ts';
import type { Moments } from '../statistic.ts';

export interface BalanceTest {
  /** null: nobody, or no covariate that differs between people. */
  pValue: number | null;
  statistic: number | null;
  /** Covariates that say something of their own. */
  df: number | null;
}

/**
 * Whether an arm and control were alike before anything was sent, in all covariates at once: differences of means
 * inside strata and cohorts, weighted by n·m / (n + m), against their covariance under random assignment; chi-square
 * with as many degrees of freedom as there are covariates that say something of their own.
 *
 * Hansen BB, Bowers J (2008), Statistical Science 23:219. Strata with nobody on one side take no part.
 *
 * @param cells of `readBaseline`
 */
export function baselineBalance(
  cells: readonly EvidenceCell[],
  arms: readonly [control: string, arm: string],
): BalanceTest {
  const [controls, treated] = strataOf(cells, baselineId, arms);
  const none: BalanceTest = { pValue: null, statistic: null, df: null };
  let difference: number[] | null = null;
  let covariance: number[][] = [];
  controls.forEach(({ moments: control }, i) => {
    const arm = treated[i]!.moments;
    if (control.n < 1 || arm.n < 1) return;
    const part = within(control, arm);
    covariance = difference
      ? covariance.map((row, j) => row.map((value, k) => value + part.covariance[j]![k]!))
      : part.covariance;
    difference = difference ? difference.map((value, j) => value + part.difference[j]!) : part.difference;
  });
  if (!difference) return none;
  const { x, used } = solveSymmetric(covariance, difference);
  const df = used.filter(Boolean).length;
  if (df === 0) return none;
  const statistic = between(x, covariance, x);
  return { pValue: chiSquareUpper(statistic, df), statistic, df };
}

function within(control: Moments, arm: Moments): { difference: number[]; covariance: number[][] } {
  const weight = (arm.n * control.n) / (arm.n + control.n);
  const { covariance } = columnsOf(mergeMoments([control, arm]));
  return {
    difference: arm.sums.map((sum, i) => weight * (sum / arm.n - control.sums[i]! / control.n)),
    covariance: covariance.map((row) => row.map((value) => weight * value)),
  };
}
