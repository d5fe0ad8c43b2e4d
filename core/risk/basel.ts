import { checkLgd, checkPd } from './check.ts';
import { vasicekQuantile } from './vasicek.ts';

/** Retail classes of the internal ratings approach. */
export const retailClasses = ['mortgage', 'revolving', 'other_retail'] as const;
export type RetailClass = (typeof retailClasses)[number];

/** Largest PD at which the correlations of Basel mean what they say. */
export const baselPdLimit = 0.3;
/** Smallest PD a retail exposure is given (Basel II § 331). */
export const baselPdFloor = 0.0003;

/**
 * Asset correlation of a retail exposure (Basel II, §§ 328–330): mortgages 0.15, qualifying revolving 0.04, other retail
 * from 0.16 at the safest down to 0.03.
 *
 * @throws risk_pd_outside
 */
export function baselCorrelation(kind: RetailClass, pd: number): number {
  checkPd(pd);
  if (kind === 'mortgage') return 0.15;
  if (kind === 'revolving') return 0.04;
  const risky = (1 - Math.exp(-35 * pd)) / (1 - Math.exp(-35));
  return 0.03 * risky + 0.16 * (1 - risky);
}

/** Smallest and largest correlation of retail: the band drawn where the PD is outside the range of the formula. */
export const correlationBand = [0.03, 0.16] as const;

/**
 * Risk weight of a retail exposure, as a share of EAD: 12.5 · LGD · (V(0.999) − PD). Retail has no maturity adjustment
 * (annex 5 of Basel II prints these).
 *
 * @throws risk_pd_outside, risk_lgd_outside
 */
export function baselRiskWeight(kind: RetailClass, pd: number, lgd: number): number {
  checkLgd(lgd);
  return 12.5 * lgd * (vasicekQuantile(pd, baselCorrelation(kind, pd), 0.999) - pd);
}
