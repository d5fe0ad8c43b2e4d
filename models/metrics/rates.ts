import { normalQuantile } from '#core/stats/distributions/normal.ts';
import type { Interval } from '#core/stats/wilson.ts';
import { meanOf } from './mean.ts';
import { sampleOrder } from './order.ts';
import { type Counting, totalWeight, weightOf } from './sample.ts';

/** The score above which lies `share` of the rows, by weight: the smallest score that leaves no more than that above. */
export function cutOffFor(scores: Float64Array, share: number, weights?: Float64Array): number {
  const order = sampleOrder(scores).reverse();
  const wanted = share * totalWeight(scores.length, weights);
  let above = 0;
  for (const row of order) {
    above += weightOf(weights, row);
    if (above > wanted + 1e-9) return scores[row]!;
  }
  return scores.length ? scores[order[order.length - 1]!]! : 0;
}

/**
 * One share over another, of rows without a customer in common, with the interval of its logarithm by the delta method
 * (Katz et al. 1978); rows of one group move together.
 *
 * @param flags 0 or 1 for each row
 * @returns no estimate where a share is zero (`no_rows` without rows, else `none_above`)
 */
export function rateRatio(
  flags: Float64Array,
  counting: Counting,
  reference: Float64Array,
  referenceCounting: Counting,
  confidence = 0.95,
): Interval {
  const [own, other] = [meanOf(flags, counting), meanOf(reference, referenceCounting)];
  const none = { estimate: null, lower: null, upper: null };
  if (own.mean === null || other.mean === null) return { ...none, reason: 'no_rows' };
  if (own.mean === 0 || other.mean === 0) return { ...none, reason: 'none_above' };
  const estimate = own.mean / other.mean;
  if (own.error === null || other.error === null) return { ...none, estimate, reason: 'too_few' };
  const error = Math.hypot(own.error / own.mean, other.error / other.mean);
  const factor = Math.exp(normalQuantile(1 - (1 - confidence) / 2) * error);
  return { estimate, lower: estimate / factor, upper: estimate * factor };
}
