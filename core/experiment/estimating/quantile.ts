import { normalQuantile } from '../../stats/distributions/normal.ts';
import type { Histogram } from '../statistic.ts';

export interface QuantileFound {
  value: number;
  /** Order statistics that hold the quantile with the confidence asked. */
  lower: number;
  upper: number;
  /** Of the value, squared standard error. */
  variance: number;
}

/** Values at ranks (from 1), found in one pass; ranks ascending. */
function valuesAt({ values }: Histogram, ranks: readonly number[]): number[] {
  const found: number[] = [];
  let upto = 0;
  for (const { value, count } of values) {
    upto += count;
    while (found.length < ranks.length && ranks[found.length]! <= upto) found.push(value);
  }
  return found;
}

/** Ranks that hold the quantile with a confidence: normal to the binomial count below it. null: past the ends. */
function ranks(n: number, quantile: number, alpha: number): [number, number] | null {
  const reach = normalQuantile(1 - alpha / 2) * Math.sqrt(n * quantile * (1 - quantile));
  const [low, high] = [Math.floor(n * quantile - reach), Math.ceil(n * quantile + reach) + 1];
  return low < 1 || high > n ? null : [low, high];
}

/**
 * A quantile of one arm, the mean of the two middle values where its rank falls between them, with its distribution-free
 * bounds and its variance by the spacing of values at the ranks of its 95 % bounds (Siddiqui 1960, Journal of Research
 * NBS 64B:145): ν(1 − ν)/n over the squared density. null: too few for the ranks to be there.
 */
export function quantileOf(histogram: Histogram, quantile: number, alpha: number): QuantileFound | null {
  const { n } = histogram;
  const [bounds, near] = [ranks(n, quantile, alpha), ranks(n, quantile, 0.05)];
  if (!bounds || !near) return null;
  const whole = Math.abs(n * quantile - Math.round(n * quantile)) < 1e-9 * n;
  const middle = whole ? Math.round(n * quantile) : Math.ceil(n * quantile);
  const [first, second] = valuesAt(histogram, [middle, whole ? middle + 1 : middle]);
  const [lower, upper] = valuesAt(histogram, bounds);
  const [left, right] = valuesAt(histogram, near);
  const perRank = (right! - left!) / (near[1] - near[0]);
  return {
    value: (first! + second!) / 2,
    lower: lower!,
    upper: upper!,
    variance: perRank ** 2 * n * quantile * (1 - quantile),
  };
}

/**
 * Standard error of a quantile from its 95 % bounds as GrowthBook has it: their width over two normal quantiles, the
 * variance times (n − 1)/n.
 */
export const boundsError = (lower: number, upper: number, n: number): number =>
  ((upper - lower) / (2 * normalQuantile(0.975))) * Math.sqrt((n - 1) / n);
