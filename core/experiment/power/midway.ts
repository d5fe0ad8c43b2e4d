import { type Prior, posteriorPower } from './posterior.ts';
import { firstReaching } from './solve.ts';

export interface Midway {
  /** Standard error of the effect with the people seen so far. */
  standardError: number;
  /** Effect that should be seen, on the same scale. */
  effect: number;
  alpha: number;
  power: number;
  /** A Bayesian plan's belief; null: the two-sided test. */
  prior: Prior | null;
}

/** Power an experiment under way has now. */
export const midwayPower = ({ effect, standardError, alpha, prior }: Midway): number =>
  posteriorPower(effect, standardError, alpha, prior);

/**
 * How many times the people seen so far must still come, for the effect to be seen with the wanted power, variance per
 * person staying as it is; 0: none. null when a hundred million times are not enough. GrowthBook's scaling factor.
 */
export function peopleStillNeeded(given: Midway): number | null {
  const at = (more: number) =>
    midwayPower({ ...given, standardError: given.standardError / Math.sqrt(1 + more) });
  return at(0) >= given.power ? 0 : firstReaching(given.power, 0, 1e8, at);
}
