import { describe, expect, it } from 'vitest';
import { strangeColumns, unfedColumns } from '#core/portfolio/map/names.ts';
import { isDataset, recipe as schema } from '#core/portfolio/recipe.ts';
import { tableNamed } from '#core/portfolio/tables.ts';
import { type PlugIn, readRegistry } from '#server/registry.ts';

const { recipes } = await readRegistry();

it('there are recipes', () => {
  expect([...recipes.keys()]).toEqual(expect.arrayContaining(['ensayo', 'taiwan', 'extracto']));
});

describe.each([...recipes])('recipe %s', (_, plugIn) => {
  const { text, recipe: given } = plugIn as PlugIn & { recipe: unknown };

  it('says what it is in both languages', () => {
    for (const words of [text.title, text.summary])
      for (const locale of ['es', 'en'] as const) expect(words[locale].trim().length).toBeGreaterThan(3);
    expect(text.summary.es).not.toBe(text.summary.en);
  });

  it('is one, and feeds every required column and no other', () => {
    const parsed = schema.parse(given);
    if (parsed.tables === 'canonical') return;
    for (const tableRecipe of parsed.tables) {
      if (isDataset(tableRecipe)) continue;
      const table = tableNamed(tableRecipe.table);
      expect(table).toBeDefined();
      if (!table) continue;
      expect(strangeColumns(table, tableRecipe)).toEqual([]);
      expect(unfedColumns(table, tableRecipe)).toEqual([]);
      for (const code of Object.values(tableRecipe.columns).flatMap((column) =>
        'codes' in column && column.codes ? Object.values(column.codes) : [],
      ))
        expect(['string', 'number', 'boolean', 'object']).toContain(typeof code);
    }
  });

  it('maps codes only to values the dictionary allows', () => {
    const parsed = schema.parse(given);
    if (parsed.tables === 'canonical') return;
    for (const tableRecipe of parsed.tables) {
      if (isDataset(tableRecipe)) continue;
      for (const [name, column] of Object.entries(tableRecipe.columns)) {
        const allowed = tableNamed(tableRecipe.table)?.columns[name]?.values;
        if (!allowed || !('codes' in column) || !column.codes) continue;
        for (const meaning of Object.values(column.codes)) expect([...allowed, null]).toContain(meaning);
      }
    }
  });
});
