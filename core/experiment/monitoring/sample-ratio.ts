import { chiSquareUpper } from '../../stats/distributions/chi-square.ts';

export interface RatioTest {
  /** null: nothing to compare. */
  pValue: number | null;
  statistic: number | null;
  df: number | null;
  reason?: 'one_arm' | 'no_people';
}

/** Where other tools differ. */
export interface RatioConventions {
  /** Degrees of freedom count arms with a weight (GrowthBook's server) or all of them (its Python library). */
  armsOfWeightZero?: 'left_out' | 'counted';
  /** Of one arm or nobody: no p-value, or 1 as GrowthBook says. */
  nothingToCompare?: 'null' | 'one';
}

/**
 * Whether the people still there are split as planned: Pearson's chi-square against the planned weights,
 * df = arms − 1.
 *
 * For where people can be lost and only those left are known; p under .001 invalidates a comparison, under .01 warns.
 * An arm of weight 0 is left out and the other weights are made to sum to 1. One arm, or nobody, has no p-value.
 * Equals `scipy.stats.chisquare`.
 *
 * @param counts people seen, by arm
 * @param weights planned shares in the same order, on any scale
 */
export function sampleRatio(
  counts: readonly number[],
  weights: readonly number[],
  { armsOfWeightZero = 'left_out', nothingToCompare = 'null' }: RatioConventions = {},
): RatioTest {
  const kept = weights.flatMap((weight, i) => (weight > 0 ? [{ weight, seen: counts[i] ?? 0 }] : []));
  const people = kept.reduce((total, arm) => total + arm.seen, 0);
  const weightSum = kept.reduce((total, arm) => total + arm.weight, 0);
  const none = { pValue: nothingToCompare === 'one' ? 1 : null, statistic: null, df: null };
  if (kept.length < 2) return { ...none, reason: 'one_arm' };
  if (people === 0) return { ...none, reason: 'no_people' };
  const statistic = kept.reduce((total, { weight, seen }) => {
    const expected = (people * weight) / weightSum;
    return total + (seen - expected) ** 2 / expected;
  }, 0);
  const df = (armsOfWeightZero === 'counted' ? weights.length : kept.length) - 1;
  return { pValue: chiSquareUpper(statistic, df), statistic, df };
}
