import { describe, expect, it } from 'vitest';
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
const five = [40, 40, 40, 40, 40];

it('recovery counts cash within the window and the placement, of placements whose window has ended', async () => {
  const book = await openBook({
    ...booked({ a: { days: five }, b: { days: five }, c: { days: five } }),
    placements: [
      { account_id: 'a', agency: 'norte', placed_on: '2026-04-10', balance_placed: 1000 },
      { account_id: 'b', agency: 'sur', placed_on: '2026-06-20', balance_placed: 700 },
      {
        account_id: 'c',
        agency: 'sur',
        placed_on: '2026-04-15',
        balance_placed: 500,
        returned_on: '2026-05-01',
      },
    ],
    payments: [
      pay('1', 'a', '2026-04-10T08:00:00', 60),
      pay('2', 'a', '2026-07-09T23:00:00', 40),
      pay('3', 'a', '2026-07-10T00:00:00', 500),
      pay('4', 'c', '2026-04-20T10:00:00', 50),
      pay('5', 'c', '2026-04-21T10:00:00', 33, { reversed: true }),
      pay('6', 'c', '2026-05-15T10:00:00', 70),
      pay('7', 'b', '2026-06-25T10:00:00', 20),
    ],
  });
  const columns = ['cohort', 'agency', 'placements', 'matured', 'balance_placed', 'cash', 'recovery'];
  const { rows, n, of } = await book.ask('recovery');
  expect([n, of]).toEqual([3, 2]);
  expect(pick(rows, ...columns)).toEqual([
    ['2026-04-01', null, 2, 2, '1500.00', '150.00', 0.1],
    ['2026-06-01', null, 1, 0, null, null, null],
  ]);
  const split = await book.ask('recovery', { split: 'agency', windowDays: '30' });
  expect(pick(split.rows, ...columns)).toEqual([
    ['2026-04-01', 'norte', 1, 1, '1000.00', '60.00', 0.06],
    ['2026-04-01', 'sur', 1, 1, '500.00', '50.00', 0.1],
    ['2026-06-01', 'sur', 1, 1, '700.00', '20.00', 20 / 700],
  ]);
  await book.close();
});

it('promises are kept by payments: 95 % by three days after, once that has passed', async () => {
  const promise = (promise_id: string, due_on: string, kept: boolean | null) => ({
    promise_id,
    account_id: promise_id,
    made_at: '2026-04-10T10:00:00',
    due_on,
    amount: 100,
    kept,
  });
  const contact = (i: number, right_party: boolean) => ({
    contact_id: `k${i}`,
    customer_id: 'c-a',
    channel: 'call',
    sent_at: `2026-04-0${i}T10:00:00`,
    right_party,
  });
  const book = await openBook({
    ...booked({ a: { days: five }, b: { days: five }, c: { days: five }, d: { days: five } }),
    promises: [
      promise('a', '2026-04-20', true),
      promise('b', '2026-04-20', true),
      promise('c', '2026-04-20', null),
      promise('d', '2026-07-30', null),
    ],
    payments: [
      pay('0', 'a', '2026-04-09T23:59:00', 95),
      pay('1', 'a', '2026-04-12T10:00:00', 45),
      pay('2', 'a', '2026-04-23T23:00:00', 50),
      pay('3', 'b', '2026-04-15T10:00:00', 94.99),
      pay('4', 'c', '2026-04-24T00:00:00', 100),
    ],
    contacts: [1, 2, 3, 4, 5].map((i) => contact(i, i < 3)),
  });
  const { rows, n, of } = await book.ask('promises');
  expect([n, of]).toEqual([4, 3]);
  expect(rows[0]).toMatchObject({
    month: '2026-04-01',
    right_party: 2,
    promises: 4,
    promise_rate: 2,
    matured: 3,
    kept: 1,
    kept_share: 1 / 3,
    noted: 2,
    noted_kept_share: 1,
  });
  expect((await book.ask('promises', { graceDays: '4', paidShare: '0.94' })).rows[0]).toMatchObject({
    kept: 3,
  });
  await book.close();
});

it('cost to collect sets all costs over the cash of the month, channels and agencies apart', async () => {
  const contact = (contact_id: string, account_id: string | null, channel: string, cost: number) => ({
    contact_id,
    account_id,
    customer_id: 'c-a',
    channel,
    cost,
    sent_at: '2026-04-05T10:00:00',
  });
  const cost = (cost_id: string, agency: string | null, amount: number, currency = 'COP') => ({
    cost_id,
    agency,
    amount,
    currency,
    kind: 'fee',
    occurred_at: '2026-04-20T10:00:00',
  });
  const book = await openBook({
    ...booked({ a: { days: five }, b: { days: five } }),
    contacts: [contact('1', 'a', 'sms', 2), contact('2', 'a', 'call', 3), contact('3', null, 'sms', 1)],
    costs: [cost('1', 'norte', 10), cost('2', null, 5), cost('3', null, 7, 'USD')],
    placements: [{ account_id: 'a', agency: 'norte', placed_on: '2026-04-01', balance_placed: 100 }],
    payments: [
      pay('1', 'a', '2026-04-10T10:00:00', 40),
      pay('2', 'b', '2026-04-11T10:00:00', 60),
      pay('3', 'b', '2026-04-12T10:00:00', 50, { reversed: true }),
    ],
  });
  const { rows } = await book.ask('cost-to-collect');
  expect(pick(rows, 'currency', 'part', 'name', 'cost', 'cash', 'cost_ratio')).toEqual([
    ['COP', 'all', null, '21.00', '100.00', 0.21],
    ['COP', 'channel', 'call', '3.00', '100.00', 0.03],
    ['COP', 'channel', 'sms', '3.00', '100.00', 0.03],
    ['COP', 'agency', 'norte', '10.00', '40.00', 0.25],
    ['COP', 'other', null, '5.00', '100.00', 0.05],
    ['USD', 'all', null, '7.00', '0.00', null],
    ['USD', 'other', null, '7.00', '0.00', null],
  ]);
  await book.close();
});

it('concentration finds the largest holders and the index of each dimension', async () => {
  const book = await openBook({
    ...booked({
      a: { days: [0], balance: 100, customer_id: 'one', product_type: 'card' },
      b: { days: [0], balance: 300, customer_id: 'one', product_type: 'card' },
      c: { days: [9], balance: 600, customer_id: 'two', product_type: 'loan' },
      d: { days: ['closed'], balance: 900, customer_id: 'two', product_type: 'loan' },
      e: { days: [0], balance: -50, customer_id: 'two', product_type: 'loan' },
    }),
    customers: [
      { customer_id: 'one', jurisdiction: 'CO-DC' },
      { customer_id: 'two', jurisdiction: 'CO' },
    ],
  });
  const { rows, n } = await book.ask('concentration');
  expect(n).toBe(3);
  const close = (value: number) => expect.closeTo(value, 12);
  expect(pick(rows, 'dimension', 'name', 'units', 'balance', 'share')).toEqual([
    ['product', 'card', 2, '400.00', 0.4],
    ['product', 'loan', 1, '600.00', 0.6],
    ['country', 'CO', 3, '1000.00', 1],
    ['holders', 'top_10_percent', 1, '600.00', 0.6],
    ['holders', 'top_1_percent', 1, '600.00', 0.6],
    ['hhi', 'product', 2, '1000.00', close(0.52)],
    ['hhi', 'country', 1, '1000.00', 1],
    ['hhi', 'holders', 2, '1000.00', close(0.52)],
  ]);
  await book.close();
});

describe('a stated rate table', () => {
  const rate = (currency: string, valid_on: string, value: number) => ({
    currency,
    quote_currency: 'USD',
    valid_on,
    rate: value,
  });
  const paths = booked({
    a: { days: [0, 0, 0, 0], balance: 1_000_000 },
    b: { days: [0, 0, 0, 0], balance: 100, currency: 'MXN' },
  });

  it('turns each balance at the last rate on or before its date', async () => {
    const book = await openBook({
      ...paths,
      exchange_rates: [
        rate('COP', '2026-03-31', 0.00025),
        rate('COP', '2026-06-30', 0.0003),
        rate('MXN', '2026-01-01', 0.05),
      ],
    });
    const { rows, figures, population } = await book.ask('ageing', { quote: 'USD' });
    expect(pick(rows, 'as_of', 'currency', 'accounts', 'balance')).toEqual([
      ['2026-03-31', 'USD', 2, '255.00'],
      ['2026-04-30', 'USD', 2, '255.00'],
      ['2026-05-31', 'USD', 2, '255.00'],
      ['2026-06-30', 'USD', 2, '305.00'],
    ]);
    expect(figures).toMatchObject({ quote: 'USD', last_rate_on: '2026-06-30' });
    expect(population.es).toContain('Importes en USD');
    await book.close();
  });

  it('that does not reach a date is refused by name, unless that date is not asked for', async () => {
    const book = await openBook({
      ...paths,
      exchange_rates: [rate('COP', '2026-05-01', 0.00025), rate('MXN', '2026-01-01', 0.05)],
    });
    await expect(book.ask('ageing', { quote: 'USD' })).rejects.toThrow(
      'no rate from COP to USD for 2026-03-31',
    );
    expect((await book.ask('ageing', { quote: 'USD', since: '2026-05-31' })).rows[0]).toMatchObject({
      balance: '255.00',
    });
    expect((await book.ask('ageing', { quote: 'USD', currency: 'MXN' })).rows[0]).toMatchObject({
      balance: '5.00',
    });
    await expect(book.ask('ageing', { quote: 'EUR' })).rejects.toMatchObject({ code: 'no_exchange_rate' });
    await book.close();
  });
});
