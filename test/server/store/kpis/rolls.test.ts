import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { KpiRow } from '#core/portfolio/kpi.ts';
import flowToLoss from '#core/portfolio/kpis/flow-to-loss.ts';
import { duckdb } from '#core/sql/dialects/duckdb.ts';
import { booked, openBook } from '../../../support/books/paths.ts';

let book: Awaited<ReturnType<typeof openBook>>;
beforeAll(async () => {
  book = await openBook(
    booked({
      a: { days: [0, 35, 0], balance: 100 },
      b: { days: [35, 0, 0], balance: 200 },
      c: { days: [35, 65, 'charged_off'], balance: 300 },
      d: { days: [35, null, null], balance: 400 },
      e: { days: [0, 5, 35], balance: 50, currency: 'PEN' },
      f: { days: [0, 0, 'closed'], balance: 10, currency: 'PEN' },
    }),
  );
});
afterAll(() => book.close());

const pick = (rows: readonly KpiRow[], ...names: string[]) =>
  rows.map((row) => names.map((name) => row[name] ?? null));

describe('roll rates', () => {
  it('follow accounts and opening balance for a month', async () => {
    const { rows, n } = await book.ask('roll-rates', { until: '2026-04-30', bucket: '30-59' });
    expect(n).toBe(3);
    expect(pick(rows, 'currency', 'after', 'accounts', 'of', 'opening_balance')).toEqual([
      [null, '0', 1, 3, null],
      [null, '60-89', 1, 3, null],
      [null, 'left_observation', 1, 3, null],
      ['COP', '0', 1, 3, '200.00'],
      ['COP', '60-89', 1, 3, '300.00'],
      ['COP', 'left_observation', 1, 3, '400.00'],
    ]);
    expect(rows.slice(3).map((row) => row.share_of_balance)).toEqual([200 / 900, 300 / 900, 400 / 900]);
  });

  it('put months together by adding cases', async () => {
    const { rows, figures } = await book.ask('roll-rates', { months: '2', bucket: '30-59', currency: 'COP' });
    expect(figures.months).toBe(2);
    expect(
      pick(
        rows.filter(({ currency }) => currency === null),
        'after',
        'accounts',
        'of',
      ),
    ).toEqual([
      ['0', 2, 4],
      ['60-89', 1, 4],
      ['left_observation', 1, 4],
    ]);
  });

  it('keep to what opened since a date', async () => {
    expect((await book.ask('roll-rates', { months: '2', since: '2026-04-01' })).n).toBe(5);
  });
});

it('net rolls compare balances of neighbouring buckets that hold something', async () => {
  const { rows } = await book.ask('net-rolls');
  expect(
    pick(rows, 'as_of', 'currency', 'before', 'after', 'opening_balance', 'closing_balance', 'net_roll'),
  ).toEqual([
    ['2026-04-30', 'COP', '0', '30-59', '100.00', '100.00', 1],
    ['2026-04-30', 'COP', '30-59', '60-89', '900.00', '300.00', 1 / 3],
    ['2026-04-30', 'PEN', '0', '1-29', '60.00', '50.00', 5 / 6],
    ['2026-05-31', 'COP', '0', '30-59', '200.00', '0.00', 0],
    ['2026-05-31', 'COP', '30-59', '60-89', '100.00', '0.00', 0],
    ['2026-05-31', 'COP', '60-89', 'charged_off', '300.00', '300.00', 1],
    ['2026-05-31', 'PEN', '0', '1-29', '10.00', '0.00', 0],
    ['2026-05-31', 'PEN', '1-29', '30-59', '50.00', '50.00', 1],
  ]);
});

describe('flow to loss', () => {
  it('is told both ways, which differ', async () => {
    const { rows } = await book.ask('flow-to-loss', { months: '2', horizon: '2', currency: 'COP' });
    const close = (value: number) => expect.closeTo(value, 9);
    expect(pick(rows, 'bucket', 'accounts', 'net_product', 'absorbed_within', 'absorbed')).toEqual([
      ['0', 2, close(0.1), 0, close(0.5)],
      ['30-59', 4, close(0.3), 0.25, close(0.5)],
      ['60-89', 1, 1, 1, close(1)],
    ]);
  });

  it('meets the roll fixture: .0675 straight down, .1320 absorbed in six months', () => {
    const names = ['0', '1-29', '30-59', '60-89', 'charged_off'];
    const chances = [
      [97, 3, 0, 0, 0],
      [55, 20, 25, 0, 0],
      [30, 10, 15, 45, 0],
      [12, 3, 5, 20, 60],
    ];
    const blank = {
      currency: 'COP',
      month: null,
      state: null,
      before: null,
      after: null,
      accounts: 1,
      balance: null,
    };
    const ways = chances.flatMap((row, i) =>
      row.map(
        (accounts, j): KpiRow => ({ ...blank, before: names[i] ?? '', after: names[j] ?? '', accounts }),
      ),
    );
    const stock = (month: number, state: string, balance: string): KpiRow => ({
      ...blank,
      month,
      state,
      balance,
    });
    const july = 318;
    const stocks = [
      ...names.slice(0, 4).map((state) => stock(july - 1, state, '1000.00')),
      stock(july, '1-29', '30.00'),
      stock(july, '30-59', '250.00'),
      stock(july, '60-89', '450.00'),
      stock(july, 'charged_off', '600.00'),
    ];
    const { rows } = flowToLoss.answer([...stocks, ...ways], {
      dialect: duckdb,
      oneDateAMonth: true,
      asOf: '2026-07-31',
      dates: ['2026-06-30', '2026-07-31'],
      filter: {},
      parameters: { months: 1, horizon: 6 },
    });
    expect(rows[1]).toMatchObject({ bucket: '1-29', net_product: expect.closeTo(0.0675, 12) });
    expect(rows[1]?.absorbed_within).toBeCloseTo(0.132005025, 12);
  });
});

it('the Markov check sets what two months did beside what one month, twice, would', async () => {
  const own = await openBook(
    booked({
      a: { days: [0, 5, 0] },
      b: { days: [0, 5, 5] },
      c: { days: [0, 0, 0] },
      d: { days: [35, 5, 5] },
    }),
  );
  const { rows, figures, n } = await own.ask('markov-check');
  expect(n).toBe(4);
  expect(pick(rows, 'before', 'after', 'accounts', 'of')).toEqual([
    ['0', '0', 2, 3],
    ['0', '1-29', 1, 3],
    ['30-59', '0', 0, 1],
    ['30-59', '1-29', 1, 1],
  ]);
  expect(rows.map((row) => row.expected_share)).toEqual(
    [5 / 9, 4 / 9, 1 / 3, 2 / 3].map((value) => expect.closeTo(value, 12)),
  );
  expect(figures).toMatchObject({ verdict: 'too_few', degrees_of_freedom: 1 });
  await own.close();
});
