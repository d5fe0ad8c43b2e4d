import type { Table } from '../column.ts';
import type { ColumnRecipe, RowsRecipe } from '../recipe.ts';

const namesRead = (recipe: ColumnRecipe): string[] => {
  if ('from' in recipe) return [recipe.from];
  if ('join' in recipe) return recipe.join.flatMap((part) => ('from' in part ? [part.from] : []));
  return [];
};

/** The names a recipe reads that the source does not have. */
export function missingColumns(recipe: RowsRecipe, columns: Iterable<string>): string[] {
  const present = new Set(columns);
  const members = recipe.unpivot ?? [{ columns: {}, values: {} }];
  const wanted = members.flatMap((member) =>
    Object.values(recipe.columns)
      .flatMap(namesRead)
      .filter((name) => !Object.hasOwn(member.values, name))
      .map((name) => member.columns[name] ?? name),
  );
  return [...new Set(wanted)].filter((name) => !present.has(name));
}

/** Required canonical columns that a recipe feeds from nowhere. */
export const unfedColumns = (table: Table, recipe: RowsRecipe): string[] =>
  Object.entries(table.columns)
    .filter(([name, column]) => column.required && !column.defaultTo && !Object.hasOwn(recipe.columns, name))
    .map(([name]) => name);

/** Columns a recipe names that the canonical table does not have. */
export const strangeColumns = (table: Table, recipe: RowsRecipe): string[] =>
  [...Object.keys(recipe.columns), ...recipe.keep.map((rule) => rule.column)].filter(
    (name) => !Object.hasOwn(table.columns, name),
  );

/** A recipe for a file whose columns are already named as the canonical ones; other columns are left out. */
export function canonicalRecipe(table: Table, columns: Iterable<string>): RowsRecipe {
  const present = [...columns].filter((name) => Object.hasOwn(table.columns, name));
  return {
    columns: Object.fromEntries(present.map((name) => [name, { from: name, otherwise: 'reject' as const }])),
    keep: [],
    repeats: 'reject',
  };
}
