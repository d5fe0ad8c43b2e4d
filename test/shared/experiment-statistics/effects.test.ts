import { describe, expect, it } from 'vitest';
import differenceInProportions from '#core/experiment/statistics/difference-in-proportions.ts';
import { normalQuantile } from '#core/stats/normal.ts';
import { wilson } from '#core/stats/wilson.ts';
import { near, nearAll, unread, vector } from '../../support/reference-statistics.ts';
import { hasShared } from '../../support/shared.ts';

interface TwoShares {
  x1: number;
  n1: number;
  x2: number;
  n2: number;
  alpha: number;
}

describe.runIf(hasShared)('published numbers: effects', () => {
  it('one share: Wilson (R binom.confint)', () => {
    const { inputs, expected, tolerance } = vector<{ x: number; n: number }, { wilson: number[] }>(
      'binom_ci_18_20',
    );
    const { lower, upper } = wilson(inputs.x, inputs.n);
    nearAll([lower, upper], expected.wilson, tolerance);
  });

  it.each([
    ['fagerland_newcombe', 'newcombe'],
    ['propci_score_diff_miettinen_nurminen', 'miettinen_nurminen'],
    ['propci_wald_diff', 'wald'],
  ])('two shares: interval of %s', (name, interval) => {
    const { inputs, expected, tolerance } = vector<TwoShares, { ci: number[] }>(name);
    const effect = differenceInProportions.compute(
      { n: inputs.n2, events: inputs.x2 },
      { n: inputs.n1, events: inputs.x1 },
      differenceInProportions.options.parse({ alpha: inputs.alpha, interval }),
    );
    nearAll([effect.lower, effect.upper], expected.ci, tolerance);
  });

  it.each(['confidence_chi2_two_prop_abs', 'confidence_chi2_two_prop_gb'])(
    'two shares: %s (pooled test, unpooled interval, group 2 − group 1)',
    (name) => {
      const { inputs, expected, tolerance } = vector<
        TwoShares,
        { difference: number; p: number; ci: number[] }
      >(name);
      const effect = differenceInProportions.compute(
        { n: inputs.n1, events: inputs.x1 },
        { n: inputs.n2, events: inputs.x2 },
        differenceInProportions.options.parse({ alpha: inputs.alpha, interval: 'wald', test: 'pooled' }),
      );
      near(effect.estimate, expected.difference, tolerance);
      near(effect.pValue, expected.p, tolerance);
      nearAll([effect.lower, effect.upper], expected.ci, tolerance);
    },
  );

  it('two shares: unpooled test, and Bonferroni over five comparisons', () => {
    const { inputs, expected, tolerance } = vector<
      TwoShares & { comparisons: number },
      { p: number; p_bonferroni: number; ci_bonferroni: number[] }
    >('confidence_ztest_two_prop');
    const effect = differenceInProportions.compute(
      { n: inputs.n1, events: inputs.x1 },
      { n: inputs.n2, events: inputs.x2 },
      { alpha: inputs.alpha / inputs.comparisons, interval: 'wald', test: 'unpooled' },
    );
    near(effect.pValue, expected.p, tolerance);
    near((effect.pValue ?? 0) * inputs.comparisons, expected.p_bonferroni, tolerance);
    nearAll([effect.lower, effect.upper], expected.ci_bonferroni, tolerance);
  });

  it('people for an interval of a given width', () => {
    const { inputs, expected, tolerance } = vector<
      { p: number; half_width: number; alpha: number },
      { n: number }
    >('sm_samplesize_for_ci_width');
    const z = normalQuantile(1 - inputs.alpha / 2);
    near(inputs.p * (1 - inputs.p) * (z / inputs.half_width) ** 2, expected.n, tolerance);
  });

  it('leaves none of its vectors out', () => expect(unread('effects')).toEqual([]));
});
