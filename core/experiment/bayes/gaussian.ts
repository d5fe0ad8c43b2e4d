import { normalCdf, normalDensity, normalQuantile } from '../../stats/distributions/normal.ts';

export interface GaussianPrior {
  mean: number;
  variance: number;
}

export interface Posterior {
  mean: number;
  deviation: number;
}

/**
 * Posterior of an effect: its estimate taken as normal, with a flat prior or a normal one on the same scale.
 *
 * @throws RangeError where the standard error or the prior's variance is not above 0
 */
export function posteriorOf(estimate: number, standardError: number, prior?: GaussianPrior): Posterior {
  if (!(standardError > 0)) throw new RangeError(`a standard error above 0 is needed: ${standardError}`);
  if (!prior) return { mean: estimate, deviation: standardError };
  if (!(prior.variance > 0)) throw new RangeError(`a prior variance above 0 is needed: ${prior.variance}`);
  const [seen, before] = [1 / standardError ** 2, 1 / prior.variance];
  const variance = 1 / (seen + before);
  return { mean: variance * (estimate * seen + prior.mean * before), deviation: Math.sqrt(variance) };
}

/** A prior stated for the relative effect, on the scale of differences from a control of this size. */
export const onDifferences = (prior: GaussianPrior, control: number): GaussianPrior => ({
  mean: prior.mean * Math.abs(control),
  variance: prior.variance * control ** 2,
});

export interface GaussianReading {
  /** Chance that the arm is better than control. */
  chanceToWin: number;
  lower: number;
  upper: number;
  /** Expected loss, in effect units, of keeping control and of changing to the arm. */
  loss: { keeping: number; changing: number };
}

/**
 * What a normal posterior of an effect says.
 *
 * Losses are E[effect; effect > 0] and −E[effect; effect < 0], exact far out too: where |mean/deviation| is above 37 they
 * are the mean and 0. Where lower is better the arm wins below 0 and the losses change places. Equals GrowthBook's.
 */
export function readPosterior(
  { mean, deviation }: Posterior,
  alpha: number,
  better: 'higher' | 'lower' = 'higher',
): GaussianReading {
  const half = normalQuantile(1 - alpha / 2) * deviation;
  const [over, under] = [partAbove(mean, deviation), partAbove(-mean, deviation)];
  const towards = better === 'higher' ? mean : -mean;
  return {
    chanceToWin: normalCdf(towards / deviation),
    lower: mean - half,
    upper: mean + half,
    loss: better === 'higher' ? { keeping: over, changing: under } : { keeping: under, changing: over },
  };
}

/** E[max(X, 0)] of a normal X, never under 0. */
export function partAbove(mean: number, deviation: number): number {
  const ratio = mean / deviation;
  if (ratio > 37) return mean;
  if (ratio < -37) return 0;
  return Math.max(0, mean * normalCdf(ratio) + deviation * normalDensity(ratio));
}

/** Chance to win under a flat prior, from an estimate and its two-sided normal interval of level 1 − alpha. */
export function chanceFromInterval(
  estimate: number,
  interval: { lower: number; upper: number },
  alpha: number,
  better: 'higher' | 'lower' = 'higher',
): number {
  const deviation = (interval.upper - interval.lower) / (2 * normalQuantile(1 - alpha / 2));
  return normalCdf((better === 'higher' ? estimate : -estimate) / deviation);
}
