import { binOf } from './binning/bin-numeric.ts';
import type { Bins } from './binning/bins.ts';
import { binName, scaleOf } from './points.ts';
import type { SavedScorecard } from './saved.ts';

/** What one characteristic adds to the score of one row, beside what it adds on average. */
export interface Contribution {
  feature: string;
  value: string | number | null;
  /** Name of the bin the value falls into. */
  bin: string;
  points: number;
  /** Mean over the rows the scorecard was fitted on. */
  average: number;
  difference: number;
}

export interface Explained {
  points: number;
  average: number;
  /** The probability before any calibration. */
  probability: number;
  /** Largest absolute difference first. */
  contributions: Contribution[];
}

function binFor(bins: Bins, value: string | number | null): number {
  if (bins.kind === 'numeric') {
    if (value === null || (typeof value === 'number' && Number.isNaN(value))) return bins.cuts.length + 1;
    return binOf(bins.cuts, Number(value));
  }
  if (value === null) return bins.groups.length;
  const group = bins.groups.findIndex((names) => names.includes(String(value)));
  return group < 0 ? bins.groups.length + 1 : group;
}

/**
 * Exact points of each characteristic of a scorecard for one row of features, and their difference to the mean of the
 * people it was fitted on (the adverse-action method of points below the population average: Siddiqi, Intelligent
 * Credit Scoring, 2017, ch. 10). The points of all characteristics add up to the score, their differences to its
 * difference to the average. A missing value has a bin of its own.
 */
export function explainRow(
  saved: SavedScorecard,
  row: Readonly<Record<string, string | number | null>>,
): Explained {
  const { factor, base } = scaleOf(saved);
  const share = base / saved.terms.length;
  let eta = saved.intercept;
  const contributions = saved.terms.map(({ bins, coefficient }): Contribution => {
    const value = row[bins.column] ?? null;
    const bin = binFor(bins, value);
    const n = bins.tallies.reduce((sum, tally) => sum + tally.n, 0);
    const mean = bins.tallies.reduce((sum, tally, i) => sum + (tally.n * (bins.woe[i] ?? 0)) / n, 0);
    const woe = bins.woe[bin] ?? 0;
    eta += coefficient * woe;
    const points = factor * coefficient * woe + share;
    const average = factor * coefficient * mean + share;
    return {
      feature: bins.column,
      value,
      bin: binName(bins, bin),
      points,
      average,
      difference: points - average,
    };
  });
  const sum = (of: (one: Contribution) => number) => contributions.reduce((total, one) => total + of(one), 0);
  return {
    points: sum((one) => one.points),
    average: sum((one) => one.average),
    probability: 1 / (1 + Math.exp(-eta)),
    contributions: contributions.toSorted(
      (a, b) => Math.abs(b.difference) - Math.abs(a.difference) || (a.feature < b.feature ? -1 : 1),
    ),
  };
}
