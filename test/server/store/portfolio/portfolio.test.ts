import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { raw } from '#core/sql/sql.ts';
import { readKpi } from '#server/store/portfolio/kpis.ts';
import { readSummary } from '#server/store/portfolio/portfolio.ts';
import { insertBook } from '../../../support/books/book.ts';
import { openTestWorkspace, type TestWorkspace } from '../../../support/workspace.ts';

const account = (account_id: string, currency: string, more = {}) => ({
  account_id,
  customer_id: `c${account_id}`,
  currency,
  product_type: currency === 'COP' ? 'card' : 'loan',
  ...more,
});
const snapshot = (account_id: string, as_of: string, days_past_due: number, balance: number, more = {}) => ({
  account_id,
  as_of,
  days_past_due,
  balance,
  ...more,
});

const accounts = [
  account('a', 'COP'),
  account('b', 'COP'),
  account('c', 'COP', { charged_off_on: '2026-03-10' }),
  account('d', 'PEN'),
  account('e', 'PEN'),
  account('f', 'PEN'),
  account('g', 'PEN', { charged_off_on: '2026-02-15' }),
];
const snapshots = [
  snapshot('a', '2026-02-28', 0, 100),
  snapshot('b', '2026-02-28', 5, 100),
  snapshot('c', '2026-02-28', 185, 300),
  snapshot('d', '2026-02-28', 35, 10),
  snapshot('e', '2026-02-28', 35, 20),
  snapshot('f', '2026-02-28', 0, 5),
  snapshot('g', '2026-02-28', 250, 50),
  snapshot('a', '2026-03-31', 31, 110),
  snapshot('b', '2026-03-31', 0, 90),
  snapshot('d', '2026-03-31', 95, 12, { arrears: 12 }),
  snapshot('f', '2026-03-31', 0, 0, { status: 'closed' }),
  snapshot('g', '2026-03-31', 0, 40),
];

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await openTestWorkspace();
  const customers = accounts.map(({ customer_id, currency }) => ({
    customer_id,
    jurisdiction: currency === 'COP' ? 'CO-DC' : 'PE',
  }));
  await insertBook(workspace.context.engine, 1, { customers, accounts, snapshots });
});
afterAll(() => workspace.close());

const engine = () => workspace.context.engine;
const kpis = () => workspace.context.registry.kpis;

describe('ageing', () => {
  it('counts each month by state, and never adds currencies', async () => {
    const { rows, n, asOf } = await readKpi(engine(), kpis(), 'ageing', {});
    expect(asOf).toBe('2026-03-31');
    expect(n).toBe(5);
    expect(
      rows.map((row) => [
        String(row.as_of).slice(5, 7),
        row.currency,
        row.bucket,
        row.accounts,
        Number(row.balance),
      ]),
    ).toEqual([
      ['02', 'COP', '0', 1, 100],
      ['02', 'COP', '1-29', 1, 100],
      ['02', 'COP', '180+', 1, 300],
      ['02', 'PEN', '0', 1, 5],
      ['02', 'PEN', '30-59', 2, 30],
      ['02', 'PEN', 'charged_off', 1, 50],
      ['03', 'COP', '0', 1, 90],
      ['03', 'COP', '30-59', 1, 110],
      ['03', 'PEN', '90-119', 1, 12],
      ['03', 'PEN', 'charged_off', 1, 40],
      ['03', 'PEN', 'closed', 1, 0],
    ]);
  });

  it.each([
    [{ currency: 'COP' }, ['COP']],
    [{ country: 'PE' }, ['PEN']],
    [{ product: 'card' }, ['COP']],
  ])('looks only at %j', async (filter, currencies) => {
    const { rows } = await readKpi(engine(), kpis(), 'ageing', filter);
    expect([...new Set(rows.map((row) => row.currency))]).toEqual(currencies);
  });

  it('shows the very statement it ran', async () => {
    const { sql, rows } = await readKpi(engine(), kpis(), 'ageing', { country: 'PE' });
    expect(await engine().rows(raw(sql))).toHaveLength(rows.length);
  });
});

describe('rolls', () => {
  it('follow each account from the month before, with those who left', async () => {
    const { n, sql, ...answer } = await readKpi(engine(), kpis(), 'roll-rates', {});
    const rows = answer.rows.filter(({ currency }) => currency === null);
    expect(n).toBe(7);
    expect(rows.map((row) => [row.before, row.after, row.accounts, row.share])).toEqual([
      ['0', '30-59', 1, 0.5],
      ['0', 'closed', 1, 0.5],
      ['1-29', '0', 1, 1],
      ['30-59', '90-119', 1, 0.5],
      ['30-59', 'left_observation', 1, 0.5],
      ['180+', 'charged_off', 1, 1],
      ['charged_off', 'charged_off', 1, 1],
    ]);
    for (const { lower, share } of rows) expect(Number(lower)).toBeLessThanOrEqual(Number(share));
    const counted = await engine().rows<{ currency: string | null }>(raw(sql));
    expect(counted.filter(({ currency }) => currency === null)).toHaveLength(rows.length);
  });

  it('of the first month are none', async () => {
    expect((await readKpi(engine(), kpis(), 'roll-rates', { until: '2026-03-10' })).rows).toEqual([]);
  });
});

describe('the summary', () => {
  it('keeps currencies apart and leaves charged-off money out', async () => {
    const summary = await readSummary(engine());
    expect(summary).toMatchObject({
      accounts: 7,
      customers: 7,
      months: 2,
      firstSnapshot: '2026-02-28',
      lastSnapshot: '2026-03-31',
      simulated: false,
    });
    expect(summary.currencies).toEqual([
      { currency: 'COP', accounts: 3, balance: '200.00', arrears: null, over90: 0 },
      { currency: 'PEN', accounts: 4, balance: '12.00', arrears: '12.00', over90: 1 },
    ]);
    expect(summary.tables.find(({ table }) => table === 'snapshots')?.rows).toBe(12);
  });
});

describe('a portfolio seen on a date of each account’s own', () => {
  it('takes the last snapshot of the account in the month', async () => {
    const own = await openTestWorkspace();
    await insertBook(own.context.engine, 1, {
      accounts: [account('a', 'COP'), account('b', 'COP')],
      snapshots: [
        snapshot('a', '2026-02-10', 0, 1),
        snapshot('a', '2026-02-20', 40, 2),
        snapshot('b', '2026-02-28', 0, 3),
        snapshot('a', '2026-03-20', 0, 4),
        snapshot('b', '2026-03-02', 0, 5),
      ],
    });
    const { rows } = await readKpi(own.context.engine, kpis(), 'ageing', {});
    expect(rows.map((row) => [row.as_of, row.bucket, row.accounts, Number(row.balance)])).toEqual([
      ['2026-02-28', '0', 1, 3],
      ['2026-02-28', '30-59', 1, 2],
      ['2026-03-20', '0', 2, 9],
    ]);
    await own.close();
  });
});

it('an empty workspace has a summary, and nothing to age', async () => {
  const empty = await openTestWorkspace();
  expect(await readSummary(empty.context.engine)).toMatchObject({ accounts: 0, months: 0, currencies: [] });
  expect(await readKpi(empty.context.engine, kpis(), 'ageing', {})).toMatchObject({
    n: 0,
    asOf: null,
    rows: [],
  });
  expect(await readKpi(empty.context.engine, kpis(), 'roll-rates', {})).toMatchObject({
    n: 0,
    asOf: null,
    rows: [],
  });
  await empty.close();
});
