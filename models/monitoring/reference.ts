import { z } from 'zod';
import { type BinRange, binColumn, countInto } from '../feature-report/bins.ts';
import { shiftOf } from '../feature-report/shift.ts';
import type { Matrix } from '../matrix.ts';

const binRange = z.object({
  kind: z.enum(['range', 'categories', 'other', 'missing']),
  low: z.number().nullable(),
  high: z.number().nullable(),
  categories: z.array(z.string()),
});
const distribution = z.object({ bins: z.array(binRange), counts: z.array(z.number()) });
type Distribution = z.output<typeof distribution>;

/** How scores and columns lay among the rows a model was made of. */
export const reference = z.object({
  rows: z.number(),
  score: distribution,
  columns: z.array(distribution.extend({ name: z.string() })),
});
export type Reference = z.output<typeof reference>;

function distributionOf(column: Matrix['columns'][number]): Distribution {
  const bins: BinRange[] = binColumn(column).bins;
  return { bins, counts: countInto(bins, column) };
}

/** Scores and used columns of the rows a model was made of, in bins of about equal size. */
export function referenceOf(matrix: Matrix, scores: Float64Array, used: readonly string[]): Reference {
  return {
    rows: matrix.rows,
    score: distributionOf({ name: 'score', kind: 'numeric', values: scores }),
    columns: matrix.columns
      .filter(({ name }) => used.includes(name))
      .map((column) => ({ name: column.name, ...distributionOf(column) })),
  };
}

/** How far each column of the reference moved, largest first; those the matrix does not hold are left out. */
export function shiftsOf({ columns }: Reference, matrix: Matrix) {
  return columns
    .flatMap(({ name, bins, counts }) => {
      const column = matrix.columns.find((one) => one.name === name);
      return column ? [{ name, shift: shiftOf(counts, countInto(bins, column)) }] : [];
    })
    .sort((a, b) => (b.shift.psi ?? 0) - (a.shift.psi ?? 0) || (a.name < b.name ? -1 : 1));
}

/** How far scores moved. */
export const scoreShift = ({ score }: Reference, scores: Float64Array) =>
  shiftOf(score.counts, countInto(score.bins, { name: 'score', kind: 'numeric', values: scores }));
