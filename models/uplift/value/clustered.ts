import { normalQuantile } from '#core/stats/distributions/normal.ts';
import type { Interval } from '#core/stats/wilson.ts';

export interface ClusteredMean extends Interval {
  standardError: number | null;
  /** Clusters summed over. */
  clusters: number;
}

const none = (reason: string, clusters: number): ClusteredMean => ({
  estimate: null,
  lower: null,
  upper: null,
  reason,
  standardError: null,
  clusters,
});

/** Sums of the values by cluster. */
function sumsBy(values: Float64Array, clusters: Int32Array): Float64Array {
  const place = new Map<number, number>();
  const sums: number[] = [];
  for (let i = 0; i < values.length; i++) {
    const cluster = clusters[i]!;
    const at = place.get(cluster);
    if (at === undefined) {
      place.set(cluster, sums.length);
      sums.push(values[i]!);
    } else sums[at]! += values[i]!;
  }
  return Float64Array.from(sums);
}

/**
 * Standard error of a statistic from the influence of each row on it, rows of one cluster (customer) summed first:
 * √(G/(G−1) Σ (cluster sum)²)/n, the sandwich of Liang and Zeger (1986) with the usual small-sample factor. Equals
 * statsmodels `OLS(y, 1).fit(cov_type="cluster", cov_kwds={"correction": True})` for a mean. Null with one cluster.
 */
export function clusteredError(
  influence: Float64Array,
  clusters: Int32Array,
): { standardError: number | null; clusters: number } {
  const sums = sumsBy(influence, clusters);
  const count = sums.length;
  if (count < 2) return { standardError: null, clusters: count };
  let squares = 0;
  for (const sum of sums) squares += sum * sum;
  return {
    standardError: Math.sqrt((count / (count - 1)) * squares) / influence.length,
    clusters: count,
  };
}

/** An estimate with its normal interval from the influence of each row. */
export function withInterval(
  estimate: number,
  influence: Float64Array,
  clusters: Int32Array,
  level = 0.95,
): ClusteredMean {
  const { standardError, clusters: count } = clusteredError(influence, clusters);
  if (standardError === null) return { ...none('one_cluster', count), estimate };
  const half = normalQuantile(1 - (1 - level) / 2) * standardError;
  return { estimate, lower: estimate - half, upper: estimate + half, standardError, clusters: count };
}

/** The mean with its interval, rows of one cluster counted as one draw; no rows: null with a reason. */
export function clusteredMean(values: Float64Array, clusters: Int32Array, level = 0.95): ClusteredMean {
  if (values.length === 0) return none('no_rows', 0);
  let sum = 0;
  for (const value of values) sum += value;
  const mean = sum / values.length;
  return withInterval(
    mean,
    values.map((value) => value - mean),
    clusters,
    level,
  );
}
