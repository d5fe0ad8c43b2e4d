import type { ColumnType, Table } from '#core/portfolio/column.ts';
import type { RowsRecipe } from '#core/portfolio/recipe.ts';

/** The type each column of a source is wanted in: that of the one column it feeds as it is, else text. */
export function wantedTypes(table: Table, { columns }: RowsRecipe): Map<string, ColumnType> {
  const wanted = new Map<string, ColumnType>();
  const want = (from: string, type: ColumnType) =>
    wanted.set(from, (wanted.get(from) ?? type) === type ? type : 'text');
  for (const [name, recipe] of Object.entries(columns)) {
    const type = table.columns[name]?.type;
    if ('from' in recipe) {
      const asIs =
        !recipe.codes && !recipe.dates && recipe.factor === undefined && recipe.offset === undefined;
      want(recipe.from, asIs && type ? type : 'text');
    } else if ('join' in recipe) for (const part of recipe.join) if ('from' in part) want(part.from, 'text');
  }
  return wanted;
}
