import { normalCdf, normalQuantile } from '../stats/distributions/normal.ts';
import { checkCorrelation, checkLevel, checkPd } from './check.ts';

/**
 * The one-factor model of Vasicek (1987, "Probability of loss on loan portfolio"; Basel Committee 2005, explanatory
 * note on the IRB risk weights): an obligor fails when √ρ·Y + √(1−ρ)·ε falls under Φ⁻¹(PD), with Y common to all and ε
 * its own, both standard normal. Here z = −Y, so that a larger z is a worse year.
 */

/** Chance of failing in a year as bad as z. `rho` 0 gives `pd` in every year. */
export const conditionalPd = (pd: number, rho: number, z: number): number =>
  normalCdf((normalQuantile(pd) + Math.sqrt(rho) * z) / Math.sqrt(1 - rho));

/**
 * The share of a large homogeneous portfolio that fails and is exceeded in only 1 − q of the years:
 * V(q) = Φ((Φ⁻¹(PD) + √ρ Φ⁻¹(q)) / √(1−ρ)).
 *
 * @throws risk_pd_outside, risk_correlation_outside, risk_level_outside
 */
export function vasicekQuantile(pd: number, rho: number, q: number): number {
  checkPd(pd);
  checkCorrelation(rho);
  checkLevel(q);
  return rho === 0 ? pd : conditionalPd(pd, rho, normalQuantile(q));
}

/** Chance that at most a share x of the portfolio fails. With rho 0 the share is `pd` for sure. */
export function vasicekCdf(pd: number, rho: number, x: number): number {
  checkPd(pd);
  checkCorrelation(rho);
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (rho === 0) return x >= pd ? 1 : 0;
  return normalCdf((Math.sqrt(1 - rho) * normalQuantile(x) - normalQuantile(pd)) / Math.sqrt(rho));
}

/** Density of the share that fails, on (0, 1); rho must be above 0, for without it all lies on one point. */
export function vasicekDensity(pd: number, rho: number, x: number): number {
  checkPd(pd);
  checkCorrelation(rho === 0 ? Number.NaN : rho);
  if (x <= 0 || x >= 1) return 0;
  const own = normalQuantile(x);
  const common = (Math.sqrt(1 - rho) * own - normalQuantile(pd)) / Math.sqrt(rho);
  return Math.sqrt((1 - rho) / rho) * Math.exp((own * own - common * common) / 2);
}
