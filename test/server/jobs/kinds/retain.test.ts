import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { raw, sql } from '#core/sql/sql.ts';
import { insertLivelyBook } from '../../../support/books/lively-book.ts';
import { searchFiles } from '../../../support/books/search-workspace.ts';
import { clientOn, type FullWorkspace } from '../../../support/full-workspace.ts';
import { openTestWorkspace, type TestWorkspace } from '../../../support/workspace.ts';

let workspace: TestWorkspace & Pick<FullWorkspace, 'client' | 'outcome'>;

beforeEach(async () => {
  const opened = await openTestWorkspace();
  await opened.context.engine.transaction((session) => insertLivelyBook(session, 60));
  workspace = { ...opened, ...(await clientOn(opened.context)) };
});
afterEach(() => workspace.close());

const count = async (table: string): Promise<number> =>
  (
    await workspace.context.engine.first<{ n: number }>(
      sql`SELECT CAST(count(*) AS BIGINT) AS n FROM ${raw(table)}`,
    )
  )?.n ?? 0;

describe('retention', () => {
  it('is off at first, and then there is nothing to delete', async () => {
    const { rules } = await workspace.client.keeping.retention();
    expect(rules.length).toBeGreaterThan(12);
    expect(rules.every(({ days }) => days === null)).toBe(true);
    expect(rules.find(({ table }) => table === 'flags')?.column).toBe('ended_on');
    await expect(workspace.client.keeping.retain()).rejects.toMatchObject({ code: 'nothing_over_age' });
  });

  it.each([
    ['weather', undefined],
    ['snapshots', 'balance'],
    ['tokens', 'created_at'],
  ])('refuses %s by %s, naming what there is', async (table, column) => {
    const body = { days: 30, ...(column ? { column } : {}) };
    await expect(workspace.client.keeping.setRetention({ params: { table }, body })).rejects.toMatchObject({
      code: 'retention_unknown',
      details: { table },
    });
  });

  it('shows what it would delete, deletes just that, keeps who is under hold, and leaves no bytes', async () => {
    const { client, context, outcome, folder } = workspace;
    const { engine } = context;
    // The book's day is 1 November 2026: 45 days before it lies 17 September.
    await client.keeping.setRetention({ params: { table: 'snapshots' }, body: { days: 45 } });
    await client.keeping.setRetention({ params: { table: 'payments' }, body: { days: 60 } });
    await client.keeping.hold({ params: { customerId: 'c000010' }, body: { reason: 'juicio' } });
    const { lines } = await client.keeping.overAge();
    expect(lines).toEqual([
      { table: 'snapshots', column: 'as_of', days: 45, before: '2026-09-17', rows: 64, held: 2 },
      {
        table: 'payments',
        column: 'paid_at',
        days: 60,
        before: '2026-09-02',
        rows: expect.any(Number),
        held: expect.any(Number),
      },
    ]);
    const [snapshots, payments] = [await count('snapshots'), await count('payments')];
    const told = await client.portfolio.summary();
    const gone = await engine.first<{ payment_id: string }>(
      sql`SELECT payment_id FROM payments WHERE paid_at < DATE '2026-09-02' AND account_id NOT LIKE 'a000010%' ORDER BY payment_id LIMIT 1`,
    );
    const result = await outcome<{ lines: typeof lines }>(await client.keeping.retain());
    expect(result.lines).toEqual(lines);
    expect(await count('snapshots')).toBe(snapshots - 64);
    expect(await count('payments')).toBe(payments - (lines[1]?.rows ?? 0));
    expect(
      await engine.rows(
        sql`SELECT DISTINCT account_id FROM snapshots WHERE as_of < DATE '2026-09-17' ORDER BY 1`,
      ),
    ).toEqual([{ account_id: 'a000010-1' }, { account_id: 'a000010-2' }]);
    expect(await searchFiles(engine, folder, [gone?.payment_id ?? 'none'])).toEqual([]);
    expect((await client.portfolio.summary()).tables).not.toEqual(told.tables);
    const audit = await engine.rows<{ action: string }>(sql`SELECT action FROM audit ORDER BY happened_at`);
    expect(audit.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['retention.set', 'person.hold', 'job.retain.done']),
    );
    await expect(client.keeping.retain()).rejects.toMatchObject({ code: 'nothing_over_age' });
  });

  it('with 0 days keeps a table for ever again', async () => {
    const { keeping } = workspace.client;
    await keeping.setRetention({ params: { table: 'snapshots' }, body: { days: 45 } });
    expect(
      (await keeping.setRetention({ params: { table: 'snapshots' }, body: { days: 0 } })).days,
    ).toBeNull();
    expect((await keeping.overAge()).lines).toEqual([]);
  });
});
