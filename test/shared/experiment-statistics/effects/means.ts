import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { answer } from '#core/experiment/estimating/answer.ts';
import { question } from '#core/experiment/estimating/question.ts';
import differenceInMeans from '#core/experiment/statistics/difference-in-means.ts';
import differenceInRatios from '#core/experiment/statistics/difference-in-ratios.ts';
import { type ArmSums, momentsOfSums } from '../../../support/experiments/reference-moments.ts';
import { near, nearAll, vector } from '../../../support/experiments/reference-statistics.ts';
import { hasShared } from '../../../support/shared.ts';

interface TwoArms {
  control: ArmSums;
  treatment: ArmSums;
  alpha: number;
}
interface Published {
  expected: number;
  se: number;
  p: number;
  ci: number[];
  ci_lower: number;
  ci_upper: number;
}

const asked = (options: object) => differenceInMeans.options.parse(options);

describe.runIf(hasShared)('published numbers: effects on means', () => {
  it.each([
    ['gb_ttest_mean_relative', 'sample'],
    ['gb_ttest_proportion_relative', 'share'],
  ] as const)('%s: the relation, by the delta method', (name, variance) => {
    const { inputs, expected, tolerance } = vector<TwoArms, Published>(name);
    const effect = differenceInMeans.compute(
      momentsOfSums(inputs.control),
      momentsOfSums(inputs.treatment),
      asked({ alpha: inputs.alpha, scale: 'relative', variance }),
    );
    nearAll(
      [effect.estimate, effect.standardError, effect.pValue, effect.lower, effect.upper],
      [expected.expected, expected.se, expected.p, ...expected.ci],
      tolerance,
    );
  });

  it.each([
    ['gb_ttest_one_sided_greater_absolute', 'greater'],
    ['gb_ttest_one_sided_less_absolute', 'less'],
  ] as const)('%s', (name, sided) => {
    const { inputs, expected, tolerance } = vector<TwoArms, Published>(name);
    const effect = differenceInMeans.compute(
      momentsOfSums(inputs.control),
      momentsOfSums(inputs.treatment),
      asked({ alpha: inputs.alpha, sided }),
    );
    nearAll(
      [effect.estimate, effect.standardError, effect.pValue],
      [expected.expected, expected.se, expected.p],
      tolerance,
    );
    const [open, closed] =
      sided === 'greater' ? (['upper', 'lower'] as const) : (['lower', 'upper'] as const);
    near(effect[closed], sided === 'greater' ? expected.ci_lower : expected.ci_upper, tolerance);
    expect(effect[open]).toBeNull();
  });

  it('confidence_welch_1: group 2 − group 1', () => {
    const { inputs, expected, tolerance } = vector<
      { group1: ArmSums; group2: ArmSums; alpha: number },
      { difference: number; ci: number[] }
    >('confidence_welch_1');
    const effect = differenceInMeans.compute(
      momentsOfSums(inputs.group1),
      momentsOfSums(inputs.group2),
      asked({ alpha: inputs.alpha }),
    );
    near(effect.estimate, expected.difference, tolerance);
    nearAll([effect.lower, effect.upper], expected.ci, tolerance);
  });

  it('confidence_welch_large: the same both ways round', () => {
    const { inputs, expected, tolerance } = vector<{ group1: ArmSums; group2: ArmSums }, { p: number }>(
      'confidence_welch_large',
    );
    const [one, two] = [momentsOfSums(inputs.group1), momentsOfSums(inputs.group2)];
    const p = differenceInMeans.compute(one, two, asked({})).pValue;
    near(p, expected.p, tolerance);
    expect(differenceInMeans.compute(two, one, asked({})).pValue).toBeCloseTo(p!, 12);
  });

  it('confidence_noninferiority_increase: a margin of 2 % of control’s mean, z', () => {
    const { inputs, expected, tolerance } = vector<
      TwoArms & { margin: number },
      { difference: number; ci_lower: number }
    >('confidence_noninferiority_increase');
    const effect = differenceInMeans.compute(
      momentsOfSums(inputs.control),
      momentsOfSums(inputs.treatment),
      asked({
        alpha: inputs.alpha,
        test: 'z',
        margin: { value: inputs.margin, of: 'control', better: 'higher' },
      }),
    );
    near(effect.estimate, expected.difference, tolerance);
    near(effect.lower, expected.ci_lower, tolerance);
    expect(effect.upper).toBeNull();
    expect(effect.pValue).toBeGreaterThan(inputs.alpha);
    expect(effect.conventions).toMatchObject({ sided: 'greater', test: 'z' });
    expect(effect.conventions.supposed).toBeCloseTo(
      (-inputs.margin * inputs.control.sum) / inputs.control.n,
      12,
    );
  });

  it('gb_ratio_metric_relative', () => {
    interface RatioSums {
      n: number;
      m_sum: number;
      m_ss: number;
      d_sum: number;
      d_ss: number;
      md: number;
    }
    const { inputs, expected, tolerance } = vector<
      { control: RatioSums; treatment: RatioSums; alpha: number },
      { mean_a: number; mean_b: number; expected: number; p: number }
    >('gb_ratio_metric_relative');
    const moments = ({ n, m_sum, m_ss, d_sum, d_ss, md }: RatioSums) => ({
      n,
      sums: [m_sum, d_sum],
      products: [m_ss, md, d_ss],
      ratio: true,
    });
    const [control, arm] = [moments(inputs.control), moments(inputs.treatment)];
    const effect = differenceInRatios.compute(
      control,
      arm,
      differenceInRatios.options.parse({ alpha: inputs.alpha, scale: 'relative' }),
    );
    near(effect.estimate, expected.expected, tolerance);
    near(effect.pValue, expected.p, tolerance);
    near(inputs.control.m_sum / inputs.control.d_sum, expected.mean_a, tolerance);
    const difference = differenceInRatios.compute(control, arm, differenceInRatios.options.parse({}));
    near(difference.estimate, expected.mean_b - expected.mean_a, tolerance);
  });

  it('gb_relative_effect_negative_baseline: over |control|', () => {
    const { inputs, expected, tolerance } = vector<{ pairs: number[][] }, { relative: number[] }>(
      'gb_relative_effect_negative_baseline',
    );
    const arm = (mean: number) => ({
      n: 10,
      sums: [10 * mean],
      products: [10 * mean ** 2 + 9],
      ratio: false,
    });
    const found = inputs.pairs.map(
      ([a, b]) => differenceInMeans.compute(arm(a!), arm(b!), asked({ scale: 'relative' })).estimate,
    );
    nearAll(found, expected.relative, tolerance);
  });

  it('gb_delta_variance', () => {
    const { inputs, expected, tolerance } = vector<
      Record<string, number>,
      { absolute: number; relative: number }
    >('gb_delta_variance');
    const { varA, meanA, nA, varB, meanB, nB } = inputs as Record<
      'varA' | 'meanA' | 'nA' | 'varB' | 'meanB' | 'nB',
      number
    >;
    const compared = {
      effect: meanB - meanA,
      variance: varA / nA + varB / nB,
      control: meanA,
      controlVariance: varA / nA,
      covariance: -varA / nA,
      df: null,
    };
    const scale = (of: string) =>
      answer(compared, z.object(question).parse({ scale: of }), { interval: 'z', test: 'z' }).standardError!;
    near(scale('difference') ** 2, expected.absolute, tolerance);
    near(scale('relative') ** 2, expected.relative, tolerance);
  });
});
