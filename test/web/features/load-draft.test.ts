import { describe, expect, it } from 'vitest';
import { recipe } from '#core/portfolio/recipe.ts';
import {
  type Draft,
  isChanged,
  readBy,
  readMonths,
  type TablePart,
  toRecipe,
  turn,
  wayOf,
  writeMonths,
} from '../../../web/src/features/loading/wizard/draft.ts';

const wide: TablePart = {
  table: 'snapshots',
  columns: {
    account_id: { from: 'ID' },
    as_of: { from: 'month', dates: 'iso' },
    days_past_due: { from: 'pay*' },
    balance: { constant: ' ' },
  },
  unpivot: ['PAY_0', 'PAY_2', 'PAY_3'].map((column) => ({
    columns: { 'pay*': column },
    values: { month: '' },
  })),
};
const draft = (...tables: TablePart[]): Draft => ({ source: { decimal: '.', delimiter: undefined }, tables });

describe('a draft of a load', () => {
  it('leaves out what is not said yet, a month nobody told among it', () => {
    const made = toRecipe(draft(wide));
    expect(recipe.safeParse(made).success).toBe(true);
    expect(made?.tables).toMatchObject([
      { columns: { account_id: { from: 'ID' }, days_past_due: { from: 'pay*' } } },
    ]);
    expect(JSON.stringify(made)).not.toContain('as_of');
  });

  it('is nothing while no column is fed', () => {
    expect(toRecipe(draft({ table: 'accounts', columns: { account_id: { from: '' } } }))).toBeNull();
    expect(toRecipe({ source: {}, tables: 'canonical' })).toEqual({ source: {}, tables: 'canonical' });
  });

  it.each([
    [true, ['2005-09-30', '2005-08-31', '2005-07-31']],
    [false, ['2005-09-30', '2005-10-31', '2005-11-30']],
  ])('dates its months at their ends, backwards %s', (back, months) => {
    const unpivot = writeMonths(wide, { first: '2005-09', back });
    expect(unpivot.map(({ values }) => values.month)).toEqual(months);
    expect(readMonths({ ...wide, unpivot })).toEqual({ first: '2005-09', back });
    expect(toRecipe(draft({ ...wide, unpivot }))?.tables).toMatchObject([
      { columns: { as_of: { from: 'month' } } },
    ]);
  });

  it('crosses the year', () => {
    const unpivot = writeMonths(wide, { first: '2005-01', back: true });
    expect(unpivot.map(({ values }) => values.month)).toEqual(['2005-01-31', '2004-12-31', '2004-11-30']);
  });

  it('knows what feeds a column, and turns it into another way', () => {
    expect(wayOf(wide.columns.account_id, wide)).toBe('column');
    expect(wayOf(wide.columns.days_past_due, wide)).toBe('month');
    expect(wayOf(wide.columns.balance, wide)).toBe('constant');
    expect(wayOf(undefined, wide)).toBe('none');
    expect(turn({ from: 'A' }, 'join')).toEqual({ join: [{ from: 'A' }] });
    expect(turn({ from: 'A' }, 'none')).toBeUndefined();
    expect(isChanged({ from: 'A', factor: 0.01 })).toBe(true);
    expect(isChanged({ from: 'A' })).toBe(false);
  });

  it('tells which source columns are read, by month too', () => {
    expect(readBy(draft(wide), ['ID', 'PAY_0', 'AGE'])).toEqual(
      new Set(['ID', 'month', 'pay*', 'PAY_0', 'PAY_2', 'PAY_3']),
    );
  });
});
