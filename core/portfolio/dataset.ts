import type { Column, ColumnType, Table } from './column.ts';
import type { DatasetRecipe, RowsRecipe } from './recipe.ts';

/** Type of each column of a dataset, in their order. */
export type DatasetColumns = Record<string, ColumnType>;

/**
 * A dataset as a table: its columns as typed, none required but the one that names the unit. Without such a key
 * the unit is the row, and equal rows are all kept.
 */
export const datasetTable = ({ dataset, key }: DatasetRecipe, columns: DatasetColumns): Table => ({
  name: dataset,
  key: key === undefined ? [] : [key],
  about: { es: dataset, en: dataset },
  columns: Object.fromEntries(
    Object.entries(columns).map(([name, type]): [string, Column] => [
      name,
      { type, required: name === key, about: { es: name, en: name } },
    ]),
  ),
});

/** The types a recipe states, and null where it takes all columns as they are found. */
export const statedColumns = ({ columns }: DatasetRecipe): DatasetColumns | null =>
  columns === 'all'
    ? null
    : Object.fromEntries(Object.entries(columns).map(([name, { type }]) => [name, type]));

/** How the rows of a dataset are read: as the recipe says, or each column from the one of its own name. */
export function datasetRows(recipe: DatasetRecipe, names: Iterable<string>): RowsRecipe {
  const { file, unpivot, keep, repeats } = recipe;
  const columns =
    recipe.columns === 'all'
      ? Object.fromEntries([...names].map((from) => [from, { from, otherwise: 'reject' as const }]))
      : recipe.columns;
  return { file, unpivot, keep, repeats, columns };
}
