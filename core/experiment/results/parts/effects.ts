import type { ResultEffect } from '../../../contract/experiments/results.ts';
import type { Text } from '../../../text/text.ts';
import { countsOf, type EvidenceCell, momentsOf, strataOf } from '../../evidence/moments.ts';
import type { Metric } from '../../metric.ts';
import type { Effect } from '../../statistic.ts';
import cuped from '../../statistics/cuped.ts';
import differenceInMeans from '../../statistics/difference-in-means.ts';
import differenceInProportions from '../../statistics/difference-in-proportions.ts';
import differenceInRatios from '../../statistics/difference-in-ratios.ts';
import stratified from '../../statistics/stratified.ts';
import { methods } from '../words/methods.ts';

/** A metric of two arms, in cells put together by arm and stratum. */
export interface Question {
  cells: readonly EvidenceCell[];
  /** Of the metric in the evidence. */
  id: string;
  kind: Metric['kind'];
  control: string;
  arm: string;
  alpha: number;
}

export const momentsIn = ({ cells, id }: Pick<Question, 'cells' | 'id'>, arm: string) =>
  momentsOf(cells, id, { arm });

export const shown = (effect: Effect, method: Text): ResultEffect => ({
  estimate: effect.estimate,
  lower: effect.lower,
  upper: effect.upper,
  standardError: effect.standardError,
  pValue: effect.pValue,
  ...(effect.reason ? { reason: effect.reason } : {}),
  scale: effect.conventions.scale,
  method,
});

/** Nothing to show, and why. */
export const nothingYet = (reason: string, method: Text = methods.none): ResultEffect => ({
  estimate: null,
  lower: null,
  upper: null,
  standardError: null,
  pValue: null,
  reason,
  scale: 'difference',
  method,
});

/** The plain difference, by the kind of the metric. Quantiles have none from sums. */
export function plainEffect(asked: Question): Effect {
  const { kind, control, arm, alpha } = asked;
  const [zero, one] = [momentsIn(asked, control), momentsIn(asked, arm)];
  if (kind === 'proportion')
    return differenceInProportions.compute(
      countsOf(zero),
      countsOf(one),
      differenceInProportions.options.parse({ alpha }),
    );
  if (kind === 'ratio')
    return differenceInRatios.compute(zero, one, differenceInRatios.options.parse({ alpha }));
  return differenceInMeans.compute(zero, one, differenceInMeans.options.parse({ alpha }));
}

const plainMethod = (kind: Metric['kind']): Text =>
  kind === 'proportion' ? methods.proportions : kind === 'ratio' ? methods.ratios : methods.means;

export const unadjusted = (asked: Question): ResultEffect =>
  shown(plainEffect(asked), plainMethod(asked.kind));

/** By stratum of the design, less what covariates of before entering explain. */
export function adjusted(
  asked: Question,
  covariates: 'centred' | 'none' | 'regression' = 'centred',
): ResultEffect {
  const [zero, one] = strataOf(asked.cells, asked.id, [asked.control, asked.arm]);
  const options = stratified.options.parse({ alpha: asked.alpha, covariates, weights: 'fixed' });
  const method = { centred: methods.adjusted, none: methods.stratified, regression: methods.regression }[
    covariates
  ];
  return shown(stratified.compute(zero, one, options), method);
}

/** Over |control|, with Fieller's interval. */
export function relative(asked: Question): ResultEffect {
  const [zero, one] = [momentsIn(asked, asked.control), momentsIn(asked, asked.arm)];
  const statistic = asked.kind === 'ratio' ? differenceInRatios : differenceInMeans;
  const options = statistic.options.parse({ alpha: asked.alpha, scale: 'relative', relativeBy: 'fieller' });
  return shown(statistic.compute(zero, one, options as never), methods.relative);
}

/** Without strata, for comparison. */
export function plainCuped(asked: Question): ResultEffect {
  const [zero, one] = [momentsIn(asked, asked.control), momentsIn(asked, asked.arm)];
  return shown(cuped.compute(zero, one, cuped.options.parse({ alpha: asked.alpha })), methods.cuped);
}

/** One-sided bounds at 1 − alpha of arm − control; of a share by score, which holds for few events too. */
export function bounds(asked: Question): { lower: number | null; upper: number | null } {
  const { kind, control, arm, alpha } = asked;
  const [zero, one] = [momentsIn(asked, control), momentsIn(asked, arm)];
  if (kind !== 'proportion') return unadjusted({ ...asked, alpha: 2 * alpha });
  const options = differenceInProportions.options.parse({
    alpha: 2 * alpha,
    interval: 'miettinen_nurminen',
    test: 'score',
  });
  return differenceInProportions.compute(countsOf(zero), countsOf(one), options);
}
