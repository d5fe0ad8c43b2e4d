import { describe, expect, it } from 'vitest';
import { errorsOf, powerFor, relativeError } from '#core/experiment/power/comparison.ts';
import { peopleStillNeeded } from '#core/experiment/power/midway.ts';
import type { Outcome } from '#core/experiment/power/outcome.ts';
import { posteriorPower } from '#core/experiment/power/posterior.ts';
import { exactPeople, peopleFor, smallestEffect } from '#core/experiment/power/solve.ts';
import {
  normalPower,
  pairNoncentrality,
  type Sides,
  singleNoncentrality,
  tPower,
} from '#core/experiment/power/standardised.ts';
import { near, nearAll, unread, vector } from '../../support/experiments/reference-statistics.ts';
import { hasShared } from '../../support/shared.ts';

interface TwoShares {
  diff: number;
  p2: number;
  n1: number;
  ratio: number;
  alpha: number;
}

interface Sizing {
  mde_absolute: number;
  power: number;
  allocation: number[];
  variance: number;
  alpha: number;
}

interface Weekly {
  users_per_week: number;
  arms: number;
  alpha: number;
  weeks: number;
  metrics: { conversion_rate?: number; mean?: number; variance?: number; effect: number }[];
  prior: { mean: number; variance: number };
}
type ByMetric = { ctr: number[]; revenue: number[] };

const sidesOf = (alternative: string): Sides => (alternative === 'larger' ? 'greater' : 'two');

/** A base rate whose variance is the one given, with that variance on both sides. */
const baseline = (variance: number): Outcome => ({
  kind: 'proportion',
  rate: (1 - Math.sqrt(1 - 4 * variance)) / 2,
  variance: 'baseline',
});
const share = (rate: number): Outcome => ({ kind: 'proportion', rate });
const relativeMean = (mean: number, variance: number): Outcome => ({
  kind: 'mean',
  mean,
  variance,
  relative: true,
});

/** Each week's comparison of each metric of the weekly tables. */
const weekly = ({ users_per_week, arms, alpha, weeks, metrics }: Weekly) =>
  metrics.map(({ conversion_rate: rate, mean = 0, variance = 0, effect }) => {
    const outcome: Outcome =
      rate === undefined ? relativeMean(mean, variance) : { kind: 'proportion', rate, variance: 'relative' };
    const level = rate ?? mean;
    const given = Array.from({ length: weeks }, (_, i) => {
      const n = (users_per_week * (i + 1)) / arms;
      return { outcome, controlN: n, armN: n, alpha };
    });
    return { given, level, effect };
  });

describe.runIf(hasShared)('published numbers: power and people', () => {
  it.each(['sm_power_2prop_m25_75', 'sm_power_2prop_stata_m014_015'])(
    'power: %s (R power.prop.test, Stata)',
    (name) => {
      const { inputs, expected, tolerance } = vector<TwoShares, { power: number }>(name);
      const { diff, p2, n1, ratio, alpha } = inputs;
      near(
        powerFor(diff, { controlN: n1 * ratio, armN: n1, outcome: share(p2), alpha }),
        expected.power,
        name === 'sm_power_2prop_stata_m014_015' ? 5e-6 : tolerance,
      );
    },
  );

  it('power: achieved with unequal arms and one variance (G*Power)', () => {
    const { inputs, expected, tolerance } = vector<
      { mde: number; variance: number; n1: number; n2: number; alpha: number },
      { power: number }
    >('gpower_achieved_power_binomial');
    const { mde, variance, n1, n2, alpha } = inputs;
    near(
      powerFor(mde, { outcome: baseline(variance), controlN: n1, armN: n2, alpha }),
      expected.power,
      tolerance,
    );
  });

  it.each(['pwr_2p_normal_d03', 'pwr_2p_normal_d001_larger', 'sm_normal_power_1600'])(
    'power of a standardised difference, normal: %s (R pwr, statsmodels)',
    (name) => {
      const { inputs, expected, tolerance } = vector<
        { h: number; n_per_arm: number; alpha: number; alternative: string },
        { power: number }
      >(name);
      const { h, n_per_arm: n, alpha, alternative } = inputs;
      near(normalPower(pairNoncentrality(h, n, n), alpha, sidesOf(alternative)), expected.power, tolerance);
    },
  );

  it.each(['pwr_ttest1_d1_n30', 'pwr_ttest2_d1_n30', 'pwr_ttest2_d01_n20_n30'])(
    'power of a standardised difference, noncentral t: %s (R pwr)',
    (name) => {
      const { inputs, expected, tolerance } = vector<
        { d: number; n?: number; n1: number; n2: number; alpha: number; alternative: string },
        { power: number }
      >(name);
      const { d, n, n1, n2, alpha, alternative } = inputs;
      const [mean, df] =
        n === undefined ? [pairNoncentrality(d, n1, n2), n1 + n2 - 2] : [singleNoncentrality(d, n), n - 1];
      near(tPower(mean, df, alpha, sidesOf(alternative)), expected.power, tolerance);
      if (n === undefined)
        near(
          powerFor(d, {
            outcome: { kind: 'mean', mean: 0, variance: 1 },
            controlN: n1,
            armN: n2,
            alpha,
            distribution: 't',
          }),
          expected.power,
          tolerance,
        );
    },
  );

  it.each([
    ['gpower_samplesize_binom_alpha14', baseline],
    ['gpower_samplesize_binom_3arms_vs_control', baseline],
    ['gpower_samplesize_cont', (variance: number): Outcome => ({ kind: 'mean', mean: 0, variance })],
    [
      'gpower_samplesize_cont_3arms_vs_control',
      (variance: number): Outcome => ({ kind: 'mean', mean: 0, variance }),
    ],
  ])('people: %s (G*Power)', (name, outcome) => {
    const { inputs, expected, tolerance } = vector<Sizing, { n_total: number }>(name);
    const shares = { control: inputs.allocation[0] ?? 0, arm: inputs.allocation[1] ?? 0 };
    near(
      peopleFor(inputs.mde_absolute, inputs.power, shares, {
        outcome: outcome(inputs.variance),
        alpha: inputs.alpha,
      }),
      expected.n_total,
      tolerance,
    );
  });

  it.each(['gsdesign_nbinomial_fm_1451', 'gsdesign_nbinomial_fm_table1_b'])(
    'people: %s (Farrington and Manning, gsDesign)',
    (name) => {
      const { inputs, expected, tolerance } = vector<
        { p1: number; p2: number; delta0: number; alpha: number; beta: number; ratio: number },
        { n_total?: number; n1?: number; n2?: number }
      >(name);
      const { p1, p2, delta0, alpha, beta, ratio } = inputs;
      const shares = { arm: 1 / (1 + ratio), control: ratio / (1 + ratio) };
      const people = exactPeople(p1 - p2, 1 - beta, shares, {
        outcome: { kind: 'proportion', rate: p2, variance: 'restricted' },
        supposed: delta0,
        sided: 'greater',
        alpha,
      })!;
      if (expected.n_total !== undefined) near(people, expected.n_total, tolerance);
      if (expected.n1 !== undefined) near(people * shares.arm, expected.n1, tolerance);
      if (expected.n2 !== undefined) near(people * shares.control, expected.n2, tolerance);
    },
  );

  it('power and smallest relative effect of a mean (GrowthBook)', () => {
    const { inputs, expected, tolerance } = vector<
      { mean: number; variance: number; n_total: number; arms: number; alpha: number; effect: number },
      { power: number }
    >('gb_power_mean');
    const n = inputs.n_total / inputs.arms;
    const given = {
      outcome: relativeMean(inputs.mean, inputs.variance),
      controlN: n,
      armN: n,
      alpha: inputs.alpha,
    };
    near(powerFor(inputs.effect * inputs.mean, given), expected.power, tolerance);
    const least = vector<{ power: number }, { mde: number }>('gb_mde_mean');
    near(smallestEffect(least.inputs.power, given)! / inputs.mean, least.expected.mde, least.tolerance);
  });

  it('power and smallest relative effect of two metrics, week by week (GrowthBook)', () => {
    const { inputs, expected, tolerance } = vector<Weekly, { power: ByMetric; mde80: ByMetric }>(
      'gb_power_weekly_table',
    );
    const names = ['ctr', 'revenue'] as const;
    weekly(inputs).forEach(({ given, level, effect }, i) => {
      const name = names[i]!;
      nearAll(
        given.map((one) => powerFor(effect * level, one)),
        expected.power[name],
        tolerance,
        name,
      );
      nearAll(
        given.map((one) => smallestEffect(0.8, one)! / level),
        expected.mde80[name],
        tolerance,
        name,
      );
    });
  });

  it('Bayesian power under a prior, week by week (GrowthBook)', () => {
    const { inputs, expected, tolerance } = vector<Weekly, { power: ByMetric }>(
      'gb_power_weekly_table_bayesian',
    );
    const names = ['ctr', 'revenue'] as const;
    weekly(inputs).forEach(({ given, level, effect }, i) => {
      nearAll(
        given.map((one) =>
          posteriorPower(effect, relativeError(effect * level, one), inputs.alpha, inputs.prior),
        ),
        expected.power[names[i]!],
        tolerance,
        names[i],
      );
    });
  });

  it.each([
    ['gb_midexperiment_scaling_freq', null],
    ['gb_midexperiment_scaling_bayes', { mean: 0.05, variance: 0.001 }],
  ])('people still needed half-way: %s (GrowthBook)', (name, prior) => {
    const { inputs, expected, tolerance } = vector<
      { sigma2_delta: number; target_mde: number; alpha: number; target_power: number },
      { scaling_factor: number }
    >(name);
    near(
      peopleStillNeeded({
        standardError: Math.sqrt(inputs.sigma2_delta),
        effect: inputs.target_mde,
        alpha: inputs.alpha,
        power: inputs.target_power,
        prior,
      }),
      expected.scaling_factor,
      tolerance,
    );
  });

  it('smallest effect inverts the reference power', () => {
    const { inputs, expected } = vector<TwoShares, { power: number }>('sm_power_2prop_m25_75');
    const n = inputs.n1;
    const given = { controlN: n, armN: n, outcome: share(0.5), alpha: inputs.alpha };
    near(smallestEffect(expected.power, given), 0.25, 1e-6);
    near(errorsOf(0.25, given).some, Math.sqrt((0.25 + 0.1875) / n), 1e-12);
  });

  it('leaves none of its vectors out', () => expect(unread('power')).toEqual([]));
});
