import type { GlobalColumn } from '#core/contract/models/explaining.ts';
import { normalQuantile } from '#core/stats/distributions/normal.ts';
import { binColumn } from '../feature-report/bins.ts';
import type { Contributions } from '../learner.ts';
import type { Matrix } from '../matrix.ts';

/** What a column's figures are before it is given its names. */
export type ColumnExplained = Omit<GlobalColumn, 'family' | 'title'>;

const shownPoints = 250;
const clearDirection = 0.5;

const quantile = (sorted: readonly number[], q: number): number => {
  const at = q * (sorted.length - 1);
  const low = Math.floor(at);
  return sorted[low]! + (at - low) * ((sorted[low + 1] ?? sorted[low]!) - sorted[low]!);
};

/** Share of pairs of bins, by their rows, in which the later one adds more less those in which it adds less. */
function directionOf(bins: readonly { mean: number; n: number }[]): number {
  let [agree, all] = [0, 0];
  bins.forEach((later, i) => {
    for (const earlier of bins.slice(0, i)) {
      const pairs = later.n * earlier.n;
      agree += pairs * Math.sign(later.mean - earlier.mean);
      all += pairs;
    }
  });
  return all > 0 ? agree / all : 0;
}

/**
 * What each column a model uses adds to its sum: mean size over the rows with a 95 % interval, which way it goes as the
 * value grows, and how contributions lie by value (mean and middle 80 % of each bin, and some rows as they are).
 * Largest first.
 *
 * @param matrix the rows `contributions` were worked out for
 */
export function explainAll(matrix: Matrix, { columns, values }: Contributions): ColumnExplained[] {
  const rows = matrix.rows;
  const step = Math.max(1, Math.ceil(rows / shownPoints));
  const z = normalQuantile(0.975);
  return columns
    .map((name, k): ColumnExplained => {
      const column = matrix.columns.find((one) => one.name === name)!;
      const own = Float64Array.from({ length: rows }, (_, row) => values[row * columns.length + k]!);
      const mean = own.reduce((sum, value) => sum + Math.abs(value), 0) / rows;
      const spread =
        own.reduce((sum, value) => sum + (Math.abs(value) - mean) ** 2, 0) / Math.max(1, rows - 1);
      const half = z * Math.sqrt(spread / rows);
      const { place, bins } = binColumn(column);
      const found = bins.map((bin, i) => {
        const sorted = [...own].filter((_, row) => place[row] === i).sort((a, b) => a - b);
        const total = sorted.reduce((sum, value) => sum + value, 0);
        return { ...bin, n: sorted.length, mean: total / sorted.length, sorted };
      });
      const held = found.filter(({ n }) => n > 0);
      const direction =
        column.kind === 'numeric' ? directionOf(held.filter(({ kind }) => kind === 'range')) : 0;
      return {
        name,
        kind: column.kind,
        importance: { estimate: mean, lower: Math.max(0, mean - half), upper: mean + half },
        direction: direction > clearDirection ? 'up' : direction < -clearDirection ? 'down' : 'mixed',
        bins: held.map(({ sorted, ...bin }) => ({
          ...bin,
          low10: quantile(sorted, 0.1),
          high90: quantile(sorted, 0.9),
        })),
        points:
          column.kind === 'numeric'
            ? Array.from({ length: Math.ceil(rows / step) }, (_, i) => i * step)
                .filter((row) => !Number.isNaN(column.values[row]!))
                .map((row) => ({ value: column.values[row]!, contribution: own[row]! }))
            : [],
      };
    })
    .sort((a, b) => b.importance.estimate! - a.importance.estimate! || (a.name < b.name ? -1 : 1));
}
