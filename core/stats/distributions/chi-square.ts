import gammainc from '@stdlib/math-base-special-gammainc';
import quantile from '@stdlib/stats-base-dists-chisquare-quantile';

/**
 * Chance that a chi-square variable exceeds x.
 *
 * The regularised upper incomplete gamma function Q(df/2, x/2), which keeps its digits far out in the tail
 * where 1 − cdf is 0.
 */
export const chiSquareUpper = (x: number, df: number): number => gammainc(x / 2, df / 2, true, true);

/** The value a chi-square variable exceeds with probability `alpha`. */
export const chiSquareLimit = (alpha: number, df: number): number => quantile(1 - alpha, df);
