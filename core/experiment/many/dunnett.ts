import { normalCdf, normalDensity } from '../../stats/distributions/normal.ts';
import { findRoot } from '../../stats/find-root.ts';

export interface SharedControl {
  /** Variance of the control's mean. */
  control: number;
  /** Variances of the arms' means, in order. */
  arms: readonly number[];
  sided: 'two' | 'greater' | 'less';
}

/**
 * Chance, without any effect, that the largest z of arms against one control is within a limit.
 *
 * Given the control's own deviation the arms are independent, so one integral over it is exact for any number of arms
 * of any size: corr(zᵢ, zⱼ) = √λᵢλⱼ with λᵢ = control/(control + armᵢ). Dunnett (1955), JASA 50:1096, with the normal
 * in place of Student's t: for arms of hundreds of people or more.
 */
export function withinAll(limit: number, { control, arms, sided }: SharedControl): number {
  const loadings = arms.map((arm) => Math.sqrt(control / (control + arm)));
  const narrowest = loadings.reduce((least, loading) => Math.min(least, Math.sqrt(1 - loading * loading)), 1);
  const far = 8.5;
  const points = Math.min(50_000, Math.ceil((2 * far) / Math.min(0.05, narrowest / 4)));
  let sum = 0;
  // The trapezium over the whole line: its error falls faster than any power of the step.
  for (let i = 0; i <= points; i++) {
    const u = -far + (2 * far * i) / points;
    const chance = loadings.reduce((product, loading) => {
      const rest = Math.sqrt(1 - loading * loading);
      const upper = normalCdf((limit + loading * u) / rest);
      return product * (sided === 'two' ? upper - normalCdf((-limit + loading * u) / rest) : upper);
    }, 1);
    sum += normalDensity(u) * chance;
  }
  return Math.min(1, (sum * 2 * far) / points);
}

/** The limit that the largest z passes with chance `alpha`: half the width of simultaneous intervals, in errors. */
export const dunnettLimit = (alpha: number, given: SharedControl): number =>
  findRoot((limit) => withinAll(limit, given) - (1 - alpha), 0, 12, 1e-10) ?? Number.NaN;

/**
 * p-values of arms against one control, corrected for their number and what they share, step-down: the largest z is
 * held against all arms, the next against those left, and none gets a smaller p-value than one before it.
 *
 * Step-down rejects all that Dunnett's single step does and is never behind Holm. Controls the family-wise error.
 * Marcus, Peritz and Gabriel (1976); equals R multcomp `adjusted("free")` up to its simulation.
 *
 * @param z of each arm against control, in the order of `arms`
 * @param steps single: Dunnett's own, whose p-values go with the simultaneous intervals
 */
export function dunnett(
  z: readonly number[],
  given: SharedControl,
  steps: 'down' | 'single' = 'down',
): number[] {
  const size = (value: number) =>
    given.sided === 'two' ? Math.abs(value) : given.sided === 'greater' ? value : -value;
  const order = z.map((_, i) => i).sort((a, b) => size(z[b] ?? 0) - size(z[a] ?? 0) || a - b);
  const result = new Array<number>(z.length).fill(1);
  let largest = 0;
  order.forEach((index, place) => {
    const family = steps === 'single' ? given.arms : order.slice(place).map((i) => given.arms[i] ?? 0);
    const p = 1 - withinAll(size(z[index] ?? 0), { ...given, arms: family });
    largest = steps === 'single' ? p : Math.max(largest, p);
    result[index] = Math.min(1, Math.max(0, largest));
  });
  return result;
}
