import { expect, it } from 'vitest';
import type { KpiRow } from '#core/portfolio/kpi.ts';
import { booked, openBook } from '../../../support/books/paths.ts';

const pick = (rows: readonly KpiRow[], ...names: string[]) =>
  rows.map((row) => names.map((name) => row[name] ?? null));
const pay = (payment_id: string, account_id: string, paid_at: string, amount: number, more = {}) => ({
  payment_id,
  account_id,
  paid_at,
  amount,
  ...more,
});

it('cure counts returns to 0, and who of those followed is late again', async () => {
  const book = await openBook(
    booked({
      stays: { days: [40, 0, 0, 0, 0, 0] },
      again: { days: [40, 0, 35, 0, 0, 0] },
      better: { days: [40, 10, 0, 0, 0, 0] },
      same: { days: [40, 40, 40, 40, 40, 40] },
      gone: { days: [40, 0, null, null, null, null] },
      paid: { days: [40, 'closed', 'closed', null, null, null] },
      lost: { days: [40, 0, 0, 'charged_off', null, null] },
    }),
  );
  const { rows } = await book.ask('cure');
  expect(
    pick(rows, 'as_of', 'bucket', 'of', 'cured', 'improved', 'closed', 'followed', 'again').slice(0, 4),
  ).toEqual([
    ['2026-04-30', '30-59', 7, 4, 1, 1, 3, 2],
    ['2026-05-31', '1-29', 1, 1, 0, 0, 1, 0],
    ['2026-05-31', '30-59', 1, 0, 0, 0, 0, 0],
    ['2026-06-30', '30-59', 2, 1, 0, 0, null, null],
  ]);
  expect(rows[0]).toMatchObject({ share: 4 / 7, improved_share: 1 / 7, again_share: 2 / 3 });
  expect(rows[2]).toMatchObject({ share: 0, again_share: null });
  expect((await book.ask('cure', { again: '60' })).rows[0]).toMatchObject({ followed: 3, again: 1 });
  await book.close();
});

it('vintages cumulate from the first entry, over cells the whole cohort has lived through', async () => {
  const book = await openBook({
    ...booked({
      cures: { days: [0, 10, 0, 0, 0] },
      falls: { days: [0, 10, 40, 75, 'charged_off'] },
      before: { days: [10, 10, 0, 0, 0], opened_on: '2020-01-01' },
      young: { days: [null, 5, 5, 0, 0], opened_on: '2026-04-10' },
      later: { days: [0, 0, 0, 5, 5], currency: 'PEN' },
    }),
    payments: [
      pay('0', 'before', '2026-03-05T10:00:00', 9),
      pay('1', 'cures', '2026-04-30T10:00:00', 7),
      pay('2', 'cures', '2026-05-10T10:00:00', 50),
      pay('3', 'cures', '2026-06-05T10:00:00', 25.5),
      pay('4', 'cures', '2026-06-06T10:00:00', 99, { reversed: true }),
    ],
  });
  const { rows, n } = await book.ask('vintages');
  expect(n).toBe(4);
  const cells = pick(rows, 'cohort', 'currency', 'month_on_book', 'accounts', 'cured', 'charged_off', 'cash');
  expect(cells).toEqual([
    ['2026-04-01', null, 0, 3, 0, 0, null],
    ['2026-04-01', null, 1, 3, 1, 0, null],
    ['2026-04-01', null, 2, 3, 2, 0, null],
    ['2026-04-01', null, 3, 3, 2, 1, null],
    ['2026-06-01', null, 0, 1, 0, 0, null],
    ['2026-06-01', null, 1, 1, 0, 0, null],
    ['2026-04-01', 'COP', 0, 3, 0, 0, '0.00'],
    ['2026-04-01', 'COP', 1, 3, 1, 0, '50.00'],
    ['2026-04-01', 'COP', 2, 3, 2, 0, '75.50'],
    ['2026-04-01', 'COP', 3, 3, 2, 1, '75.50'],
    ['2026-06-01', 'PEN', 0, 1, 0, 0, '0.00'],
    ['2026-06-01', 'PEN', 1, 1, 0, 0, '0.00'],
  ]);
  expect((await book.ask('vintages', { entry: '60-89' })).n).toBe(1);
  expect((await book.ask('vintages', { bucket: '30-59' })).n).toBe(0);
  const quarters = (await book.ask('vintages', { step: 'quarter' })).rows.filter(
    ({ currency }) => currency === null,
  );
  expect(pick(quarters, 'cohort', 'month_on_book', 'accounts', 'cured')).toEqual([
    ['2026-04-01', 0, 4, 0],
    ['2026-04-01', 1, 4, 1],
  ]);
  const opened = (await book.ask('vintages', { cohort: 'origination' })).rows;
  expect(pick(opened, 'cohort', 'currency', 'month_on_book', 'cured').at(-1)).toEqual([
    '2026-04-01',
    'COP',
    3,
    1,
  ]);
  expect(opened[0]).toMatchObject({ accounts: 1 });
  await book.close();
});
