import { describe, expect, it } from 'vitest';
import differenceInProportions from '#core/experiment/statistics/difference-in-proportions.ts';
import oddsRatio from '#core/experiment/statistics/odds-ratio.ts';
import riskRatio from '#core/experiment/statistics/risk-ratio.ts';
import { type ShareInterval, shareInterval } from '#core/stats/share/intervals.ts';
import { cohenH, peopleForWidth } from '#core/stats/share/size.ts';
import { near, nearAll, unread, vector } from '../../support/experiments/reference-statistics.ts';
import { hasShared } from '../../support/shared.ts';
import './effects/adjusted.ts';
import './effects/means.ts';
import './effects/strata.ts';

interface TwoShares {
  x1: number;
  n1: number;
  x2: number;
  n2: number;
  alpha: number;
}

const group1 = ({ x1, n1 }: TwoShares) => ({ n: n1, events: x1 });
const group2 = ({ x2, n2 }: TwoShares) => ({ n: n2, events: x2 });

/** R's names; its `bayes` here is the interval with equal tails. */
const inR: Record<string, ShareInterval> = {
  'agresti-coull': 'agresti_coull',
  asymptotic: 'wald',
  bayes: 'jeffreys',
  cloglog: 'cloglog',
  exact: 'clopper_pearson',
  logit: 'logit',
  probit: 'probit',
  profile: 'profile',
  lrt: 'likelihood_ratio',
  'prop.test': 'wilson_corrected',
  wilson: 'wilson',
};

describe.runIf(hasShared)('published numbers: effects on shares', () => {
  it('one share: every interval of R binom.confint', () => {
    const { inputs, expected, tolerance } = vector<{ x: number; n: number }, Record<string, number[]>>(
      'binom_ci_18_20',
    );
    expect(Object.keys(expected).sort()).toEqual(Object.keys(inR).sort());
    for (const [name, ends] of Object.entries(expected)) {
      const { lower, upper } = shareInterval(inR[name]!, inputs.x, inputs.n);
      nearAll([lower, upper], ends, tolerance, name);
    }
  });

  it.each([
    ['fagerland_newcombe', 'newcombe'],
    ['propci_score_diff_miettinen_nurminen', 'miettinen_nurminen'],
    ['propci_wald_diff', 'wald'],
    ['propci_agresti_caffo', 'agresti_caffo'],
  ])('two shares: interval of %s', (name, interval) => {
    const { inputs, expected, tolerance } = vector<TwoShares, { ci: number[] }>(name);
    const effect = differenceInProportions.compute(
      group2(inputs),
      group1(inputs),
      differenceInProportions.options.parse({ alpha: inputs.alpha, interval }),
    );
    nearAll([effect.lower, effect.upper], expected.ci, tolerance);
  });

  it.each([
    ['fagerland_katz_log_rr', riskRatio, 'katz'],
    ['fagerland_woolf_or', oddsRatio, 'woolf'],
    ['propci_score_oddsratio', oddsRatio, 'score'],
  ] as const)('two shares as a ratio: %s', (name, statistic, method) => {
    const { inputs, expected, tolerance } = vector<TwoShares, { ci: number[] }>(name);
    const asked = { alpha: inputs.alpha, sided: 'two' } as const;
    const [control, arm] = [group2(inputs), group1(inputs)];
    const effect =
      statistic === riskRatio
        ? riskRatio.compute(control, arm, { ...asked, method: 'katz' })
        : oddsRatio.compute(control, arm, { ...asked, method: method === 'score' ? 'score' : 'woolf' });
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
        group1(inputs),
        group2(inputs),
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
      group1(inputs),
      group2(inputs),
      differenceInProportions.options.parse({
        alpha: inputs.alpha / inputs.comparisons,
        interval: 'wald',
        test: 'unpooled',
      }),
    );
    near(effect.pValue, expected.p, tolerance);
    near((effect.pValue ?? 0) * inputs.comparisons, expected.p_bonferroni, tolerance);
    nearAll([effect.lower, effect.upper], expected.ci_bonferroni, tolerance);
  });

  it('people for an interval of a given width; Cohen’s h', () => {
    const width = vector<{ p: number; half_width: number; alpha: number }, { n: number }>(
      'sm_samplesize_for_ci_width',
    );
    const { p, half_width, alpha } = width.inputs;
    near(peopleForWidth(p, half_width, alpha), width.expected.n, width.tolerance);
    const h = vector<{ p1: number; p2: number }, { h: number }>('sm_cohen_h');
    near(cohenH(h.inputs.p1, h.inputs.p2), h.expected.h, h.tolerance);
  });
});

describe.runIf(hasShared)('published numbers: effects, all', () => {
  it('leaves none of its vectors out', () => expect(unread('effects')).toEqual([]));
});
