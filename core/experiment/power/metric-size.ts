import type { DesignHistory, MetricHistory, VisibleEffect } from '../../contract/experiments/sizing.ts';
import { shownUnits } from './amounts.ts';
import type { Comparison } from './comparison.ts';
import { type Outcome, varianceOf } from './outcome.ts';
import { smallestEffect } from './solve.ts';

/**
 * A metric's outcome as power takes it; null where the past does not tell its level or spread. A share that nobody or
 * everybody had is taken at the end of its interval that is further from there.
 */
export function outcomeOf({ kind, base, variance }: MetricHistory): Outcome | null {
  if (base.estimate === null) return null;
  if (kind === 'proportion') {
    const inside = (rate: number | null) => rate !== null && rate > 0 && rate < 1;
    const rate = [base.estimate, base.estimate === 0 ? base.upper : base.lower].find(inside);
    return rate ? { kind, rate } : null;
  }
  if (variance === null || !(variance > 0)) return null;
  if (kind === 'count' && !(base.estimate > 0)) return null;
  return { kind, mean: base.estimate, variance };
}

export const primaryOf = ({ metrics }: Pick<DesignHistory, 'metrics'>): MetricHistory | undefined =>
  metrics.find((metric) => metric.role === 'primary');

/** Control beside the arm with the fewest people. */
export interface Weakest {
  controlN: number;
  armN: number;
}

export const comparisonOf = (
  metric: MetricHistory,
  { controlN, armN }: Weakest,
  alpha: number,
): Comparison | null => {
  const outcome = outcomeOf(metric);
  return outcome && { outcome, controlN, armN, alpha, covariateR2: metric.covariateR2 };
};

/** The way that is an improvement; harm is the other one. */
export const improving = ({ better }: Pick<MetricHistory, 'better'>): 1 | -1 =>
  better === 'higher' ? 1 : -1;

/** The smallest improvement seen with the power planned, as it is shown. */
export function visible(metric: MetricHistory, comparison: Comparison | null, power: number): VisibleEffect {
  const smallest = comparison && smallestEffect(power, comparison, improving(metric));
  const possible = smallest !== null && (metric.unit !== 'share' || smallest < 1);
  return { ...described(metric), smallest: possible ? smallest * shownUnits(metric.unit) : null };
}

export const described = (metric: MetricHistory): Omit<VisibleEffect, 'smallest'> => ({
  id: metric.id,
  title: metric.title,
  unit: metric.unit,
  currency: metric.currency,
  horizonDays: metric.horizonDays,
  base: metric.base.estimate,
});

/** Above this many percentage points a portfolio cannot answer what messages do: effects are of one or two. */
export const largestUsefulPoints = 3;
/** What 3 points of a share of one half are, in standard deviations: the same limit for what is not a share. */
const largestUsefulDeviations = 0.06;

/** The largest smallest effect that is still worth looking for, in the unit it is shown in. */
export function largestUseful(metric: MetricHistory): number {
  if (metric.unit === 'share') return largestUsefulPoints;
  const outcome = outcomeOf(metric);
  return outcome ? largestUsefulDeviations * Math.sqrt(varianceOf(outcome)) : 0;
}
