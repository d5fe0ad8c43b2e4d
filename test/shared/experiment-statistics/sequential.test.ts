import { describe, expect, it } from 'vitest';
import { betaMean, betaStandings } from '#core/experiment/bayes/beta-binomial.ts';
import {
  chanceFromInterval,
  type GaussianPrior,
  onDifferences,
  posteriorOf,
  readPosterior,
} from '#core/experiment/bayes/gaussian.ts';
import { intervalOfAdjusted } from '#core/experiment/many/adjusted-interval.ts';
import { boundaries, type Shape } from '#core/experiment/sequential/boundaries.ts';
import { boundsBySpending } from '#core/experiment/sequential/bounds.ts';
import { confidenceSequence } from '#core/experiment/sequential/confidence-sequence.ts';
import { planFor } from '#core/experiment/sequential/operating.ts';
import { peekingError } from '#core/experiment/sequential/peeking.ts';
import { normalQuantile } from '#core/stats/distributions/normal.ts';
import * as multiplicity from '#core/stats/multiplicity.ts';
import { near, nearAll, unread, vector } from '../../support/experiments/reference-statistics.ts';
import { type ArmSums, adjustedLift, relativeLift } from '../../support/experiments/relative-effect.ts';
import { hasShared } from '../../support/shared.ts';

type Numbers = Record<string, number[]>;
const equal = (k: number) => Array.from({ length: k }, (_, i) => (i + 1) / k);
const running = (steps: readonly number[]) =>
  steps.map((_, i) => steps.slice(0, i + 1).reduce((sum, one) => sum + one, 0));

describe.runIf(hasShared)('published numbers: sequential, Bayesian, several comparisons', () => {
  it.each<
    [
      string,
      (inputs: {
        t: number[];
        k: number;
        gamma: number;
        rho: number;
        delta_wt: number;
        alpha_spent: number[];
      }) => Shape,
    ]
  >([
    ['rpact_asHSD_gamma0', ({ gamma }) => ({ kind: 'hwang_shih_decani', gamma })],
    ['hsd_gamma-4_k5', ({ gamma }) => ({ kind: 'hwang_shih_decani', gamma })],
    ['rpact_asKD_2.2', ({ rho }) => ({ kind: 'power', rho })],
    ['rpact_asP_truncated', () => ({ kind: 'pocock' })],
    ['rpact_asUser', (inputs) => ({ kind: 'given', cumulative: inputs.alpha_spent })],
    ['rpact_haybittle_peto', () => ({ kind: 'haybittle_peto', z: 3 })],
    ['rpact_obf_k3', () => ({ kind: 'wang_tsiatis', delta: 0 })],
    ['rpact_WT_two_sided', ({ delta_wt }) => ({ kind: 'wang_tsiatis', delta: delta_wt })],
    ['obf_k4_alpha05', () => ({ kind: 'wang_tsiatis', delta: 0 })],
  ])('bounds: %s (rpact, gsDesign)', (name, shape) => {
    const { inputs, expected, tolerance } = vector<
      Parameters<typeof shape>[0] & Record<string, number>,
      Numbers
    >(name);
    const sided = inputs.alpha_two_sided === undefined ? 1 : 2;
    const alpha = inputs.alpha_two_sided ?? inputs.alpha_one_sided ?? inputs.alpha_spent.at(-1) ?? 0;
    const found = boundaries({
      alpha,
      sided,
      shape: shape(inputs),
      information: inputs.t ?? equal(inputs.k),
    });
    nearAll(
      found.map((one) => one.upper),
      expected.bounds ?? [],
      tolerance,
      name,
    );
    const spent = found.map((one) => one.spent);
    if (expected.alpha_spent) nearAll(spent, expected.alpha_spent, tolerance, name);
    if (expected.stage_levels)
      nearAll(
        found.map((one) => one.nominal),
        expected.stage_levels,
        tolerance,
        name,
      );
    if (expected.nominal_p)
      nearAll(
        found.map((one) => one.nominal),
        expected.nominal_p,
        tolerance,
        name,
      );
    if (expected.spend)
      nearAll(
        spent.map((sum, i) => sum - (spent[i - 1] ?? 0)),
        expected.spend,
        tolerance,
        name,
      );
  });

  it('spending of the O’Brien–Fleming type (rpact)', () => {
    const { inputs, expected, tolerance } = vector<
      { alpha_one_sided: number; alpha_spent: number[] },
      { bounds_look1: number; implied_t: number[] }
    >('rpact_asOF_k3');
    const found = boundaries({
      alpha: inputs.alpha_one_sided,
      sided: 1,
      shape: { kind: 'obrien_fleming' },
      information: expected.implied_t,
    });
    near(found[0]?.upper, expected.bounds_look1, tolerance);
    nearAll(
      found.map((one) => one.spent),
      inputs.alpha_spent,
      tolerance,
    );
  });

  it('what three looks cost: hsd gamma 0 at power 0.86 takes 1.0788327 of the people (rpact)', () => {
    const plan = { alpha: 0.03, sided: 1, shape: { kind: 'hwang_shih_decani', gamma: 0 } } as const;
    near(planFor({ ...plan, information: [0.2, 0.4, 1] }, 0.86).inflation, 1.0788327, 1e-6);
  });

  it('bounds on both sides by what is to be spent on each (gsDesign)', () => {
    const { inputs, expected, tolerance } = vector<
      { I: number[]; trueneg: number[]; falsepos: number[] },
      { a: number[]; b: number[] }
    >('gsbound_custom_spend');
    const lower = { cumulative: running(inputs.trueneg), drift: 0, binding: true };
    const found = boundsBySpending(inputs.I, running(inputs.falsepos), false, lower);
    nearAll(found.upper, expected.b, tolerance);
    nearAll(found.lower, expected.a, tolerance);
  });

  it.each([
    'jt_inflation_obf_k5_b20',
    'jt_inflation_pocock_k15_b10',
    'jt_wang_tsiatis_k9_d0.1',
    'jt_wang_tsiatis_k7_d0.4',
  ])('people at most and on average: %s (Jennison and Turnbull)', (name) => {
    const { inputs, expected, tolerance } = vector<
      { k: number; delta_wt: number; alpha_two_sided: number; beta: number },
      { max_n_pct?: number; asn_h0_pct?: number; max_n_ratio?: number; final_bound?: number }
    >(name);
    const plan = planFor(
      {
        alpha: inputs.alpha_two_sided,
        sided: 2,
        shape: { kind: 'wang_tsiatis', delta: inputs.delta_wt },
        information: equal(inputs.k),
      },
      1 - inputs.beta,
    );
    if (expected.max_n_pct) near(100 * plan.inflation, expected.max_n_pct, tolerance);
    if (expected.asn_h0_pct) near(100 * plan.inflation * plan.expected.none, expected.asn_h0_pct, tolerance);
    if (expected.max_n_ratio) near(plan.inflation, expected.max_n_ratio, tolerance);
    if (expected.final_bound) near(plan.bounds.at(-1)?.upper, expected.final_bound, tolerance);
  });

  it('looking without a plan (gsDesign)', () => {
    const { inputs, expected, tolerance } = vector<{ k: number[]; z: number }, { upper_crossing: number[] }>(
      'peeking_type1_inflation',
    );
    nearAll(
      inputs.k.map((k) => peekingError(k, inputs.z) / 2),
      expected.upper_crossing,
      tolerance,
    );
  });

  it('daily looks at odd shares of information (Spotify)', () => {
    const { inputs, expected, tolerance } = vector<
      { t: number[]; alpha_two_sided: number },
      { bounds: (number | null)[] }
    >('confidence_daily_bounds_prefix');
    const found = boundaries({
      alpha: inputs.alpha_two_sided / 2,
      sided: 1,
      shape: { kind: 'power', rho: 2 },
      information: inputs.t,
    });
    nearAll(
      found.map((one) => one.upper),
      expected.bounds,
      tolerance,
    );
  });

  it('nominal levels of looks that ran past the plan (Spotify)', () => {
    const { inputs, expected, tolerance } = vector<
      { n_cumulative: number[][]; planned_total: number; alpha_two_sided: number },
      { adjusted_alpha: number[] }
    >('confidence_sequential_adjusted_alpha');
    const people = inputs.n_cumulative.map(([a = 0, b = 0]) => a + b);
    const most = Math.max(inputs.planned_total, ...people);
    const found = boundaries({
      alpha: inputs.alpha_two_sided / 2,
      sided: 1,
      shape: { kind: 'power', rho: 2 },
      information: people.map((n) => n / most),
    });
    nearAll(
      found.map((one) => 2 * one.nominal),
      expected.adjusted_alpha,
      tolerance,
    );
  });

  it.each([
    ['gb_sequential_mean_relative_N1000', 'two'],
    ['gb_sequential_mean_relative_N600', 'two'],
    ['gb_sequential_cuped_relative_N5000', 'two'],
    ['gb_sequential_one_sided_greater_relative', 'greater'],
    ['gb_sequential_one_sided_less_relative', 'less'],
  ] as const)('always valid: %s (GrowthBook)', (name, sided) => {
    const { inputs, expected, tolerance } = vector<
      { control: ArmSums; treatment: ArmSums; alpha?: number; tuning_parameter: number },
      {
        expected: number;
        se?: number;
        ci?: (number | null)[];
        ci_lower?: number;
        ci_upper?: number;
        p: number;
      }
    >(name);
    const lift = (name.includes('cuped') ? adjustedLift : relativeLift)(inputs.control, inputs.treatment);
    near(lift.estimate, expected.expected, tolerance, name);
    if (expected.se) near(lift.standardError, expected.se, tolerance, name);
    const found = confidenceSequence({
      ...lift,
      n: inputs.control.n + inputs.treatment.n,
      alpha: inputs.alpha ?? 0.05,
      narrowestAt: inputs.tuning_parameter,
      sided,
      pRange: sided === 'two' ? undefined : [1e-5, 0.4999],
    });
    near(found.pValue, expected.p, tolerance, name);
    const ends = expected.ci ?? [expected.ci_lower ?? null, expected.ci_upper ?? null];
    nearAll([found.lower, found.upper], ends, tolerance, name);
  });

  it.each([
    'gb_bayes_proportion_relative_flat',
    'gb_bayes_mean_relative_informative',
    'gb_bayes_mean_relative_inverse',
  ])('Gaussian posterior of a lift: %s (GrowthBook)', (name) => {
    const { inputs, expected, tolerance } = vector<
      { control: ArmSums; treatment: ArmSums; prior?: GaussianPrior | null; inverse?: boolean },
      { expected: number; stddev?: number; ci?: number[]; chanceToWin: number; risk: (number | null)[] }
    >(name);
    const lift = relativeLift(inputs.control, inputs.treatment);
    const posterior = posteriorOf(lift.estimate, lift.standardError, inputs.prior ?? undefined);
    const read = readPosterior(posterior, 0.05, inputs.inverse ? 'lower' : 'higher');
    near(posterior.mean, expected.expected, tolerance);
    if (expected.stddev) near(posterior.deviation, expected.stddev, tolerance);
    if (expected.ci) nearAll([read.lower, read.upper], expected.ci, tolerance);
    near(read.chanceToWin, expected.chanceToWin, tolerance);
    nearAll([read.loss.keeping, read.loss.changing], expected.risk, tolerance);
  });

  it.each(['gb_quantile_bayes_absolute_flat', 'gb_quantile_bayes_absolute_informative'])(
    'Gaussian posterior of a quantile: %s (GrowthBook)',
    (name) => {
      interface Quantile {
        n: number;
        q: number;
        lo: number;
        hi: number;
      }
      const { inputs, expected, tolerance } = vector<
        { c: Quantile; t: Quantile },
        { expected: number; ci: number[] }
      >(name);
      const squared = ({ n, lo, hi }: Quantile) => (((hi - lo) / (2 * 1.959964)) ** 2 * (n - 1)) / n;
      const { c, t } = inputs;
      const prior = name.endsWith('flat') ? undefined : onDifferences({ mean: 0, variance: 1 }, c.q);
      const posterior = posteriorOf(t.q - c.q, Math.sqrt(squared(c) + squared(t)), prior);
      const read = readPosterior(posterior, 0.05);
      near(posterior.mean, expected.expected, tolerance);
      nearAll([read.lower, read.upper], expected.ci, tolerance);
    },
  );

  it('losses far out, and chances from an interval (GrowthBook)', () => {
    const extreme = vector<{ mu: number; sigma: number }, { risk: number[] }>('gb_bayes_risk_extreme');
    const { loss } = readPosterior({ mean: extreme.inputs.mu, deviation: extreme.inputs.sigma }, 0.05);
    nearAll([loss.keeping, loss.changing], extreme.expected.risk, extreme.tolerance);
    const won = vector<
      { estimate: number; sd: number; alpha: number },
      { chanceToWin: number; inverse: number }
    >('gb_ctw_from_interval');
    const { estimate, sd, alpha } = won.inputs;
    const half = -sd * normalQuantile(alpha / 2);
    const interval = { lower: estimate - half, upper: estimate + half };
    near(chanceFromInterval(estimate, interval, alpha), won.expected.chanceToWin, won.tolerance);
    near(chanceFromInterval(estimate, interval, alpha, 'lower'), won.expected.inverse, won.tolerance);
  });

  it('two shares with Jeffreys’ prior (Spotify)', () => {
    const { inputs, expected, tolerance } = vector<
      Record<'x1' | 'n1' | 'x2' | 'n2', number>,
      Record<string, number>
    >('confidence_beta_binomial');
    const arms = [
      { n: inputs.n1, events: inputs.x1 },
      { n: inputs.n2, events: inputs.x2 },
    ] as const;
    const [first, second] = betaStandings(arms);
    near(second?.best, expected.p_2_beats_1 ?? 0, tolerance);
    near(betaMean(arms[1]) - betaMean(arms[0]), expected.difference ?? 0, tolerance);
    near(first?.loss, expected.potential_loss_1 ?? 0, tolerance);
    near(second?.loss, expected.potential_loss_2 ?? 0, tolerance);
  });

  it.each([
    ['gb_holm', 'adjusted', multiplicity.holm],
    ['gb_bh', 'adjusted', multiplicity.benjaminiHochberg],
    ...(['sm_multitest_six', 'sm_multitest_ten'] as const).flatMap((name) => [
      [name, 'holm', multiplicity.holm] as const,
      [name, 'hochberg', multiplicity.hochberg] as const,
      [name, 'bh', multiplicity.benjaminiHochberg] as const,
      [name, 'by', multiplicity.benjaminiYekutieli] as const,
    ]),
    ['sm_multitest_ten', 'bonferroni', multiplicity.bonferroni],
    ['sm_multitest_ten', 'sidak', multiplicity.sidak],
    ['sm_multitest_ten', 'holm_sidak', multiplicity.holmSidak],
  ] as const)('several comparisons: %s %s (GrowthBook, R multtest)', (name, key, adjust) => {
    const { inputs, expected, tolerance } = vector<{ p: number[] }, Numbers>(name);
    expect(expected[key]).toBeDefined();
    nearAll(adjust(inputs.p), expected[key] ?? [], tolerance, name);
  });

  it('two stages of false discoveries (Prism), and an interval that agrees with an adjusted p-value', () => {
    const bky = vector<{ p: number[]; alpha: number }, { adjusted: number[]; n_reject: number }>(
      'sm_bky_two_stage',
    );
    const adjusted = multiplicity.twoStage(bky.inputs.p, bky.inputs.alpha);
    nearAll(adjusted, bky.expected.adjusted, bky.tolerance);
    expect(adjusted.filter((p) => p <= bky.inputs.alpha)).toHaveLength(bky.expected.n_reject);
    const ci = vector<{ estimate: number; adjusted_p: number; alpha: number }, { ci: number[] }>(
      'gb_ci_from_adjusted_p',
    );
    const { estimate, adjusted_p, alpha } = ci.inputs;
    const found = intervalOfAdjusted(estimate, adjusted_p, alpha);
    nearAll([found?.lower, found?.upper], ci.expected.ci, ci.tolerance);
  });

  it('leaves none of its vectors out', () => expect(unread('sequential')).toEqual([]));
});
