import { DomainError } from '#core/errors/domain-error.ts';
import type { Matrix, MatrixColumn } from '../matrix.ts';

const minimumRows = 50;

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

/** @throws too_few_rows, one_class */
export function requireOutcomes(target: Float64Array, part: 'all' | 'train'): void {
  if (target.length < minimumRows)
    throw new DomainError('too_few_rows', { rows: target.length, minimum: minimumRows });
  const first = target[0]!;
  if (target.every((value) => value === first))
    throw new DomainError('one_class', { rows: target.length, part, value: first });
}

/** The matrix without the columns that do not vary. @throws no_features when none is left */
export function dropConstants(matrix: Matrix): Matrix {
  const columns = matrix.columns.filter((column) => !isConstant(column));
  if (columns.length === 0) throw new DomainError('no_features', { columns: matrix.columns.length });
  return { ...matrix, columns };
}
