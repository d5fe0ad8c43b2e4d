import { DomainError } from '#core/errors/domain-error.ts';
import type { Table } from '#core/portfolio/column.ts';
import { datasetRows, datasetTable, statedColumns } from '#core/portfolio/dataset.ts';
import { canonicalRecipe, missingColumns, strangeColumns, unfedColumns } from '#core/portfolio/map/names.ts';
import { type DatasetRecipe, isDataset, type Recipe, type RowsRecipe } from '#core/portfolio/recipe.ts';
import { tableNamed, tableNames, tables } from '#core/portfolio/tables.ts';
import type { Inspection } from '../../sources/source.ts';
import { stem } from './request.ts';

/** Which table one file feeds, and how. */
export interface PlannedPart {
  /** Index of the file. */
  file: number;
  /** Of a dataset whose columns are taken as found, every column is text until its rows are seen. */
  table: Table;
  recipe: RowsRecipe;
  /** What makes it a dataset; null for a canonical table. */
  dataset: DatasetRecipe | null;
  /** The index of the file; of a file that feeds a table more than once, further on for each time. */
  slot: number;
  /** Whether the file feeds no other part. */
  alone: boolean;
}

type FoundPart = Omit<PlannedPart, 'slot' | 'alone'>;

/** The canonical table a file is named after: accounts.csv, snapshots-2.parquet. */
export const tableOfFile = (name: string): Table | undefined =>
  tableNamed(stem(name).replace(/([-_.]?\d+)+$/, ''));

/** Whether a load reads a file at all: with canonical files, only those named after a table. */
export const isRead = (recipe: Recipe, name: string): boolean =>
  recipe.tables === 'canonical'
    ? tableOfFile(name) !== undefined
    : recipe.tables.some((table) => table.file === undefined || table.file === stem(name));

/**
 * Matches files and recipe.
 *
 * @throws load_no_tables, load_columns_missing, load_recipe_incomplete, load_recipe_strange
 */
export function planParts(recipe: Recipe, files: readonly Inspection[], asked: string): PlannedPart[] {
  const parts = files.flatMap((file, index) => {
    const own = partsOf(recipe, file, index);
    refuseMissing(own, file);
    for (const part of own) refuseIncomplete(part, file);
    return own;
  });
  if (parts.length === 0)
    throw new DomainError('load_no_tables', { file: asked, known: tableNames.join(', ') });
  const order = ({ table, dataset }: FoundPart) => (dataset ? tables.length : tables.indexOf(table));
  parts.sort((a, b) => order(a) - order(b) || a.file - b.file);
  return parts.map((part, i) => ({
    ...part,
    slot: part.file + files.length * parts.slice(0, i).filter((other) => isSameFeed(other, part)).length,
    alone: parts.filter((other) => other.file === part.file).length === 1,
  }));
}

const isSameFeed = (a: FoundPart, b: FoundPart): boolean =>
  a.table.name === b.table.name && a.file === b.file;

function partsOf(recipe: Recipe, file: Inspection, index: number): FoundPart[] {
  if (recipe.tables === 'canonical') {
    const table = tableOfFile(file.name);
    return table ? [{ file: index, table, recipe: canonicalRecipe(table, file.columns), dataset: null }] : [];
  }
  return recipe.tables
    .filter((tableRecipe) => tableRecipe.file === undefined || tableRecipe.file === stem(file.name))
    .map((tableRecipe) =>
      isDataset(tableRecipe)
        ? datasetPart(tableRecipe, file, index)
        : { file: index, table: named(tableRecipe.table), recipe: tableRecipe, dataset: null },
    );
}

function datasetPart(dataset: DatasetRecipe, file: Inspection, index: number): FoundPart {
  const recipe = datasetRows(dataset, file.columns);
  const asText = Object.fromEntries(Object.keys(recipe.columns).map((name) => [name, 'text' as const]));
  return { file: index, table: datasetTable(dataset, statedColumns(dataset) ?? asText), recipe, dataset };
}

function named(name: string): Table {
  const table = tableNamed(name);
  if (!table) throw new DomainError('not_found', { kind: 'table', id: name });
  return table;
}

function refuseMissing(parts: readonly FoundPart[], file: Inspection): void {
  const missing = new Set(parts.flatMap(({ recipe }) => missingColumns(recipe, file.columns)));
  if (missing.size === 0) return;
  throw new DomainError('load_columns_missing', {
    file: file.name,
    missing: [...missing].join(', '),
    present: file.columns.join(', '),
  });
}

function refuseIncomplete({ table, recipe }: FoundPart, file: Inspection): void {
  const strange = strangeColumns(table, recipe);
  if (strange.length)
    throw new DomainError('load_recipe_strange', { table: table.name, columns: strange.join(', ') });
  const unfed = unfedColumns(table, recipe);
  if (unfed.length)
    throw new DomainError('load_recipe_incomplete', {
      table: table.name,
      file: file.name,
      missing: unfed.join(', '),
    });
}
