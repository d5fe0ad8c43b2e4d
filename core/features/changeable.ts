import type { FeatureColumn } from './feature.ts';

/** Columns with those named marked as still in somebody's hands on the date. */
export const markChangeable = (
  columns: readonly FeatureColumn[],
  names: readonly string[],
): readonly FeatureColumn[] =>
  columns.map((column) => (names.includes(column.name) ? { ...column, changeable: true } : column));
