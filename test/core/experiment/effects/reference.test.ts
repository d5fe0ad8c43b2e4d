import { describe, expect, it } from 'vitest';
import { compareArms } from '#core/experiment/estimating/adjust.ts';
import { arms } from '#core/experiment/estimating/arms.ts';
import { covariatesOf, outcomeOf } from '#core/experiment/estimating/covariates.ts';
import clustered from '#core/experiment/statistics/clustered.ts';
import cuped from '#core/experiment/statistics/cuped.ts';
import differenceInMeans from '#core/experiment/statistics/difference-in-means.ts';
import proportions from '#core/experiment/statistics/difference-in-proportions.ts';
import fisherExact from '#core/experiment/statistics/fisher-exact.ts';
import oddsRatio from '#core/experiment/statistics/odds-ratio.ts';
import riskRatio from '#core/experiment/statistics/risk-ratio.ts';
import stratified from '#core/experiment/statistics/stratified.ts';
import { reference } from '../../../support/experiments/reference-effects.ts';
import { nearAll } from '../../../support/experiments/reference-statistics.ts';

const exact = { rel: 1e-7 };

describe.each(reference.shares)('$x1 of $n1 against $x2 of $n2 (statsmodels, SciPy)', (given) => {
  const control = { n: given.n2, events: given.x2 };
  const arm = { n: given.n1, events: given.x1 };

  it.each([
    ['newcombe', given.newcombe],
    ['miettinen_nurminen', given.score],
    ['agresti_caffo', given.agresti_caffo],
  ] as const)('difference: %s', (interval, ends) => {
    const { lower, upper } = proportions.compute(control, arm, proportions.options.parse({ interval }));
    nearAll([lower, upper], ends, 1e-6, interval);
  });

  it('difference: tests of none, and of a margin of two points', () => {
    const p = (options: object) =>
      proportions.compute(control, arm, proportions.options.parse(options)).pValue;
    const margin = { value: 0.02, better: 'higher' };
    nearAll(
      [p({ test: 'score' }), p({ test: 'score', margin }), p({ margin }), p({ test: 'unpooled', margin })],
      [given.p_score, given.p_margin, given.p_margin, given.p_margin_wald],
      { rel: 1e-6 },
    );
  });

  it('ratios of risks and of odds', () => {
    const risks = (method: string) => riskRatio.compute(control, arm, riskRatio.options.parse({ method }));
    const odds = (method: string) => oddsRatio.compute(control, arm, oddsRatio.options.parse({ method }));
    for (const [effect, ends] of [
      [risks('katz'), given.rr_log],
      [risks('score'), given.rr_score],
      [odds('woolf'), given.or_log],
      [odds('score'), given.or_score],
    ] as const)
      nearAll([effect.lower, effect.upper], ends, { rel: 1e-4 });
  });

  it('Fisher’s exact test and the conditional odds ratio', () => {
    const p = (sided: string) =>
      fisherExact.compute(control, arm, fisherExact.options.parse({ sided })).pValue;
    nearAll(
      [p('two'), p('greater'), p('less')],
      [given.fisher['two-sided'], given.fisher.greater, given.fisher.less],
      exact,
    );
    const effect = fisherExact.compute(control, arm, fisherExact.options.parse({ scale: 'odds_ratio' }));
    nearAll([effect.estimate, effect.lower, effect.upper], [given.conditional, ...given.conditional_ci], {
      rel: 1e-6,
    });
  });
});

it.each(reference.means)('Welch: p-values, degrees of freedom and interval (SciPy)', (given) => {
  const [control, arm] = [given.control, given.arm].map((sums) => ({ ...sums, ratio: false }));
  const effect = (sided: string) =>
    differenceInMeans.compute(control!, arm!, differenceInMeans.options.parse({ sided }));
  nearAll(
    [effect('two').pValue, effect('greater').pValue, effect('less').pValue],
    [given.p['two-sided'], given.p.greater, given.p.less],
    exact,
  );
  nearAll([effect('two').lower, effect('two').upper], given.ci, exact);
  nearAll([effect('two').conventions.df], [given.df], exact);
});

it('covariates: equal arms and one slope are least squares (statsmodels OLS)', () => {
  const given = reference.regression;
  const [control, arm] = [given.control, given.arm].map((sums) => ({ ...sums, ratio: false }));
  const both = arms(control!, arm!);
  if ('reason' in both) throw new Error(both.reason);
  const found = compareArms(both, outcomeOf(control!), covariatesOf(control!, 'columns'));
  if ('reason' in found) throw new Error(found.reason);
  nearAll([found.effect, ...found.coefficients], [given.effect, ...given.slopes], exact);
  const adjusted = cuped.compute(control!, arm!, cuped.options.parse({}));
  nearAll([adjusted.estimate], [given.effect], exact);
  nearAll([adjusted.standardError], [given.error], { rel: 0.02 });
  const one = (moments: typeof control) => [{ stratum: '', moments: moments! }];
  const regressed = stratified.compute(
    one(control),
    one(arm),
    stratified.options.parse({ covariates: 'regression' }),
  );
  nearAll([regressed.estimate, regressed.standardError], [given.effect, given.error], exact);
});

it('clusters: the sandwich over customers, times C/(C − 1) (statsmodels)', () => {
  const given = reference.clusters;
  const [control, arm] = [given.control, given.arm].map((sums) => ({ ...sums, ratio: true }));
  const effect = clustered.compute(control!, arm!, clustered.options.parse({ df: 'clusters' }));
  const factor = Math.sqrt(given.each / (given.each - 1));
  nearAll([effect.estimate, effect.standardError], [given.effect, given.error * factor], exact);
  expect(effect.conventions.df).toBe(2 * given.each - 2);
});
