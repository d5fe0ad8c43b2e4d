import { describe, expect, it } from 'vitest';
import { missingColumns, strangeColumns, unfedColumns } from '#core/portfolio/map/names.ts';
import { recipe, type TableRecipe } from '#core/portfolio/recipe.ts';
import { accounts } from '#core/portfolio/tables/ledger.ts';

const table = (given: unknown): TableRecipe => recipe.parse({ tables: [given] }).tables[0] as TableRecipe;

describe('a recipe', () => {
  it('fills in what it does not say', () => {
    expect(recipe.parse({ tables: 'canonical' })).toEqual({
      source: { decimal: '.', dates: 'iso', empty: [] },
      tables: 'canonical',
    });
  });

  it.each([
    ['a table that is not canonical', { tables: [{ table: 'ledger', columns: {} }] }],
    ['a word it does not know', { tables: 'canonical', sauce: {} }],
    ['a delimiter of two characters', { source: { delimiter: '||' }, tables: 'canonical' }],
    ['no table at all', { tables: [] }],
    ['a dataset named as a table', { tables: [{ dataset: 'accounts' }] }],
    ['a dataset named in capitals', { tables: [{ dataset: 'Hillstrom' }] }],
    ['a dataset that is a table too', { tables: [{ dataset: 'x', table: 'accounts', columns: {} }] }],
    ['a column of a name used inside', { tables: [{ dataset: 'x', columns: { Load_ID: { from: 'a' } } }] }],
    ['a zone nobody knows', { source: { timeZone: 'America/Bogotá' }, tables: 'canonical' }],
  ])('refuses %s', (_, given) => {
    expect(recipe.safeParse(given).success).toBe(false);
  });

  it('may load a dataset: all columns as found, or those it names with their types', () => {
    const given = recipe.parse({
      tables: [{ dataset: 'responses' }, { dataset: 'visits', key: 'id', columns: { id: { from: 'ID' } } }],
    });
    expect(given.tables).toEqual([
      { dataset: 'responses', columns: 'all', keep: [], repeats: 'reject' },
      {
        dataset: 'visits',
        key: 'id',
        columns: { id: { from: 'ID', otherwise: 'reject', type: 'text' } },
        keep: [],
        repeats: 'reject',
      },
    ]);
  });

  it('names the columns a file lacks, through aliases, joins and fixed values', () => {
    const given = table({
      table: 'accounts',
      unpivot: [
        { columns: { limit: 'L1' }, values: { cur: 'COP' } },
        { columns: { limit: 'L2' }, values: { cur: 'COP' } },
      ],
      columns: {
        account_id: { join: [{ from: 'ID' }, { text: '-' }, { from: 'BRANCH' }] },
        customer_id: { from: 'ID' },
        currency: { from: 'cur' },
        credit_limit: { from: 'limit' },
      },
    });
    expect(missingColumns(given, ['ID', 'L1'])).toEqual(['BRANCH', 'L2']);
  });

  it('names required columns it leaves empty, and columns that are not there', () => {
    const given = table({ table: 'accounts', columns: { account_id: { from: 'a' }, colour: { from: 'b' } } });
    expect(unfedColumns(accounts, given)).toEqual(['customer_id', 'currency']);
    expect(strangeColumns(accounts, given)).toEqual(['colour']);
  });
});
