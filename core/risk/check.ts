import { DomainError } from '../errors/domain-error.ts';

/** @throws risk_pd_outside unless 0 < pd < 1 */
export function checkPd(pd: number): void {
  if (!(pd > 0 && pd < 1)) throw new DomainError('risk_pd_outside', { pd: String(pd) });
}

/** @throws risk_correlation_outside unless 0 ≤ rho < 1 */
export function checkCorrelation(rho: number): void {
  if (!(rho >= 0 && rho < 1)) throw new DomainError('risk_correlation_outside', { correlation: String(rho) });
}

/** @throws risk_level_outside unless 0 < q < 1 */
export function checkLevel(q: number): void {
  if (!(q > 0 && q < 1)) throw new DomainError('risk_level_outside', { level: String(q) });
}

/** @throws risk_exposure_negative */
export function checkExposure(exposure: number): void {
  if (!(exposure >= 0 && exposure < Number.POSITIVE_INFINITY))
    throw new DomainError('risk_exposure_negative', { exposure: String(exposure) });
}

/** @throws risk_lgd_outside */
export function checkLgd(lgd: number): void {
  if (!(lgd >= 0 && lgd <= 1)) throw new DomainError('risk_lgd_outside', { lgd: String(lgd) });
}
