import type { Contributions } from '../learner.ts';
import type { Matrix } from '../matrix.ts';

/** Points by which a contribution is told: 20 more double the odds, the scale scorecards are read on. */
export const pointsPerLogOdds = 20 / Math.LN2;

export interface RowReason {
  feature: string;
  value: string | number | null;
  /** In log odds. */
  contribution: number;
  points: number;
}

/** The values of one row by column, null where missing. */
export const valuesOfRow = (matrix: Matrix, row: number): Record<string, string | number | null> =>
  Object.fromEntries(matrix.columns.map((column) => [column.name, valueAt(column, row)]));

/** What each column adds to one row against the rows learnt from; largest first, columns that add nothing left out. */
export function reasonsOfRow(matrix: Matrix, contributions: Contributions, row: number): RowReason[] {
  const { columns, values } = contributions;
  return columns
    .map((name, k): RowReason => {
      const column = matrix.columns.find((one) => one.name === name);
      const contribution = values[row * columns.length + k]!;
      return {
        feature: name,
        value: valueAt(column, row),
        contribution,
        points: contribution * pointsPerLogOdds,
      };
    })
    .filter(({ contribution }) => contribution !== 0)
    .sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution) || (a.feature < b.feature ? -1 : 1));
}

function valueAt(column: Matrix['columns'][number] | undefined, row: number): string | number | null {
  if (!column) return null;
  if (column.kind === 'categorical') return column.categories[column.codes[row]!] ?? null;
  const value = column.values[row]!;
  return Number.isNaN(value) ? null : value;
}
