import type { Moments } from '../statistic.ts';
import { type Measure, meanOf, ratioOf } from './measure.ts';

/** The outcome of moments: a mean, or a ratio where column 1 is its denominator. */
export const outcomeOf = ({ ratio }: Moments): Measure => (ratio ? ratioOf(0, 1) : meanOf(0));

/**
 * The covariates of moments, all columns after the outcome's. columns: each by its mean; ratios: in pairs, the first
 * over the second (a ratio of the period before; such columns must not have been centred); per_unit: each over column
 * 1, for totals of clusters.
 */
export function covariatesOf({ sums, ratio }: Moments, as: 'columns' | 'ratios' | 'per_unit'): Measure[] {
  const first = ratio ? 2 : 1;
  const columns = sums.slice(first).map((_, i) => first + i);
  if (as === 'columns') return columns.map(meanOf);
  if (as === 'per_unit') return columns.map((column) => ratioOf(column, 1));
  return columns
    .filter((column, i) => i % 2 === 0 && column + 1 < sums.length)
    .map((column) => ratioOf(column, column + 1));
}
