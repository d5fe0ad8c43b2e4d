import quantile from '@stdlib/stats-base-dists-t-quantile';

/** The value Student's t with `degrees` degrees of freedom stays under with probability p. */
export const tQuantile = (p: number, degrees: number): number => quantile(p, degrees);
