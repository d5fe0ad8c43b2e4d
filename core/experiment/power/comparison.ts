import { noncentralTCdf } from '../../stats/distributions/noncentral-t.ts';
import { normalCdf, normalQuantile } from '../../stats/distributions/normal.ts';
import { tQuantile } from '../../stats/distributions/student.ts';
import { restrictedShare } from '../../stats/score-difference.ts';
import { cohenH, levelOf, type Outcome, varianceOf } from './outcome.ts';

/** An arm compared with control. Effects are arm − control in the outcome's own unit. */
export interface Comparison {
  outcome: Outcome;
  /** People under control and under the other arm. */
  controlN: number;
  armN: number;
  /** Error of this comparison, after any split between comparisons; of both tails where it is two-sided. */
  alpha: number;
  /** `greater`: only a rise counts; `less`: only a fall. */
  sided?: 'two' | 'greater' | 'less';
  /** Effect that is tested against; 0. A margin of non-inferiority is one that is not 0. */
  supposed?: number;
  /** Share of outcome variance that covariates known before assignment take away, in [0, 1). */
  covariateR2?: number;
  /** Variance against that of as many independent people: 1 + (people a cluster − 1) × correlation. */
  designEffect?: number;
  /** People the looks before the last cost, as a multiple of those of one look. */
  inflation?: number;
  /** `t`: noncentral t with n − 2 degrees of freedom, means alone. */
  distribution?: 'normal' | 't';
}

export interface Errors {
  /** Effect less what is supposed, on the scale of the standard errors. */
  gap: number;
  /** Standard error where the supposed effect is true, which the test divides by. */
  none: number;
  /** Standard error where the effect is true. */
  some: number;
}

const bernoulli = (p: number): number => p * (1 - p);
const same = (gap: number, error: number): Errors => ({ gap, none: error, some: error });

function proportionErrors(
  { rate, variance = 'null_pooled' }: Extract<Outcome, { kind: 'proportion' }>,
  { effect, supposed, controlN, armN }: { effect: number; supposed: number; controlN: number; armN: number },
): Errors {
  const gap = effect - supposed;
  const other = Math.min(1, Math.max(0, rate + effect));
  if (variance === 'arcsine') return same(cohenH(other, rate + supposed), Math.sqrt(1 / controlN + 1 / armN));
  if (variance === 'relative')
    return same(gap, Math.sqrt(bernoulli(rate) * ((other / rate) ** 2 / controlN + 1 / armN)));
  if (variance === 'baseline') return same(gap, Math.sqrt(bernoulli(rate) * (1 / controlN + 1 / armN)));
  const some = Math.sqrt(bernoulli(rate) / controlN + bernoulli(other) / armN);
  if (variance === 'unpooled') return { gap, none: some, some };
  if (variance === 'restricted' || supposed !== 0) {
    const q = restrictedShare(
      { n: controlN, events: controlN * rate },
      { n: armN, events: armN * other },
      supposed,
    );
    const p = q + supposed;
    return { gap, none: Math.sqrt(bernoulli(q) / controlN + bernoulli(p) / armN), some };
  }
  const pooled = (controlN * rate + armN * other) / (controlN + armN);
  return { gap, none: Math.sqrt(bernoulli(pooled) * (1 / controlN + 1 / armN)), some };
}

/** Standard errors of an effect; all are wider by looks and clusters, narrower by covariates. */
export function errorsOf(effect: number, given: Comparison): Errors {
  const { outcome, controlN, armN, supposed = 0 } = given;
  const scale = Math.sqrt(
    (1 - (given.covariateR2 ?? 0)) * (given.designEffect ?? 1) * (given.inflation ?? 1),
  );
  const scaled = ({ gap, none, some }: Errors): Errors => ({ gap, none: none * scale, some: some * scale });
  if (outcome.kind === 'proportion')
    return scaled(proportionErrors(outcome, { effect, supposed, controlN, armN }));
  const gap = effect - supposed;
  if (outcome.kind === 'count') {
    const spread = outcome.variance / outcome.mean;
    const arm = Math.max(0, outcome.mean + effect);
    const pooled = (controlN * outcome.mean + armN * arm) / (controlN + armN);
    return scaled({
      gap,
      none: Math.sqrt(spread * pooled * (1 / controlN + 1 / armN)),
      some: Math.sqrt(spread * (outcome.mean / controlN + arm / armN)),
    });
  }
  const growth = outcome.relative ? (1 + effect / outcome.mean) ** 2 : 1;
  return scaled(same(gap, Math.sqrt(outcome.variance * (growth / controlN + 1 / armN))));
}

/** Chance of passing the limit on one side, for a gap in that direction. */
function beyond(gap: number, tail: number, { none, some }: Errors, df: number | null): number {
  if (df !== null) return 1 - noncentralTCdf(tQuantile(1 - tail, df), df, gap / some);
  const limit = normalQuantile(1 - tail) * none;
  if (some === 0) return gap > limit ? 1 : 0;
  return normalCdf((gap - limit) / some);
}

/**
 * Chance that the test finds an effect (arm − control, signed, in the outcome's unit) that is there, counting both
 * tails of a two-sided one. Normal approximation, or noncentral t for means.
 */
export function powerFor(effect: number, given: Comparison): number {
  const { alpha, sided = 'two', distribution = 'normal', outcome } = given;
  const errors = errorsOf(effect, given);
  const df = distribution === 't' && outcome.kind !== 'proportion' ? given.controlN + given.armN - 2 : null;
  if (sided === 'greater') return beyond(errors.gap, alpha, errors, df);
  if (sided === 'less') return beyond(-errors.gap, alpha, errors, df);
  return beyond(errors.gap, alpha / 2, errors, df) + beyond(-errors.gap, alpha / 2, errors, df);
}

/** Standard error of the effect over the level of control, where the effect is so large. */
export const relativeError = (effect: number, given: Comparison): number =>
  errorsOf(effect, given).some / levelOf(given.outcome);

/** Standardised effect of a mean: the difference over the standard deviation of one person. */
export const cohenD = (effect: number, outcome: Outcome): number => effect / Math.sqrt(varianceOf(outcome));
