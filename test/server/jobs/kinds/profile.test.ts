import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { raw } from '#core/sql/sql.ts';
import { dataVersion } from '#server/store/data-version.ts';
import { type QualityReport, readQuality } from '#server/store/portfolio/quality.ts';
import { insertBook } from '../../../support/books/book.ts';
import { runJob } from '../../../support/files/load.ts';
import { openTestWorkspace, type TestWorkspace } from '../../../support/workspace.ts';

const account = (account_id: string, more = {}) => ({
  account_id,
  customer_id: 'c1',
  currency: 'COP',
  status: 'active',
  opened_on: '2025-01-01',
  ...more,
});
const month = (account_id: string, as_of: string, more = {}) => ({
  account_id,
  as_of,
  days_past_due: 0,
  balance: 10,
  arrears: 0,
  ...more,
});
const payment = (payment_id: string, more = {}) => ({
  payment_id,
  account_id: 'a1',
  paid_at: '2026-01-10',
  known_at: '2026-01-10',
  amount: 5,
  ...more,
});

/** Everything that can be wrong, once. */
const dirty = {
  customers: [
    { customer_id: 'c1', sex: 'female', birth_year: 2020, language: 'ana@example.org' },
    { customer_id: 'c2' },
  ],
  accounts: [
    account('a1', { currency: '$' }),
    account('a2', { customer_id: 'nobody' }),
    account('a3', { opened_on: '2099-01-01' }),
  ],
  snapshots: [
    month('a1', '2025-11-30', { balance: -4 }),
    month('a2', '2025-11-30'),
    month('a3', '2025-11-30', { days_past_due: 20 }),
    month('a1', '2026-01-31'),
  ],
  payments: [
    payment('p1', { known_at: '2026-01-01' }),
    payment('p2', { amount: 0 }),
    payment('p3', { paid_at: '2024-06-01', known_at: '2024-06-01' }),
    payment('p4', { account_id: 'zz' }),
  ],
};

let workspace: TestWorkspace;
let report: QualityReport;
beforeAll(async () => {
  workspace = await openTestWorkspace();
  const { engine } = workspace.context;
  await insertBook(engine, 1, dirty);
  await insertBook(engine, 2, { accounts: [account('a9', { status: 'ghost' })] });
  await engine.run(raw('UPDATE loads SET rejected = 3 WHERE load_id = 1'));
  const job = await runJob(workspace, 'profile', {});
  expect(job.error).toBeNull();
  const found = await readQuality(engine);
  if (!found) throw new Error('no report');
  report = found;
  expect(job.result).toEqual({
    rows: 14,
    verdict: 'poor',
    remarks: report.checks.filter((check) => !check.passed).length,
    loads: [1, 2],
  });
});
afterAll(() => workspace.close());

const found = (id: string, column?: string, table?: string) =>
  report.checks.filter(
    (check) =>
      check.id === id &&
      (column === undefined || check.column === column) &&
      (table === undefined || check.table === table),
  );

describe('the report on dirty data', () => {
  it.each([
    ['orphan-keys', 'customer_id', 1, 'nobody'],
    ['orphan-keys', 'account_id', 1, 'accounts'],
    ['portfolio-gaps', 'as_of', 1, ''],
    ['last-month', 'as_of', 2, ''],
    ['month-gaps', 'as_of', 1, ''],
    ['few-months', 'as_of', 4, '2'],
    ['future-dates', 'opened_on', 1, '2099-01-01'],
    ['known-before', 'known_at', 1, ''],
    ['before-opening', 'paid_at', 1, ''],
    ['payment-sign', 'amount', 1, ''],
    ['negative-balance', 'balance', 1, ''],
    ['arrears-mismatch', 'arrears', 1, ''],
    ['currency-code', 'currency', 1, ''],
    ['birth-year', 'birth_year', 1, ''],
    ['new-codes', 'status', 1, 'ghost'],
    ['personal-looking', 'language', 1, ''],
  ])('finds %s in %s', (id, column, rows) => {
    const failed = found(id, column).filter((check) => !check.passed);
    expect(failed).toHaveLength(1);
    expect(failed[0]?.rows).toBe(rows);
  });

  it('counts rejected rows, and names protected, empty and absent ones without blame', () => {
    expect(found('rejected-rows')[0]).toMatchObject({ rows: 3, passed: false });
    expect(report.columns.find(({ column }) => column === 'sex')).toMatchObject({
      tag: 'protected',
      nulls: 1,
    });
    const absent = (table: string, column: string | null) =>
      report.absent.find((one) => one.table === table && one.column === column);
    expect(absent('payments', 'method')?.allows?.en).toContain('means of payment');
    expect(absent('promises', null)?.allows?.es).toContain('promesas');
  });

  it('words each finding with its figures in both languages, and shows the statement that found it', async () => {
    for (const check of report.checks) {
      expect(check.finding.es).not.toBe('');
      expect(check.finding.en).not.toBe(check.finding.es);
      expect(`${check.finding.es}${check.finding.en}`).not.toMatch(/[{}]|undefined|NaN/);
      const [again] = await workspace.context.engine.rows<{ affected?: number }>(raw(check.sql));
      if (again?.affected !== undefined) expect(again.affected, check.id).toBe(check.rows);
    }
  });

  it('describes every column', () => {
    const column = (table: string, name: string) =>
      report.columns.find((one) => one.table === table && one.column === name);
    expect(column('snapshots', 'balance')).toEqual({
      table: 'snapshots',
      column: 'balance',
      type: 'money',
      rows: 4,
      nulls: 0,
      distinct: 2,
      minimum: '-4.00',
      maximum: '10.00',
      tag: null,
    });
    expect(column('customers', 'sex')).toMatchObject({ nulls: 1, distinct: 1, tag: 'protected' });
    expect(column('promises', 'amount')).toBeUndefined();
  });

  it('is kept with the version of the data', async () => {
    const { engine } = workspace.context;
    const row = await engine.first<{ data_version: string }>(raw('SELECT data_version FROM quality_reports'));
    expect(row?.data_version).toBe(await dataVersion(engine));
  });
});

it('clean data are good, with nothing to remark', async () => {
  const clean = await openTestWorkspace();
  const months = ['2025-08-31', '2025-09-30', '2025-10-31', '2025-11-30', '2025-12-31', '2026-01-31'];
  await insertBook(clean.context.engine, 1, {
    customers: [{ customer_id: 'c1' }],
    accounts: [account('a1')],
    snapshots: months.map((as_of) => month('a1', as_of)),
    payments: [payment('p1')],
  });
  const job = await runJob(clean, 'profile', {});
  expect(job.result).toEqual({ rows: 9, verdict: 'good', remarks: 0, loads: [1] });
  await clean.close();
});

it('without data it says which step is missing', async () => {
  const empty = await openTestWorkspace();
  const job = await runJob(empty, 'profile', {});
  expect(job.error).toMatchObject({ code: 'missing_step', details: { step: 'load' } });
  await empty.close();
});
