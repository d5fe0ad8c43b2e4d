import gammainc from '@stdlib/math-base-special-gammainc';

/**
 * Chance that a chi-square variable exceeds x.
 *
 * The regularised upper incomplete gamma function Q(df/2, x/2), which keeps its digits far out in the tail
 * where 1 − cdf is 0.
 */
export const chiSquareUpper = (x: number, df: number): number => gammainc(x / 2, df / 2, true, true);
