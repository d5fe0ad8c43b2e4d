import { normalCdf, normalQuantile } from '../../stats/distributions/normal.ts';
import { normalPower } from './standardised.ts';

/** A normal belief about an effect, on the scale of its standard error. */
export interface Prior {
  mean: number;
  variance: number;
}

/**
 * Chance, over the data an effect gives, that the 1 − alpha credible interval excludes 0: the posterior of a normal
 * estimate and a normal prior, precision 1/prior + 1/error². Without a prior it is the power of the two-sided test.
 * Equals GrowthBook's.
 */
export function posteriorPower(
  effect: number,
  standardError: number,
  alpha: number,
  prior: Prior | null,
): number {
  if (!prior) return normalPower(effect / standardError, alpha);
  const error2 = standardError ** 2;
  const precision = 1 / prior.variance + 1 / error2;
  const limit = normalQuantile(1 - alpha / 2) * Math.sqrt(precision);
  const pull = prior.mean / prior.variance;
  const passing = (side: 1 | -1) =>
    normalCdf((side * (effect + pull * error2) - limit * error2) / standardError);
  return passing(1) + passing(-1);
}
