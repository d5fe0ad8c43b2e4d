import { normalQuantile } from '../../stats/distributions/normal.ts';

/**
 * Normal interval that leaves out 0 exactly when an adjusted two-sided p-value is under alpha: that of the standard
 * error with which the estimate has this p-value. Equals GrowthBook's.
 *
 * Agrees with the p-value only; several such intervals need not hold all their truths together.
 *
 * @returns null where the estimate is 0 or the p-value 1, which any width agrees with, or the p-value is 0
 */
export function intervalOfAdjusted(
  estimate: number,
  adjustedP: number,
  alpha: number,
): { lower: number; upper: number } | null {
  const size = -normalQuantile(adjustedP / 2);
  if (estimate === 0 || !(size > 0) || !Number.isFinite(size)) return null;
  const half = (Math.abs(estimate) / size) * normalQuantile(1 - alpha / 2);
  return { lower: estimate - half, upper: estimate + half };
}
