import { normalQuantile } from '../distributions/normal.ts';
import { type Estimate, type SpreadMethod, spreadBetween, weightedMean } from './heterogeneity.ts';

export interface Shrunken {
  estimate: number;
  lower: number;
  upper: number;
  standardError: number;
  /** How much of the distance to the mean is taken away, 0 to 1. */
  shrinkage: number;
}

export interface ShrunkenAll {
  mean: number;
  /** Standard deviation between true effects. */
  tau: number;
  each: Shrunken[];
}

/**
 * Empirical Bayes: each of several independent estimates drawn towards their mean by as much as its own error is of
 * what they vary by. The interval counts the mean's error and, to first order, that of the spread between them (Kass
 * and Steffey 1989, JASA 84:717), without which shrunken intervals are too short. One estimate stays as it is.
 */
export function shrink(
  estimates: readonly Estimate[],
  { alpha = 0.05, method = 'paule_mandel' }: { alpha?: number; method?: SpreadMethod } = {},
): ShrunkenAll {
  const reach = normalQuantile(1 - alpha / 2);
  const interval = (estimate: number, standardError: number, shrinkage: number): Shrunken => ({
    estimate,
    lower: estimate - reach * standardError,
    upper: estimate + reach * standardError,
    standardError,
    shrinkage,
  });
  const spread = spreadBetween(estimates, method);
  const { mean, weight, weights } = weightedMean(estimates, spread);
  const k = estimates.length;
  if (k < 2)
    return {
      mean,
      tau: 0,
      each: estimates.map(({ estimate, standardError }) => interval(estimate, standardError, 0)),
    };
  const information = (weights.reduce((sum, w) => sum + w * w, 0) * (k - 1)) / k / 2;
  const each = estimates.map(({ estimate, standardError }, i) => {
    const own = standardError ** 2;
    const taken = own * weights[i]!;
    const ofSpread = ((estimate - mean) * own * weights[i]! ** 2) ** 2 / information;
    const variance = own * (1 - taken) + taken ** 2 / weight + ofSpread;
    return interval(mean + (1 - taken) * (estimate - mean), Math.sqrt(variance), taken);
  });
  return { mean, tau: Math.sqrt(spread), each };
}
