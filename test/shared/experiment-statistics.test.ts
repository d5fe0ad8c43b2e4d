import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sampleRatio } from '#core/experiment/monitoring/sample-ratio.ts';
import { peopleFor, powerFor, smallestEffect } from '#core/experiment/power.ts';
import differenceInProportions from '#core/experiment/statistics/difference-in-proportions.ts';
import { holm } from '#core/stats/multiplicity.ts';
import { normalQuantile } from '#core/stats/normal.ts';
import { wilson } from '#core/stats/wilson.ts';
import { hasShared, shared } from '../support/shared.ts';

interface Vector {
  name: string;
  inputs: Record<string, number & number[] & number[][]>;
  expected: Record<string, number & number[] & Record<string, number[]>>;
  tolerance: number | { rel: number };
}

const vectors = hasShared
  ? (
      JSON.parse(readFileSync(shared('reference/experiment-statistics.json'), 'utf8')) as {
        vectors: Vector[];
      }
    ).vectors
  : [];
const vector = (name: string): Vector => vectors.find((one) => one.name === name)!;

function near(actual: number | null, expected: number, tolerance: Vector['tolerance']): void {
  const allowed = typeof tolerance === 'number' ? tolerance : tolerance.rel * Math.abs(expected);
  expect(actual).not.toBeNull();
  expect(Math.abs(actual! - expected)).toBeLessThanOrEqual(allowed);
}

/** The difference of group 1 − group 2, as most vectors have it. */
const difference = ({ inputs }: Vector, options: object) =>
  differenceInProportions.compute(
    { n: inputs.n2!, events: inputs.x2! },
    { n: inputs.n1!, events: inputs.x1! },
    differenceInProportions.options.parse({ alpha: inputs.alpha, ...options }),
  );

describe.runIf(hasShared)('published numbers', () => {
  it('one share: Wilson (R binom.confint)', () => {
    const { inputs, expected, tolerance } = vector('binom_ci_18_20');
    const { lower, upper } = wilson(inputs.x!, inputs.n!);
    near(lower, expected.wilson![0]!, tolerance);
    near(upper, expected.wilson![1]!, tolerance);
  });

  it.each([
    ['fagerland_newcombe', 'newcombe'],
    ['propci_score_diff_miettinen_nurminen', 'miettinen_nurminen'],
    ['propci_wald_diff', 'wald'],
  ])('two shares: interval of %s', (name, interval) => {
    const given = vector(name);
    const effect = difference(given, { interval });
    near(effect.lower, given.expected.ci![0]!, given.tolerance);
    near(effect.upper, given.expected.ci![1]!, given.tolerance);
  });

  it.each(['confidence_chi2_two_prop_abs', 'confidence_chi2_two_prop_gb'])(
    'two shares: %s (pooled test, unpooled interval, group 2 − group 1)',
    (name) => {
      const { inputs, expected, tolerance } = vector(name);
      const effect = differenceInProportions.compute(
        { n: inputs.n1!, events: inputs.x1! },
        { n: inputs.n2!, events: inputs.x2! },
        differenceInProportions.options.parse({ alpha: inputs.alpha, interval: 'wald', test: 'pooled' }),
      );
      near(effect.estimate, expected.difference!, tolerance);
      near(effect.pValue, expected.p!, tolerance);
      near(effect.lower, expected.ci![0]!, tolerance);
      near(effect.upper, expected.ci![1]!, tolerance);
    },
  );

  it('two shares: unpooled test, and Bonferroni over five comparisons', () => {
    const { inputs, expected, tolerance } = vector('confidence_ztest_two_prop');
    const effect = differenceInProportions.compute(
      { n: inputs.n1!, events: inputs.x1! },
      { n: inputs.n2!, events: inputs.x2! },
      { alpha: inputs.alpha! / inputs.comparisons!, interval: 'wald', test: 'unpooled' },
    );
    near(effect.pValue, expected.p!, tolerance);
    near(effect.pValue! * inputs.comparisons!, expected.p_bonferroni!, tolerance);
    near(effect.lower, expected.ci_bonferroni![0]!, tolerance);
    near(effect.upper, expected.ci_bonferroni![1]!, tolerance);
  });

  it.each(['gb_srm_1', 'gb_srm_3', 'gb_srm_9', 'confidence_srm_six_cells'])('ratio of people: %s', (name) => {
    const { inputs, expected, tolerance } = vector(name);
    near(sampleRatio(inputs.users!, inputs.weights!).pValue, expected.p!, tolerance);
  });

  it('ratio of people: has no p-value where the reference gives 1 for want of a comparison', () => {
    for (const name of ['gb_srm_5', 'gb_srm_7']) {
      const { inputs, expected } = vector(name);
      expect(sampleRatio(inputs.users!, inputs.weights!).pValue ?? 1).toBe(expected.p);
    }
  });

  it('ratio of people: far in the tail', () => {
    const { inputs, expected } = vector('srm_checker_faq_example');
    expect(sampleRatio(inputs.users!, inputs.weights!).pValue).toBeLessThan(expected.p_less_than!);
    expect(sampleRatio(inputs.users!, inputs.weights!).pValue).toBeGreaterThan(0);
  });

  it.each(['sm_power_2prop_m25_75', 'sm_power_2prop_stata_m014_015'])(
    'power: %s (R power.prop.test, Stata)',
    (name) => {
      const { inputs, expected, tolerance } = vector(name);
      const [diff, p2, n1, ratio, alpha] = [
        inputs.diff!,
        inputs.p2!,
        inputs.n1!,
        inputs.ratio!,
        inputs.alpha!,
      ];
      near(
        powerFor(diff, { controlN: n1 * ratio, armN: n1, baseRate: p2, alpha }),
        expected.power!,
        name === 'sm_power_2prop_stata_m014_015' ? 5e-6 : tolerance,
      );
    },
  );

  it('power: achieved with unequal arms and one variance (G*Power)', () => {
    const { inputs, expected, tolerance } = vector('gpower_achieved_power_binomial');
    near(
      powerFor(inputs.mde!, {
        ...baseline(inputs.variance!),
        controlN: inputs.n1!,
        armN: inputs.n2!,
        alpha: inputs.alpha!,
      }),
      expected.power!,
      tolerance,
    );
  });

  it('people: two arms (G*Power)', () => {
    const { inputs, expected, tolerance } = vector('gpower_samplesize_binom_alpha14');
    const shares = { control: inputs.allocation![0]!, arm: inputs.allocation![1]! };
    near(
      peopleFor(inputs.mde_absolute!, inputs.power!, shares, {
        ...baseline(inputs.variance!),
        alpha: inputs.alpha!,
      }),
      expected.n_total!,
      tolerance,
    );
  });

  it('people: three arms against control, equal arms (G*Power)', () => {
    const { inputs, expected, tolerance } = vector('gpower_samplesize_binom_3arms_vs_control');
    const shares = { control: inputs.allocation![0]!, arm: inputs.allocation![1]! };
    near(
      peopleFor(inputs.mde_absolute!, inputs.power!, shares, {
        ...baseline(inputs.variance!),
        alpha: inputs.alpha!,
      }),
      expected.n_total!,
      tolerance,
    );
  });

  it('power and smallest relative effect of a share, week by week (GrowthBook)', () => {
    const { inputs, expected, tolerance } = vector('gb_power_weekly_table');
    const rate = 0.1;
    const { power, mde80 } = expected as unknown as Record<'power' | 'mde80', { ctr: number[] }>;
    power.ctr.forEach((wanted, i) => {
      const n = (Number(inputs.users_per_week) * (i + 1)) / Number(inputs.arms);
      const given = { controlN: n, armN: n, baseRate: rate, alpha: 0.05, variance: 'relative' as const };
      near(powerFor(0.05 * rate, given), wanted, tolerance);
      near(smallestEffect(0.8, given)! / rate, mde80.ctr[i]!, tolerance);
    });
  });

  it('several comparisons: Holm (R p.adjust, multtest)', () => {
    for (const [name, key] of [
      ['gb_holm', 'adjusted'],
      ['sm_multitest_six', 'holm'],
      ['sm_multitest_ten', 'holm'],
    ] as const) {
      const { inputs, expected } = vector(name);
      holm(inputs.p!).forEach((p, i) => {
        near(p, expected[key]![i]!, 1e-9);
      });
    }
  });

  it('people for an interval of a given width', () => {
    const { inputs, expected, tolerance } = vector('sm_samplesize_for_ci_width');
    const z = normalQuantile(1 - inputs.alpha! / 2);
    near(inputs.p! * (1 - inputs.p!) * (z / inputs.half_width!) ** 2, expected.n!, tolerance);
  });

  it('smallest effect inverts the reference power', () => {
    const { inputs, expected } = vector('sm_power_2prop_m25_75');
    const n = inputs.n1!;
    near(
      smallestEffect(expected.power!, { controlN: n, armN: n, baseRate: 0.5, alpha: inputs.alpha! }),
      0.25,
      1e-6,
    );
  });
});

/** A base rate whose variance is the one given, with that variance on both sides. */
const baseline = (variance: number) => ({
  baseRate: (1 - Math.sqrt(1 - 4 * variance)) / 2,
  variance: 'baseline' as const,
});
