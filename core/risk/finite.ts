import binomialCdf from '@stdlib/stats-base-dists-binomial-cdf';
import { checkCorrelation, checkLevel, checkPd } from './check.ts';
import { conditionalPd } from './vasicek.ts';

const step = 0.0025;
const farthest = 9;

/**
 * Chance that at most k of n equal accounts fail: the binomial given the year, averaged over the years. The trapezoid on
 * a fine grid is exact to ten digits here, as the integrand and all its derivatives vanish at both ends.
 *
 * @param n accounts, at least 1
 * @throws risk_pd_outside, risk_correlation_outside
 */
export function finiteCdf(n: number, pd: number, rho: number, k: number): number {
  checkPd(pd);
  checkCorrelation(rho);
  if (k < 0) return 0;
  if (k >= n) return 1;
  if (rho === 0) return binomialCdf(Math.floor(k), n, pd);
  let sum = 0;
  for (let z = -farthest; z <= farthest; z += step)
    sum += Math.exp((-z * z) / 2) * binomialCdf(Math.floor(k), n, conditionalPd(pd, rho, z));
  return Math.min(1, (sum * step) / Math.sqrt(2 * Math.PI));
}

/**
 * The least number of failures among n equal accounts that is exceeded in at most 1 − q of the years: what Vasicek's
 * quantile is the limit of.
 *
 * @throws risk_pd_outside, risk_correlation_outside, risk_level_outside
 */
export function finiteQuantile(n: number, pd: number, rho: number, q: number): number {
  checkLevel(q);
  let low = 0;
  let high = n;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (finiteCdf(n, pd, rho, middle) >= q) high = middle;
    else low = middle + 1;
  }
  return low;
}
