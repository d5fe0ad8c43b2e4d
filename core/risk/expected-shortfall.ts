import { checkCorrelation, checkLevel, checkPd } from './check.ts';
import { worstYears } from './nodes.ts';
import { conditionalPd } from './vasicek.ts';

/**
 * Mean share of a large homogeneous portfolio that fails in the worst 1 − q of the years: the mean of the quantile
 * beyond q, by Gauss–Legendre over the common factor. Equals Φ₂(Φ⁻¹(PD), Φ⁻¹(1−q); √ρ) / (1−q) (Tasche 2006).
 *
 * @throws risk_pd_outside, risk_correlation_outside, risk_level_outside
 */
export function expectedShortfall(pd: number, rho: number, q: number): number {
  checkPd(pd);
  checkCorrelation(rho);
  checkLevel(q);
  const { z, weight } = worstYears(q);
  return z.reduce((sum, point, i) => sum + weight[i]! * conditionalPd(pd, rho, point), 0);
}
