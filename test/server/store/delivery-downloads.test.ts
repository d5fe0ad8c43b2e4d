import { afterAll, beforeAll, expect, it } from 'vitest';
import { raw, sql } from '#core/sql/sql.ts';
import { ledgerPages, readLedger } from '#server/store/delivery/ledger.ts';
import { readExportRows, rowPages } from '#server/store/delivery/row-log.ts';
import { openTestWorkspace, type TestWorkspace } from '../../support/workspace.ts';

let workspace: TestWorkspace;
const people = 7;
const runs = ['0a', '0b', '0c'];

beforeAll(async () => {
  workspace = await openTestWorkspace();
  const { engine } = workspace.context;
  for (const [i, run] of runs.entries()) {
    // Two of them began at the same instant.
    const began = `2026-03-0${Math.max(1, i)} 10:00:00.125`;
    await engine.run(sql`INSERT INTO export_runs (export_id, batch_id, experiment_id, destination, options, state, rows_sent, rows_excluded, started_at, by_principal)
      VALUES (${run}, '', '', 'file', '{}', 'writing', ${people}, 0, CAST(${began} AS TIMESTAMP), 'owner')`);
    await engine.run(sql`INSERT INTO export_rows (export_id, message_key, assignment_id, customer_id, arm, touch, channel, state, seq)
      SELECT ${run}, 'k' || i || ${run}, '', 'p' || (i // 2), '', 1, 'sms', 'pending', i FROM range(${people}) r(i)`);
  }
});
afterAll(() => workspace.close());

/** Everything of some pages, with all that stands behind the first of them changed as soon as it has been read. */
async function collected<T>(pages: AsyncGenerator<T[]>, change: string): Promise<T[]> {
  const found: T[] = [];
  let first = true;
  for await (const page of pages) {
    found.push(...page);
    if (first) await workspace.context.engine.run(raw(change));
    first = false;
  }
  return found;
}

it('the log of a run gives each row once, whatever becomes of rows meanwhile', async () => {
  const { engine } = workspace.context;
  const before = await readExportRows(engine, '0a', { state: 'pending', limit: 100, offset: 0 });
  const rows = await collected(
    rowPages(engine, '0a', { state: 'pending' }, 2),
    "UPDATE export_rows SET state = 'acknowledged' WHERE export_id = '0a' AND message_key <= 'k10a'",
  );
  expect(rows).toEqual(before.rows);
  expect(rows).toHaveLength(people);
  const left = await collected(rowPages(engine, '0a', { states: ['pending'] }, 5), 'SELECT 1');
  expect(left).toHaveLength(people - 2);
});

it('the ledger gives each line once though lines change their place in it, the newest run first', async () => {
  const { engine } = workspace.context;
  const all = await readLedger(engine, { limit: 100, offset: 0 });
  const rows = await collected(
    ledgerPages(engine, {}, 2),
    "UPDATE export_rows SET state = 'acknowledged', changed_at = TIMESTAMP '2026-04-01' WHERE export_id = '0b'",
  );
  expect(rows.map(({ exportId, key }) => [exportId, key])).toEqual(
    ['0c', '0b', '0a'].flatMap((run) => Array.from({ length: people }, (_, i) => [run, `k${i}${run}`])),
  );
  expect(all.total).toBe(rows.length);
  expect((await readLedger(engine, { limit: 1, offset: 0 })).rows[0]).toMatchObject({
    exportId: '0b',
    state: 'acknowledged',
    at: '2026-04-01T00:00:00Z',
  });
  const one = await collected(ledgerPages(engine, { customerId: 'p3', state: 'pending' }, 2), 'SELECT 1');
  expect(one.map(({ key }) => key)).toEqual(['k60c', 'k60a']);
});
