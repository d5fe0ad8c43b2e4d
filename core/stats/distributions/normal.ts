import cdf from '@stdlib/stats-base-dists-normal-cdf';
import quantile from '@stdlib/stats-base-dists-normal-quantile';

/** Chance that a standard normal variable is at most z. */
export const normalCdf = (z: number): number => cdf(z, 0, 1);

/** Chance that a standard normal variable is further from 0 than z, on either side. */
export const normalTwoSided = (z: number): number => 2 * cdf(-Math.abs(z), 0, 1);

/** The value a standard normal variable stays under with probability p. */
export const normalQuantile = (p: number): number => quantile(p, 0, 1);

/** Density of a standard normal variable at z. */
export const normalDensity = (z: number): number => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
