import { normalCdf, normalQuantile } from '../../stats/distributions/normal.ts';

/** How the chance of a false alarm is spent over a trial, by the share of the planned information that is in. */
export type Spending =
  | { kind: 'obrien_fleming' }
  | { kind: 'pocock' }
  | { kind: 'power'; rho: number }
  | { kind: 'hwang_shih_decani'; gamma: number }
  /** Spent by each look in turn, whatever its information. */
  | { kind: 'given'; cumulative: readonly number[] };

/**
 * Spent by each look, cumulative. Never more than `alpha`; a look past the planned information has spent all of it.
 *
 * obrien_fleming: 2(1 − Φ(z(1 − α/2)/√t)); pocock: α ln(1 + (e − 1)t), both Lan and DeMets (1983), Biometrika 70:659;
 * power: α t^ρ (Kim and DeMets 1987); hwang_shih_decani: α(1 − e^(−γt))/(1 − e^(−γ)), γ = 0 is linear (1990).
 *
 * @param alpha of one side
 * @param complete the last look is the last of the trial and spends what is left
 */
export function spent(
  spending: Spending,
  alpha: number,
  information: readonly number[],
  complete: boolean,
): number[] {
  return information.map((t, i) => {
    if (spending.kind === 'given') return spending.cumulative[i] ?? alpha;
    return complete && i === information.length - 1 ? alpha : spentAt(spending, alpha, t);
  });
}

/** Spent when a share `t` of the information is in. */
export function spentAt(spending: Exclude<Spending, { kind: 'given' }>, alpha: number, t: number): number {
  if (t <= 0) return 0;
  if (t >= 1) return alpha;
  if (spending.kind === 'obrien_fleming') return 2 * normalCdf(normalQuantile(alpha / 2) / Math.sqrt(t));
  if (spending.kind === 'pocock') return alpha * Math.log1p((Math.E - 1) * t);
  if (spending.kind === 'power') return alpha * t ** spending.rho;
  const { gamma } = spending;
  return gamma === 0 ? alpha * t : (alpha * Math.expm1(-gamma * t)) / Math.expm1(-gamma);
}
