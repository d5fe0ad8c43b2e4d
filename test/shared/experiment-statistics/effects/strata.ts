import { describe, it } from 'vitest';
import type { Moments, Strata } from '#core/experiment/statistic.ts';
import stratified from '#core/experiment/statistics/stratified.ts';
import { near, vector } from '../../../support/experiments/reference-statistics.ts';
import { hasShared } from '../../../support/shared.ts';

interface Sums {
  n: number;
  sum: number;
  sum_squares: number;
}
interface Effect {
  expected: number;
  se: number;
}
type Cell = Record<string, Sums & number>;

const strata = (cells: Cell[][], side: 0 | 1, moments: (cell: Cell) => Moments): Strata =>
  cells.map((pair, k) => ({ stratum: String(k), moments: moments(pair[side]!) }));

/** Sums of columns by name, with how the product of two is named. */
const columns =
  (names: readonly string[], ratio: boolean, productOf: (a: string, b: string) => string) =>
  (cell: Cell): Moments => ({
    n: cell.n!,
    sums: names.map((name) => cell[name]!.sum),
    products: names.flatMap((a, i) =>
      names.slice(i).map((b) => {
        const value = a === b ? cell[a]!.sum_squares : (cell[productOf(a, b)] ?? cell[productOf(b, a)]);
        if (typeof value !== 'number') throw new Error(`no product of ${a} and ${b}`);
        return value;
      }),
    ),
    ratio,
  });

const readers: Record<string, (cell: Cell) => Moments> = {
  gb_poststrat_mean_relative: (cell) => {
    const { n, sum, sum_squares } = cell as unknown as Sums;
    return { n, sums: [sum], products: [sum_squares], ratio: false };
  },
  gb_poststrat_cuped_relative: columns(
    ['post_statistic', 'pre_statistic'],
    false,
    () => 'post_pre_sum_of_products',
  ),
  gb_poststrat_ratio_relative: columns(['m_statistic', 'd_statistic'], true, () => 'm_d_sum_of_products'),
  gb_poststrat_cuped_ratio: columns(
    ['m_statistic_post', 'd_statistic_post', 'm_statistic_pre', 'd_statistic_pre'],
    true,
    (a, b) => {
      const short = (name: string) => name.replace('_statistic', '');
      return `${short(a)}_${short(b)}_sum_of_products`;
    },
  ),
};

describe.runIf(hasShared)('published numbers: effects by stratum', () => {
  it.each(Object.keys(readers))('%s', (name) => {
    const { inputs, expected, tolerance } = vector<
      { strata: Cell[][] },
      Effect & Record<'relative' | 'difference' | 'absolute', Effect | undefined>
    >(name);
    const [control, arm] = ([0, 1] as const).map((side) => strata(inputs.strata, side, readers[name]!));
    const covariates = name.includes('cuped') ? 'regression' : 'none';
    const scales = expected.relative
      ? ([
          ['relative', expected.relative],
          ['difference', expected.absolute!],
        ] as const)
      : ([['relative', expected]] as const);
    for (const [scale, wanted] of scales) {
      const effect = stratified.compute(control!, arm!, stratified.options.parse({ scale, covariates }));
      near(effect.estimate, wanted.expected, tolerance, `${scale} estimate`);
      near(effect.standardError, wanted.se, tolerance, `${scale} error`);
    }
  });
});
