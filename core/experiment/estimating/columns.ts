import type { Counts, Moments } from '../statistic.ts';

/** Columns of one arm as means and how they vary together from unit to unit. */
export interface Columns {
  n: number;
  means: number[];
  /** n − 1 in the denominator, or n. */
  covariance: number[][];
}

/** Of a sum of products, the part that rounding alone may leave after the means are taken out. */
const rounding = 1e-13;

/**
 * Means and covariances of columns from their sums.
 *
 * A second moment about the mean is what is left of Σxy after n·x̄·ȳ is taken away: with sums added carefully (error
 * about 1e-16, whatever the number of people) it keeps 16 digits less twice the digits of mean ÷ deviation, which for
 * amounts is at most one or two. Whoever has columns far from 0 centres them before squaring. What is within
 * rounding of 0 is 0: all values are equal.
 *
 * @param over what divides: n − 1 (sample) or n (as a share's variance p(1 − p))
 */
export function columnsOf({ n, sums, products }: Moments, over: 'n-1' | 'n' = 'n-1'): Columns {
  const means = sums.map((sum) => (n > 0 ? sum / n : 0));
  const divisor = over === 'n' ? n : n - 1;
  const covariance = sums.map(() => new Array<number>(sums.length).fill(0));
  let at = 0;
  for (let i = 0; i < sums.length; i++)
    for (let j = i; j < sums.length; j++) {
      const product = products[at++] ?? 0;
      const away = (sums[i] ?? 0) * (means[j] ?? 0);
      const left = product - away;
      const noise = rounding * Math.max(Math.abs(product), Math.abs(away));
      const value = Math.abs(left) <= noise || divisor <= 0 ? 0 : left / divisor;
      covariance[i]![j] = value;
      covariance[j]![i] = value;
    }
  return { n, means, covariance };
}

/** People who had the outcome as a column of ones and zeros. */
export const momentsOfCounts = ({ n, events }: Counts): Moments => ({
  n,
  sums: [events],
  products: [events],
  ratio: false,
});
