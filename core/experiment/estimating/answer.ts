import { normalCdf, normalQuantile } from '../../stats/distributions/normal.ts';
import { tCdf, tQuantile } from '../../stats/distributions/student.ts';
import type { Conventions, Effect, EffectReason } from '../statistic.ts';
import type { Compared, Comparison } from './comparison.ts';
import type { Margin, Question, Sided } from './question.ts';

type Named = Pick<Conventions, 'interval' | 'test'>;

/** Nothing could be computed, and why. */
export const nothing = (reason: EffectReason, conventions: Conventions): Effect => ({
  estimate: null,
  lower: null,
  upper: null,
  standardError: null,
  pValue: null,
  reason,
  conventions,
});

/** The side a margin tests: not worse means above −margin where more is better. */
export const sideOf = ({ sided, margin }: { sided: Sided; margin?: Margin | undefined }): Sided =>
  margin ? (margin.better === 'higher' ? 'greater' : 'less') : sided;

const beyond = (value: number, df: number | null): number =>
  df === null || df > 1e8 ? normalCdf(value) : tCdf(value, df);
const criticalOf = (p: number, df: number | null): number =>
  df === null || df > 1e8 ? normalQuantile(p) : tQuantile(p, df);

/** p-value of a standardised distance from what is supposed. */
export function pOf(standardised: number, sided: Sided, df: number | null = null): number {
  if (sided === 'greater') return beyond(-standardised, df);
  if (sided === 'less') return beyond(standardised, df);
  return Math.min(1, 2 * beyond(-Math.abs(standardised), df));
}

/** Standard errors from the estimate to an end of the interval; all of alpha is on one side where that is asked. */
export const reachOf = (alpha: number, sided: Sided, df: number | null = null): number =>
  criticalOf(1 - (sided === 'two' ? alpha / 2 : alpha), df);

/** An interval with the end that is not asked left open. */
export const openEnd = (sided: Sided, lower: number, upper: number) => ({
  lower: sided === 'less' ? null : lower,
  upper: sided === 'greater' ? null : upper,
});

/**
 * The effect on the scale asked, with its interval and p-value.
 *
 * Relative: over |control|, so that a gain from a negative control is a gain; its error by the delta method, or its
 * interval by Fieller (1954, Journal of the Royal Statistical Society B 16:175), which needs no linearity but has no
 * ends (`unbounded`) where control is not clearly apart from 0. The p-value of a relation by Fieller is that of
 * arm − (1 + supposed)·control. A margin of control's value is taken at control as it was found on the scale of
 * differences, and with its error on the relative one. Errors: `no_variation`, `zero_control`, `too_large`.
 */
export function answer(compared: Compared, asked: Question, named: Named): Effect {
  const sided = sideOf(asked);
  const conventions: Conventions = { scale: asked.scale, sided, ...named, df: null };
  if ('reason' in compared) return nothing(compared.reason, conventions);
  if (compared.df !== null && Number.isFinite(compared.df)) conventions.df = compared.df;
  if (!Number.isFinite(compared.effect) || !Number.isFinite(compared.variance))
    return nothing('too_large', conventions);
  if (!(compared.variance > 0)) return nothing('no_variation', conventions);
  const size = Math.abs(compared.control);
  if (asked.scale === 'relative' && !(size > 0)) return nothing('zero_control', conventions);
  const supposed = supposedBy(asked, size);
  if (asked.margin) conventions.supposed = supposed;
  const reach = reachOf(asked.alpha, sided, compared.df);
  if (asked.scale === 'difference') {
    const standardError = Math.sqrt(compared.variance);
    return {
      estimate: compared.effect,
      ...openEnd(sided, compared.effect - reach * standardError, compared.effect + reach * standardError),
      standardError,
      pValue: pOf((compared.effect - supposed) / standardError, sided, compared.df),
      conventions,
    };
  }
  const estimate = compared.effect / size;
  const standardError = Math.sqrt(relationVariance(compared));
  if (!(standardError > 0)) return nothing('no_variation', conventions);
  if (asked.relativeBy === 'delta')
    return {
      estimate,
      ...openEnd(sided, estimate - reach * standardError, estimate + reach * standardError),
      standardError,
      pValue: pOf((estimate - supposed) / standardError, sided, compared.df),
      conventions,
    };
  conventions.interval = 'fieller';
  const ends = fieller(compared, reach);
  return {
    estimate,
    ...(ends ? openEnd(sided, ...ends) : { lower: null, upper: null }),
    standardError,
    pValue: pOf(fiellerDistance(compared, supposed), sided, compared.df),
    ...(ends ? {} : { reason: 'unbounded' as const }),
    conventions,
  };
}

function supposedBy({ margin, scale }: Question, control: number): number {
  if (!margin) return 0;
  const onScale =
    scale === 'relative'
      ? margin.of === 'control'
        ? margin.value
        : margin.value / control
      : margin.of === 'control'
        ? margin.value * control
        : margin.value;
  return margin.better === 'higher' ? -onScale : onScale;
}

function relationVariance({ variance, control, controlVariance, covariance, effect, slopeAt }: Comparison) {
  const at = slopeAt ?? effect;
  return (
    variance / control ** 2 -
    (2 * at * covariance) / control ** 3 +
    (at ** 2 * controlVariance) / control ** 4
  );
}

/** effect − r·|control| over its error. */
function fiellerDistance({ effect, variance, control, controlVariance, covariance }: Comparison, r: number) {
  const sign = Math.sign(control);
  const error = Math.sqrt(variance - 2 * r * sign * covariance + r * r * controlVariance);
  return (effect - r * Math.abs(control)) / error;
}

/** The relations that `fiellerDistance` puts within reach; null where they have no ends. */
function fieller(
  { effect, variance, control, controlVariance, covariance }: Comparison,
  reach: number,
): [number, number] | null {
  const size = Math.abs(control);
  const along = Math.sign(control) * covariance;
  const a = size * size - reach * reach * controlVariance;
  const b = effect * size - reach * reach * along;
  const c = effect * effect - reach * reach * variance;
  const root = b * b - a * c;
  if (!(a > 0) || !(root >= 0)) return null;
  return [(b - Math.sqrt(root)) / a, (b + Math.sqrt(root)) / a];
}
