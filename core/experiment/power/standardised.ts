import { noncentralTCdf } from '../../stats/distributions/noncentral-t.ts';
import { normalCdf, normalQuantile } from '../../stats/distributions/normal.ts';
import { tQuantile } from '../../stats/distributions/student.ts';

export type Sides = 'two' | 'greater' | 'less';

/** Power of a test whose statistic is normal of the given mean and variance 1. R `pwr.norm.test`, `pwr.2p.test`. */
export function normalPower(mean: number, alpha: number, sided: Sides = 'two'): number {
  if (sided === 'greater') return normalCdf(mean - normalQuantile(1 - alpha));
  if (sided === 'less') return normalPower(-mean, alpha, 'greater');
  const limit = normalQuantile(1 - alpha / 2);
  return normalCdf(mean - limit) + normalCdf(-mean - limit);
}

/** Power of a t test of so many degrees of freedom, both tails counted. R `pwr.t.test(strict = TRUE)`, G*Power. */
export function tPower(noncentrality: number, df: number, alpha: number, sided: Sides = 'two'): number {
  if (sided === 'greater') return 1 - noncentralTCdf(tQuantile(1 - alpha, df), df, noncentrality);
  if (sided === 'less') return tPower(-noncentrality, df, alpha, 'greater');
  const limit = tQuantile(1 - alpha / 2, df);
  return 1 - noncentralTCdf(limit, df, noncentrality) + noncentralTCdf(-limit, df, noncentrality);
}

/** Mean of the statistic for a standardised difference (Cohen's d or h) between two groups. */
export const pairNoncentrality = (size: number, n1: number, n2: number): number =>
  size / Math.sqrt(1 / n1 + 1 / n2);

/** Mean of the statistic for a standardised mean of one group. */
export const singleNoncentrality = (size: number, n: number): number => size * Math.sqrt(n);
