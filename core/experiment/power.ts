import { normalCdf, normalQuantile } from '../stats/normal.ts';

export interface Comparison {
  /** People under control and under the other arm. */
  controlN: number;
  armN: number;
  /** Share with the outcome under control, in (0, 1). */
  baseRate: number;
  /** Two-sided error for this comparison, after any split between comparisons. */
  alpha: number;
  /** Share of outcome variance a covariate known before assignment takes away, in [0, 1). */
  covariateR2?: number;
  /**
   * Variance used. `null_pooled`: pooled under no effect, unpooled under the effect (R `power.prop.test`,
   * statsmodels `power_proportions_2indep`); `baseline`: p(1 − p) of control on both sides (G*Power as quoted
   * by spotify/confidence); `unpooled`: unpooled on both sides; `relative`: that of the relative lift by the delta
   * method with p(1 − p) of control on both sides (GrowthBook).
   */
  variance?: 'null_pooled' | 'baseline' | 'unpooled' | 'relative';
}

const bernoulli = (p: number): number => p * (1 - p);

function standardErrors(given: Comparison, effect: number): { none: number; some: number } {
  const { controlN, armN, baseRate, covariateR2 = 0, variance = 'null_pooled' } = given;
  const rate = baseRate + effect;
  const left = Math.sqrt(1 - covariateR2);
  if (variance === 'relative') {
    const same = left * Math.sqrt(bernoulli(baseRate) * ((rate / baseRate) ** 2 / controlN + 1 / armN));
    return { none: same, some: same };
  }
  const unpooled = left * Math.sqrt(bernoulli(baseRate) / controlN + bernoulli(rate) / armN);
  if (variance === 'unpooled') return { none: unpooled, some: unpooled };
  const shared = variance === 'baseline' ? baseRate : (controlN * baseRate + armN * rate) / (controlN + armN);
  const pooled = left * Math.sqrt(bernoulli(shared) * (1 / controlN + 1 / armN));
  return { none: pooled, some: variance === 'baseline' ? pooled : unpooled };
}

/**
 * Chance that a two-sided z-test of two proportions finds a difference of `effect` (absolute, signed), counting
 * both tails. Normal approximation; the covariate shrinks both standard errors by √(1 − R²).
 */
export function powerFor(effect: number, given: Comparison): number {
  const { none, some } = standardErrors(given, effect);
  const critical = normalQuantile(1 - given.alpha / 2) * none;
  if (some === 0) return Math.abs(effect) > critical ? 1 : 0;
  return normalCdf((effect - critical) / some) + normalCdf((-effect - critical) / some);
}

/** Where a growing function first reaches a level, between two points, to about 1e-12; null when it never does. */
function firstReaching(
  level: number,
  low: number,
  high: number,
  value: (x: number) => number,
): number | null {
  if (value(high) < level) return null;
  let [under, over] = [low, high];
  for (let step = 0; step < 100 && over - under > 1e-12 * Math.max(1, over); step++) {
    const middle = (under + over) / 2;
    if (value(middle) < level) under = middle;
    else over = middle;
  }
  return over;
}

/**
 * The smallest rise over the base rate seen with the wanted power; null when even a rise to 100 % is not, or
 * when an arm is empty.
 */
export function smallestEffect(power: number, given: Comparison): number | null {
  if (given.controlN < 1 || given.armN < 1) return null;
  const room = (1 - given.baseRate) * (1 - 1e-9);
  return firstReaching(power, 0, room, (effect) => powerFor(effect, given));
}

/**
 * People needed in all to see a rise of `effect` with the wanted power, when control and arm get the shares
 * given of them (shares of the whole experiment, so other arms may take the rest). Rounded up; null when a share
 * is 0.
 */
export function peopleFor(
  effect: number,
  power: number,
  shares: { control: number; arm: number },
  given: Omit<Comparison, 'controlN' | 'armN'>,
): number | null {
  if (!(shares.control > 0 && shares.arm > 0)) return null;
  const reached = firstReaching(power, 2, 1e12, (people) =>
    powerFor(effect, { ...given, controlN: people * shares.control, armN: people * shares.arm }),
  );
  return reached === null ? null : Math.ceil(reached - 1e-6);
}

/**
 * Error left to each comparison with control. Holm's first step is Bonferroni's: a design that sees an effect at
 * alpha ÷ comparisons sees it whatever the other arms do.
 */
export const alphaPerComparison = (
  alpha: number,
  comparisons: number,
  correction: 'none' | 'holm',
): number => (correction === 'holm' ? alpha / Math.max(1, comparisons) : alpha);
