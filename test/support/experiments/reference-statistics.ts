import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { hasShared, shared } from '../shared.ts';

/** Published numbers: what goes in, what another tool's own tests or manual say comes out. */
export interface Vector<Inputs, Expected> {
  name: string;
  method: string;
  inputs: Inputs;
  expected: Expected;
  tolerance: Tolerance;
}
/** A number is absolute. */
export type Tolerance = number | { rel: number };

const all = hasShared
  ? (
      JSON.parse(readFileSync(shared('reference/experiment-statistics.json'), 'utf8')) as {
        vectors: Vector<unknown, unknown>[];
      }
    ).vectors
  : [];

export const vectorNames: readonly string[] = all.map(({ name }) => name);

/** Which of the test files beside each other answers for which vectors, by name or by how it begins. */
const claims = {
  effects: [
    'binom_ci_18_20',
    'confidence_chi2_*',
    'confidence_noninferiority_increase',
    'confidence_welch_*',
    'confidence_ztest_two_prop',
    'fagerland_*',
    'gb_cuped_*',
    'gb_delta_variance',
    'gb_poststrat_*',
    'gb_ratio_metric_relative',
    'gb_relative_effect_negative_baseline',
    'gb_ttest_*',
    'propci_*',
    'sm_cohen_h',
    'sm_samplesize_for_ci_width',
  ],
  sequential: [
    'confidence_beta_binomial',
    'confidence_daily_bounds_prefix',
    'confidence_sequential_adjusted_alpha',
    'gb_bayes_*',
    'gb_bh',
    'gb_ci_from_adjusted_p',
    'gb_ctw_from_interval',
    'gb_holm',
    'gb_quantile_bayes_*',
    'gb_sequential_*',
    'gsbound_custom_spend',
    'hsd_*',
    'jt_*',
    'obf_*',
    'peeking_type1_inflation',
    'rpact_*',
    'sm_bky_two_stage',
    'sm_multitest_*',
  ],
  power: [
    'gb_mde_mean',
    'gb_midexperiment_scaling_*',
    'gb_power_*',
    'gpower_*',
    'gsdesign_nbinomial_*',
    'pwr_*',
    'sm_normal_power_1600',
    'sm_power_2prop_*',
  ],
  trust: ['confidence_srm_six_cells', 'gb_srm_*', 'srm_checker_faq_example'],
} as const;
export type ReferenceArea = keyof typeof claims;
export const referenceAreas = Object.keys(claims) as ReferenceArea[];

const fits = (claim: string, name: string): boolean =>
  claim.endsWith('*') ? name.startsWith(claim.slice(0, -1)) : name === claim;

/** Vectors one test file answers for. A claim that fits none is an error. */
export function claimed(area: ReferenceArea): string[] {
  return claims[area].flatMap((claim) => {
    const found = vectorNames.filter((name) => fits(claim, name));
    if (found.length === 0 && hasShared) throw new Error(`no published number is named ${claim}`);
    return found;
  });
}

const read = new Set<string>();

/** One vector by name; an unknown name is an error. */
export function vector<Inputs, Expected>(name: string): Vector<Inputs, Expected> {
  const found = all.find((one) => one.name === name);
  if (!found) throw new Error(`no published number is named ${name}`);
  read.add(name);
  return found as Vector<Inputs, Expected>;
}

/** Vectors the file answers for that it has not read so far: for its last test. */
export const unread = (area: ReferenceArea): string[] => claimed(area).filter((name) => !read.has(name));

export function near(
  actual: number | null | undefined,
  expected: number,
  tolerance: Tolerance,
  what = '',
): void {
  const allowed = typeof tolerance === 'number' ? tolerance : tolerance.rel * Math.abs(expected);
  expect(typeof actual, what).toBe('number');
  expect(
    Math.abs((actual as number) - expected),
    `${what} ${actual} against ${expected}`,
  ).toBeLessThanOrEqual(allowed);
}

/** Like `near`, number by number; null in `expected` was not published. */
export function nearAll(
  actual: readonly (number | null | undefined)[],
  expected: readonly (number | null)[],
  tolerance: Tolerance,
  what = '',
): void {
  expect(actual.length, what).toBe(expected.length);
  expected.forEach((wanted, i) => {
    if (wanted !== null) near(actual[i], wanted, tolerance, `${what}[${i}]`);
  });
}
