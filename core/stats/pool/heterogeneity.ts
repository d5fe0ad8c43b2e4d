import { chiSquareUpper } from '../distributions/chi-square.ts';
import { findRoot } from '../find-root.ts';

/** One estimate of several, independent of the others. */
export interface Estimate {
  estimate: number;
  standardError: number;
}

export type SpreadMethod = 'paule_mandel' | 'dersimonian_laird';

export interface Weighted {
  mean: number;
  /** Sum of the weights: the mean's variance is 1 over it. */
  weight: number;
  weights: number[];
}

/** Mean weighted by the inverse of each variance, to which the spread between estimates is added. */
export function weightedMean(estimates: readonly Estimate[], spread = 0): Weighted {
  const weights = estimates.map(({ standardError }) => 1 / (standardError ** 2 + spread));
  const weight = weights.reduce((sum, w) => sum + w, 0);
  const mean = estimates.reduce((sum, { estimate }, i) => sum + weights[i]! * estimate, 0) / weight;
  return { mean, weight, weights };
}

/** Σ w (y − ȳ)² at a spread; Cochran's Q at none. */
export function generalisedQ(estimates: readonly Estimate[], spread = 0): number {
  const { mean, weights } = weightedMean(estimates, spread);
  return estimates.reduce((sum, { estimate }, i) => sum + weights[i]! * (estimate - mean) ** 2, 0);
}

export interface Homogeneity {
  q: number | null;
  degreesOfFreedom: number;
  pValue: number | null;
  reason?: 'one_estimate';
}

/**
 * Whether several independent estimates are of one thing: Cochran's Q (1954, Biometrics 10:101), chi-square with k − 1
 * degrees of freedom, which is the Wald test of k − 1 differences between them. Standard errors are taken as known.
 */
export function cochranQ(estimates: readonly Estimate[]): Homogeneity {
  const degreesOfFreedom = Math.max(0, estimates.length - 1);
  if (degreesOfFreedom < 1) return { q: null, degreesOfFreedom, pValue: null, reason: 'one_estimate' };
  const q = generalisedQ(estimates);
  return { q, degreesOfFreedom, pValue: chiSquareUpper(q, degreesOfFreedom) };
}

/**
 * Variance between what independent estimates are of (τ²), 0 or more: DerSimonian and Laird (1986, Controlled Clinical
 * Trials 7:177), or Paule and Mandel (1982, Journal of Research NBS 87:377), at which the generalised Q is what it is
 * expected to be.
 */
export function spreadBetween(estimates: readonly Estimate[], method: SpreadMethod = 'paule_mandel'): number {
  const excess = estimates.length - 1;
  if (excess < 1) return 0;
  const q = generalisedQ(estimates);
  if (q <= excess) return 0;
  if (method === 'dersimonian_laird') {
    const { weight, weights } = weightedMean(estimates);
    return (q - excess) / (weight - weights.reduce((sum, w) => sum + w * w, 0) / weight);
  }
  const unit = Math.max(...estimates.map(({ standardError }) => standardError ** 2));
  let most = unit;
  while (generalisedQ(estimates, most) > excess) most *= 4;
  return (findRoot((share) => generalisedQ(estimates, share * most) - excess, 0, 1) ?? 0) * most;
}
