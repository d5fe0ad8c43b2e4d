import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { raw } from '#core/sql/sql.ts';
import { insertBook } from '../../support/books/book.ts';
import { startTestServer, type TestServer } from '../../support/servers/server.ts';

let server: TestServer;
const people = Array.from({ length: 400 }, (_, i) => `c${String(i).padStart(3, '0')}`);
const months = ['2025-10-31', '2025-11-30', '2025-12-31', '2026-01-31', '2026-02-28', '2026-03-31'];

/** A book of 400 accounts; the second load puts 70 % of them into another product, and brings one orphan and one mail. */
const book = (later: boolean) => ({
  customers: people.map((customer_id, i) => ({
    customer_id,
    sex: i % 2 ? 'female' : 'male',
    language: later && i === 7 ? 'ana@example.org' : 'es',
  })),
  accounts: people.map((customer_id, i) => ({
    account_id: `a${customer_id}`,
    customer_id: later && i === 3 ? 'nobody' : customer_id,
    currency: 'COP',
    product_type: i % 10 < (later ? 7 : 1) ? 'card' : 'loan',
    opened_on: '2024-01-01',
  })),
});

async function profile(load?: number) {
  const job = await server.client.portfolio.profile({ query: load === undefined ? {} : { load } });
  return server.workspace.context.jobs.finished(job.id);
}

beforeAll(async () => {
  server = await startTestServer();
  const { engine } = server.workspace.context;
  await insertBook(engine, 1, {
    ...book(false),
    snapshots: people
      .slice(0, 40)
      .flatMap((customer_id) =>
        months.map((as_of) => ({ account_id: `a${customer_id}`, as_of, days_past_due: 0, balance: 10 })),
      ),
  });
  await profile();
  await insertBook(engine, 2, book(true));
  await engine.run(
    raw(`INSERT INTO superseded SELECT 'accounts', load_id, source_row, 2 FROM accounts WHERE load_id = 1
    UNION ALL SELECT 'customers', load_id, source_row, 2 FROM customers WHERE load_id = 1`),
  );
});
afterAll(() => server.close());

describe('quality over HTTP, load by load', () => {
  it('reports on everything and on each load that has no report', async () => {
    expect((await profile()).result).toMatchObject({ verdict: 'usable', loads: [2] });
    const second = await server.client.portfolio.quality({ query: { load: 2 } });
    expect(second).toMatchObject({ load: 2, rows: 800 });
    expect(second.absent.every(({ column }) => column !== null)).toBe(true);
    const first = await server.client.portfolio.quality({ query: { load: 1 } });
    expect(first).toMatchObject({ load: 1, verdict: 'good', remarks: 0 });
  });

  it('tells what moved since the load before, with what chance would give', async () => {
    const report = await server.client.portfolio.quality({});
    const shift = report.shifts.find(({ column }) => column === 'product_type');
    expect(shift).toMatchObject({ between: 'loads', before: '1', after: '2', level: 'changed' });
    expect(shift?.psi).toBeGreaterThan(shift?.limit ?? Number.POSITIVE_INFINITY);
    expect(report.shifts.find(({ column }) => column === 'sex')?.level).toBe('stable');
    const found = report.checks.find(({ id, passed }) => id === 'load-drift' && !passed);
    expect(found?.finding.en).toMatch(/load 2 than in load 1: PSI \d\.\d\d; .* from (90% to 30%|10% to 70%)/);
  });

  it('shows rows by identifier, with the load that brought them, and no value that may not be shown', async () => {
    const report = await server.client.portfolio.quality({});
    const orphan = report.checks.find(({ id, passed }) => id === 'orphan-keys' && !passed);
    expect(orphan).toMatchObject({
      table: 'accounts',
      rows: 1,
      loads: [{ load: 2, rows: 1 }],
      hasRows: true,
    });
    const rows = await server.client.portfolio.qualityRows({
      query: { check: 'orphan-keys', table: 'accounts', column: 'customer_id' },
    });
    expect(rows).toMatchObject({
      keys: ['account_id'],
      value: 'customer_id',
      rows: [{ key: ['ac003'], value: 'nobody', load: 2 }],
    });
    const mail = await server.client.portfolio.qualityRows({
      query: { check: 'personal-looking', table: 'customers', column: 'language' },
    });
    expect(mail).toMatchObject({ value: null, rows: [{ key: ['c007'], value: null, load: 2 }] });
    expect(JSON.stringify(report)).not.toContain('ana@example.org');
  });

  it('keeps the verdicts, newest first', async () => {
    const { reports } = await server.client.portfolio.qualityHistory({});
    expect(reports.map(({ load, verdict }) => [load, verdict])).toEqual([
      [null, 'usable'],
      [2, 'usable'],
      [null, 'good'],
      [1, 'good'],
    ]);
    expect(reports[0]).toMatchObject({ serious: 0, by: 'owner' });
    expect(reports[0]?.remarks).toBeGreaterThan(1);
  });

  it('one load can be asked for again; a load or a check that is not there is said so', async () => {
    expect((await profile(2)).result).toMatchObject({ rows: 800, loads: [] });
    expect((await profile(9)).error).toMatchObject({ code: 'not_found', details: { kind: 'load', id: 9 } });
    await expect(
      server.client.portfolio.qualityRows({ query: { check: 'nothing', table: 'accounts' } }),
    ).rejects.toMatchObject({ problem: { code: 'not_found' } });
    await expect(server.client.portfolio.quality({ query: { load: 9 } })).rejects.toMatchObject({
      problem: { code: 'missing_step' },
    });
  });

  it('a report of an earlier version can still be read', async () => {
    const { engine } = server.workspace.context;
    await engine.run(
      raw(`INSERT INTO quality_reports VALUES ('old', 'v', '{"verdict":"good","checks":[{"id":"x","severity":"info",
        "passed":true,"title":{"es":"a","en":"b"},"finding":{"es":"a","en":"b"},"table":"accounts","column":null,"rows":0,"sql":""}],
        "columns":[]}', TIMESTAMP '2090-01-01', 'owner')`),
    );
    expect(await server.client.portfolio.quality({})).toMatchObject({
      verdict: 'good',
      load: null,
      shifts: [],
    });
    const { reports } = await server.client.portfolio.qualityHistory({ query: { limit: 1 } });
    expect(reports).toMatchObject([{ reportId: 'old', verdict: 'good', remarks: 0 }]);
  });
});
