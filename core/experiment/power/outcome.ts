/** One person's outcome under control, as far as power needs it. Variances are of one person. */
export type Outcome =
  | {
      kind: 'proportion';
      /** Share with the outcome under control, in (0, 1). */
      rate: number;
      variance?: ProportionVariance;
    }
  | {
      /** A ratio's variance is that of (y − ratio · d) ÷ mean of d; a quantile's is q(1 − q) ÷ density². */
      kind: 'mean' | 'ratio' | 'quantile';
      mean: number;
      variance: number;
      /** The standard error of the relative lift by the delta method, times the mean (GrowthBook). */
      relative?: boolean;
    }
  | {
      /** Variance grows with the mean, as in quasi-Poisson: the same variance ÷ mean in both arms. */
      kind: 'count';
      mean: number;
      variance: number;
    };

/**
 * `null_pooled`: pooled under no effect, unpooled under the effect (R `power.prop.test`, statsmodels
 * `power_proportions_2indep`); `baseline`: p(1 − p) of control on both sides (G*Power as quoted by
 * spotify/confidence); `unpooled`: unpooled on both sides; `relative`: that of the relative lift by the delta method
 * with p(1 − p) of control on both sides (GrowthBook); `restricted`: the likeliest shares under the supposed
 * difference, unpooled under the effect (Farrington and Manning 1990, Statistics in Medicine 9:1447; gsDesign
 * `nBinomial`); `arcsine`: Cohen's h (R `pwr.2p.test`).
 */
export type ProportionVariance =
  | 'null_pooled'
  | 'baseline'
  | 'unpooled'
  | 'relative'
  | 'restricted'
  | 'arcsine';

/** Mean of the outcome under control. */
export const levelOf = (outcome: Outcome): number =>
  outcome.kind === 'proportion' ? outcome.rate : outcome.mean;

/** Variance of one person's outcome under control. */
export const varianceOf = (outcome: Outcome): number =>
  outcome.kind === 'proportion' ? outcome.rate * (1 - outcome.rate) : outcome.variance;

/** How far a level may rise or fall: shares stay in [0, 1], counts at or above 0. */
export function roomFor(outcome: Outcome, way: 1 | -1): number {
  if (outcome.kind === 'proportion') return (way > 0 ? 1 - outcome.rate : outcome.rate) * (1 - 1e-9);
  if (outcome.kind === 'count' && way < 0) return outcome.mean * (1 - 1e-9);
  return 1e6 * Math.sqrt(Math.max(outcome.variance, Number.MIN_VALUE));
}

/** Variance of one person's quantile: q(1 − q) over the square of the density at the quantile. */
export const quantileVariance = (q: number, density: number): number => (q * (1 - q)) / density ** 2;

/** Cohen's h: the difference of two shares on the arcsine scale, 2·asin√p − 2·asin√q. */
export const cohenH = (p: number, q: number): number =>
  2 * Math.asin(Math.sqrt(p)) - 2 * Math.asin(Math.sqrt(q));
