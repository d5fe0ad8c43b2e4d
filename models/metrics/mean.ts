import { tQuantile } from '#core/stats/distributions/student.ts';
import { type Interval, wilson } from '#core/stats/wilson.ts';
import {
  type Clusters,
  type Counting,
  clusterSums,
  clustersOf,
  totalWeight,
  weightedSum,
  weightOf,
} from './sample.ts';

interface Moments {
  mean: number;
  /** Of the mean, rows of one cluster moving together (Liang and Zeger 1986, with clusters / (clusters − 1)). */
  variance: number;
  clusters: number;
}

function moments(values: Float64Array, weights: Float64Array | undefined, clusters: Clusters): Moments {
  const total = totalWeight(values.length, weights);
  const mean = weightedSum(values, weights) / total;
  const deviations = values.map((value, i) => (weightOf(weights, i) * (value - mean)) / total);
  const squares = clusterSums(deviations, clusters).reduce((sum, each) => sum + each * each, 0);
  return { mean, variance: (squares * clusters.count) / (clusters.count - 1), clusters: clusters.count };
}

/** Mean, its standard error and clusters; the error is null with fewer than two clusters or no weight. */
export function meanOf(
  values: Float64Array,
  { weights, groups }: Counting = {},
): { mean: number | null; error: number | null; clusters: number } {
  if (totalWeight(values.length, weights) <= 0) return { mean: null, error: null, clusters: 0 };
  const { mean, variance, clusters } = moments(
    values,
    weights,
    clustersOf(values.length, { weights, groups }),
  );
  return { mean, error: clusters > 1 ? Math.sqrt(variance) : null, clusters };
}

/**
 * A weighted mean with its interval by Student's t on clusters − 1 degrees of freedom; rows of one group move together.
 *
 * @returns no estimate without weight (`no_rows`), no bounds with one cluster (`too_few`)
 */
export function meanInterval(values: Float64Array, counting: Counting = {}, confidence = 0.95): Interval {
  const { mean, error, clusters } = meanOf(values, counting);
  if (mean === null) return { estimate: null, lower: null, upper: null, reason: 'no_rows' };
  if (error === null) return { estimate: mean, lower: null, upper: null, reason: 'too_few' };
  const half = tQuantile(1 - (1 - confidence) / 2, clusters - 1) * error;
  return { estimate: mean, lower: mean - half, upper: mean + half };
}

/** Past so many effective rows a variance is nothing but rounding: all customers have the same share. */
const mostEffective = 1e12;

/**
 * Rows that independent draws of equal weight would need to be as sure of a share: Wilson's interval then holds for
 * weighted and clustered rows (Korn and Graubard 1998). Rows of weight one, each alone, are themselves. Of outcomes that
 * are 0 or 1 they are never more than the rows or their weight: that a few customers are alike by chance proves nothing.
 */
function effectiveRows(values: Float64Array, { weights, groups }: Counting, share: number): number {
  const clusters = clustersOf(values.length, { weights, groups });
  const binary = values.every((value) => value === 0 || value === 1);
  if (binary && !weights && clusters.count === values.length) return values.length;
  const each = clusterSums(weights ?? new Float64Array(values.length).fill(1), clusters);
  const total = each.reduce((sum, weight) => sum + weight, 0);
  if (share > 0 && share < 1 && clusters.count > 1) {
    const rows = (share * (1 - share)) / moments(values, weights, clusters).variance;
    const counted = weights ? weights.reduce((n, weight) => n + (weight > 0 ? 1 : 0), 0) : values.length;
    if (rows < mostEffective) return binary ? Math.min(rows, Math.max(total, counted)) : rows;
  }
  return total ** 2 / each.reduce((sum, weight) => sum + weight * weight, 0);
}

/** A weighted share of values in [0, 1] with Wilson's interval at the effective number of rows. */
export function shareInterval(values: Float64Array, counting: Counting = {}, confidence = 0.95): Interval {
  const total = totalWeight(values.length, counting.weights);
  if (total <= 0) return { estimate: null, lower: null, upper: null, reason: 'no_rows' };
  const share = Math.min(1, weightedSum(values, counting.weights) / total);
  const rows = effectiveRows(values, counting, share);
  return { ...wilson(share * rows, rows, confidence), estimate: share };
}
