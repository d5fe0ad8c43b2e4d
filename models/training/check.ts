import { DomainError } from '#core/errors/domain-error.ts';
import { type Matrix, type MatrixColumn, pickNumbers } from '../matrix.ts';

const minimumRows = 50;
const minimumOfClass = 10;

/** Rows of a column without a value. */
export function missingOf(column: MatrixColumn): number {
  let missing = 0;
  if (column.kind === 'numeric') for (const value of column.values) missing += Number.isNaN(value) ? 1 : 0;
  else for (const code of column.codes) missing += code < 0 ? 1 : 0;
  return missing;
}

/** Whether every row holds the same, or nothing. */
function isConstant(column: MatrixColumn): boolean {
  if (column.kind === 'categorical') return column.codes.every((code) => code === column.codes[0]);
  const first = column.values[0]!;
  return column.values.every((value) => value === first || (Number.isNaN(first) && Number.isNaN(value)));
}

/**
 * Whether there is something to learn from: rows, and outcomes that differ.
 *
 * @throws too_few_rows, one_class, too_few_events
 */
export function requireOutcomes(outcomes: Float64Array, part: 'all' | 'train'): void {
  const rows = outcomes.length;
  if (rows < minimumRows) throw new DomainError('too_few_rows', { rows, minimum: minimumRows });
  const first = outcomes[0]!;
  if (outcomes.every((value) => value === first))
    throw new DomainError('one_class', { rows, part, value: first });
  const events = outcomes.reduce((sum, value) => sum + value, 0);
  const rarer = Math.min(events, rows - events);
  if (rarer < minimumOfClass)
    throw new DomainError('too_few_events', { rows, part, events: rarer, minimum: minimumOfClass });
}

/** @throws infinite_values naming the column and its rows, bad_target, bad_weights, zero_weights */
export function requireNumbers(matrix: Matrix): void {
  for (const column of matrix.columns) {
    if (column.kind !== 'numeric') continue;
    const rows = countWhere(column.values, (value) => !Number.isFinite(value) && !Number.isNaN(value));
    if (rows > 0) throw new DomainError('infinite_values', { column: column.name, rows });
  }
  const bad = countWhere(matrix.target!, (value) => !(value >= 0 && value <= 1));
  if (bad > 0) throw new DomainError('bad_target', { rows: bad, of: matrix.rows });
  if (matrix.weights) requireWeights(matrix.weights);
}

function requireWeights(weights: Float64Array): void {
  const bad = countWhere(weights, (value) => !(value >= 0 && Number.isFinite(value)));
  if (bad > 0) throw new DomainError('bad_weights', { rows: bad, of: weights.length });
  if (weights.every((value) => value === 0)) throw new DomainError('zero_weights', { rows: weights.length });
}

function countWhere(values: Float64Array, fits: (value: number) => boolean): number {
  let count = 0;
  for (const value of values) if (fits(value)) count++;
  return count;
}

/** The matrix without the columns that do not vary. @throws no_features when none is left */
export function dropConstants(matrix: Matrix): Matrix {
  const columns = matrix.columns.filter((column) => !isConstant(column));
  if (columns.length === 0) throw new DomainError('no_features', { columns: matrix.columns.length });
  return { ...matrix, columns };
}

/** Outcomes of the rows whose weight is above zero: the others say nothing. */
export const outcomesThatCount = ({ target, weights }: Matrix, rows?: Int32Array): Float64Array =>
  pickNumbers(
    target!,
    (rows ?? Int32Array.from(target!.keys())).filter((row) => weights?.[row] !== 0),
  );
