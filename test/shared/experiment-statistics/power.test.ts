import { describe, expect, it } from 'vitest';
import { peopleFor, powerFor, smallestEffect } from '#core/experiment/power.ts';
import { near, unread, vector } from '../../support/reference-statistics.ts';
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

/** A base rate whose variance is the one given, with that variance on both sides. */
const baseline = (variance: number) => ({
  baseRate: (1 - Math.sqrt(1 - 4 * variance)) / 2,
  variance: 'baseline' as const,
});

describe.runIf(hasShared)('published numbers: power and people', () => {
  it.each(['sm_power_2prop_m25_75', 'sm_power_2prop_stata_m014_015'])(
    'power: %s (R power.prop.test, Stata)',
    (name) => {
      const { inputs, expected, tolerance } = vector<TwoShares, { power: number }>(name);
      const { diff, p2, n1, ratio, alpha } = inputs;
      near(
        powerFor(diff, { controlN: n1 * ratio, armN: n1, baseRate: p2, alpha }),
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
    near(
      powerFor(inputs.mde, {
        ...baseline(inputs.variance),
        controlN: inputs.n1,
        armN: inputs.n2,
        alpha: inputs.alpha,
      }),
      expected.power,
      tolerance,
    );
  });

  it.each(['gpower_samplesize_binom_alpha14', 'gpower_samplesize_binom_3arms_vs_control'])(
    'people: %s (G*Power)',
    (name) => {
      const { inputs, expected, tolerance } = vector<Sizing, { n_total: number }>(name);
      const shares = { control: inputs.allocation[0] ?? 0, arm: inputs.allocation[1] ?? 0 };
      near(
        peopleFor(inputs.mde_absolute, inputs.power, shares, {
          ...baseline(inputs.variance),
          alpha: inputs.alpha,
        }),
        expected.n_total,
        tolerance,
      );
    },
  );

  it('power and smallest relative effect of a share, week by week (GrowthBook)', () => {
    const { inputs, expected, tolerance } = vector<
      { users_per_week: number; arms: number },
      { power: { ctr: number[] }; mde80: { ctr: number[] } }
    >('gb_power_weekly_table');
    const rate = 0.1;
    expected.power.ctr.forEach((wanted, i) => {
      const n = (inputs.users_per_week * (i + 1)) / inputs.arms;
      const given = { controlN: n, armN: n, baseRate: rate, alpha: 0.05, variance: 'relative' as const };
      near(powerFor(0.05 * rate, given), wanted, tolerance);
      near((smallestEffect(0.8, given) ?? Number.NaN) / rate, expected.mde80.ctr[i] ?? 0, tolerance);
    });
  });

  it('smallest effect inverts the reference power', () => {
    const { inputs, expected } = vector<TwoShares, { power: number }>('sm_power_2prop_m25_75');
    const n = inputs.n1;
    near(
      smallestEffect(expected.power, { controlN: n, armN: n, baseRate: 0.5, alpha: inputs.alpha }),
      0.25,
      1e-6,
    );
  });

  it('leaves none of its vectors out', () => expect(unread('power')).toEqual([]));
});
