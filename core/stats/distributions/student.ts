import cdf from '@stdlib/stats-base-dists-t-cdf';
import quantile from '@stdlib/stats-base-dists-t-quantile';

/** Chance that Student's t with `degrees` degrees of freedom is at most t. */
export const tCdf = (t: number, degrees: number): number => cdf(t, degrees);

/** The value Student's t with `degrees` degrees of freedom stays under with probability p. */
export const tQuantile = (p: number, degrees: number): number => quantile(p, degrees);

/** Chance that Student's t is further from 0 than t, on either side. */
export const tTwoSided = (t: number, degrees: number): number => 2 * cdf(-Math.abs(t), degrees);
