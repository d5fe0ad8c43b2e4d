import { grouped, mergeRare, stability } from '#core/stats/psi.ts';
import type { Fitted } from '../../learner.ts';
import { type Matrix, type MatrixColumn, pickNumbers, takeRows } from '../../matrix.ts';

const rowsExplained = 5000;
const psiBins = 10;

/**
 * Mean absolute contribution of each column to the sum of the model (log odds, before calibration) over at most 5,000
 * of the rows, taken at even steps; by weight. Empty where the learner does not explain itself.
 */
export function importanceOf(fitted: Fitted, matrix: Matrix, rows: Int32Array): Record<string, number> {
  if (!fitted.contributions || rows.length === 0) return {};
  const step = Math.max(1, Math.ceil(rows.length / rowsExplained));
  const sample = takeRows(
    matrix,
    rows.filter((_, i) => i % step === 0),
  );
  const { columns, values } = fitted.contributions(sample);
  const sums = new Float64Array(columns.length);
  let total = 0;
  for (let i = 0; i < sample.rows; i++) {
    const weight = sample.weights ? sample.weights[i]! : 1;
    total += weight;
    for (let j = 0; j < columns.length; j++) sums[j]! += weight * Math.abs(values[i * columns.length + j]!);
  }
  return total > 0 ? Object.fromEntries(columns.map((name, j) => [name, sums[j]! / total])) : {};
}

/**
 * Population stability index of each column, rows fitted on against rows shown: numbers in tenths of the former,
 * categories as they are, missing apart, rare ones together. Null where it has one value only.
 */
export function columnPsi(
  matrix: Matrix,
  before: Int32Array,
  after: Int32Array,
): Record<string, number | null> {
  return Object.fromEntries(
    matrix.columns.map((column) => {
      const [was, is] = countsOf(column, before, after);
      const groups = mergeRare(was, is);
      return [column.name, stability(grouped(was, groups), grouped(is, groups)).psi];
    }),
  );
}

function countsOf(column: MatrixColumn, before: Int32Array, after: Int32Array): [number[], number[]] {
  const bin =
    column.kind === 'numeric' ? numberBins(column.values, before) : (row: number) => column.codes[row]! + 1;
  const bins = column.kind === 'numeric' ? psiBins + 1 : column.categories.length + 1;
  const count = (rows: Int32Array) => {
    const counts = new Array<number>(bins).fill(0);
    for (const row of rows) counts[bin(row)]!++;
    return counts;
  };
  return [count(before), count(after)];
}

/** The tenth of the rows fitted on that a row's value falls in, from 1; missing is 0. */
function numberBins(values: Float64Array, rows: Int32Array): (row: number) => number {
  const sorted = pickNumbers(values, rows)
    .filter((value) => !Number.isNaN(value))
    .sort();
  const cuts = Array.from(
    { length: psiBins - 1 },
    (_, i) => sorted[Math.floor(((i + 1) * sorted.length) / psiBins)] ?? 0,
  );
  return (row) => {
    const value = values[row]!;
    if (Number.isNaN(value)) return 0;
    let bin = 1;
    for (const cut of cuts) if (value > cut) bin++;
    return bin;
  };
}
