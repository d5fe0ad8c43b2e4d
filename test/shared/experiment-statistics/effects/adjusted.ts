import { describe, expect, it } from 'vitest';
import { compareArms } from '#core/experiment/estimating/adjust.ts';
import { arms } from '#core/experiment/estimating/arms.ts';
import { covariatesOf, outcomeOf } from '#core/experiment/estimating/covariates.ts';
import { mergeMoments } from '#core/experiment/evidence/moments.ts';
import type { Moments } from '#core/experiment/statistic.ts';
import cuped from '#core/experiment/statistics/cuped.ts';
import {
  type ArmSums,
  momentsOfRows,
  momentsOfSums,
} from '../../../support/experiments/reference-moments.ts';
import { near, nearAll, vector } from '../../../support/experiments/reference-statistics.ts';
import { hasShared } from '../../../support/shared.ts';

interface Pair<Arm> {
  control: Arm;
  treatment: Arm;
  alpha: number;
}

/** The adjusted comparison with coefficients from both arms as one group. */
function pooled(control: Moments, arm: Moments) {
  const both = arms(control, arm);
  if ('reason' in both) throw new Error(both.reason);
  const found = compareArms(both, outcomeOf(control), covariatesOf(control, 'columns'), {
    by: 'pooled',
    together: mergeMoments([control, arm]),
  });
  if ('reason' in found) throw new Error(found.reason);
  return found;
}

describe.runIf(hasShared)('published numbers: effects adjusted by what came before', () => {
  it('gb_cuped_mean_relative', () => {
    const { inputs, expected, tolerance } = vector<
      Pair<ArmSums>,
      { mean_a: number; mean_b: number; expected: number; p: number }
    >('gb_cuped_mean_relative');
    const [control, arm] = [momentsOfSums(inputs.control), momentsOfSums(inputs.treatment)];
    const effect = cuped.compute(
      control,
      arm,
      cuped.options.parse({ alpha: inputs.alpha, scale: 'relative', coefficients: 'pooled' }),
    );
    near(effect.estimate, expected.expected, tolerance);
    near(effect.pValue, expected.p, tolerance);
    near(pooled(control, arm).control, expected.mean_a, tolerance);
    near(inputs.treatment.sum / inputs.treatment.n, expected.mean_b, tolerance);
  });

  it('gb_cuped_adjusted_stddev_arm1: what is left of one arm’s deviation', () => {
    const { inputs, expected, tolerance } = vector<Pair<ArmSums>, { sd_b: number }>(
      'gb_cuped_adjusted_stddev_arm1',
    );
    const [control, arm] = [momentsOfSums(inputs.control), momentsOfSums(inputs.treatment)];
    const theta = pooled(control, arm).coefficients[0]!;
    const { covariance } = (arms(control, arm) as Exclude<ReturnType<typeof arms>, { reason: unknown }>)
      .parts[1]!;
    const left = covariance[0]![0]! + theta ** 2 * covariance[1]![1]! - 2 * theta * covariance[0]![1]!;
    near(Math.sqrt(left), expected.sd_b, tolerance);
  });

  it('gb_cuped_theta_pooled', () => {
    const { inputs, expected, tolerance } = vector<{ x: number[]; y: number[] }, { theta: number }>(
      'gb_cuped_theta_pooled',
    );
    const arm = momentsOfRows([inputs.y, inputs.x], false);
    near(pooled(arm, arm).coefficients[0], expected.theta, tolerance);
  });

  it('gb_cuped_ratio_relative', () => {
    const { inputs, expected, tolerance } = vector<
      Pair<Record<string, number>>,
      { expected: number; se: number; p: number; ci: number[] }
    >('gb_cuped_ratio_relative');
    const moments = (arm: Record<string, number>): Moments => {
      const names = ['m_post', 'd_post', 'm_pre', 'd_pre'];
      const product = (a: string, b: string) =>
        a === b ? arm[`${a}_ss`]! : (arm[`${a}_${b}`] ?? arm[`${b}_${a}`])!;
      const products = names.flatMap((a, i) => names.slice(i).map((b) => product(a, b)));
      expect(products.every(Number.isFinite)).toBe(true);
      return { n: arm.n!, sums: names.map((name) => arm[`${name}_sum`]!), products, ratio: true };
    };
    const effect = cuped.compute(
      moments(inputs.control),
      moments(inputs.treatment),
      cuped.options.parse({
        alpha: inputs.alpha,
        scale: 'relative',
        coefficients: 'within_unweighted',
        covariates: 'ratios',
      }),
    );
    nearAll(
      [effect.estimate, effect.standardError, effect.pValue, effect.lower, effect.upper],
      [expected.expected, expected.se, expected.p, ...expected.ci],
      tolerance,
    );
  });

  it('gb_cuped_ratio_theta_fixed_declining: turning the numerators turns the lift', () => {
    type Rows = Record<'m_post' | 'd_post' | 'm_pre' | 'd_pre', number[]>;
    const { inputs, expected, tolerance } = vector<
      Pair<Rows> & { theta: number },
      { expected: number; se: number }
    >('gb_cuped_ratio_theta_fixed_declining');
    const options = cuped.options.parse({ scale: 'relative', given: [inputs.theta], covariates: 'ratios' });
    for (const sign of [1, -1]) {
      const rows = ({ m_post, d_post, m_pre, d_pre }: Rows) =>
        momentsOfRows([m_post.map((m) => sign * m), d_post, m_pre.map((m) => sign * m), d_pre], true);
      const effect = cuped.compute(rows(inputs.control), rows(inputs.treatment), options);
      near(effect.estimate, sign * expected.expected, tolerance);
      near(effect.standardError, expected.se, tolerance);
    }
  });
});
