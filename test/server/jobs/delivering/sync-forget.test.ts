import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ExportRun } from '#core/contract/delivery/exports.ts';
import type { SyncDefinition } from '#core/contract/delivery/syncs.ts';
import type { ForgetReport } from '#core/contract/portfolio/keeping.ts';
import { byHandWhy } from '#core/keeping/told.ts';
import { raw, sql } from '#core/sql/sql.ts';
import { readExport } from '#server/store/delivery/exports.ts';
import { setControl } from '#server/store/delivery/rows.ts';
import { insertSync } from '#server/store/delivery/sync/syncs.ts';
import { searchTables } from '../../../support/books/search-workspace.ts';
import { all, putExperiment, runJob } from '../../../support/contact/contact-fixture.ts';
import { clientOn } from '../../../support/full-workspace.ts';
import { profileTaker } from '../../../support/receiver/profiles.ts';
import { putDestination } from '../../../support/receiver/put.ts';
import { putPastDue, putSync } from '../../../support/receiver/put-sync.ts';
import { type LocalReceiver, startReceiver } from '../../../support/receiver/receiver.ts';
import { webhookSecret } from '../../../support/receiver/webhook.ts';
import { openTestWorkspace, type TestWorkspace } from '../../../support/workspace.ts';

const person = 'cliente-quintanilla';
let workspace: TestWorkspace;
let receiver: LocalReceiver;

beforeAll(async () => {
  workspace = await openTestWorkspace(undefined, {
    delivery: { scheduleMs: [0, 5], callTimeoutMs: 5_000, allowedPrivate: ['127.0.0.1'] },
  });
  const { context } = workspace;
  await putExperiment(context, [{ id: 'cliente-otro' }, { id: person }, { id: 'cliente-tercero' }]);
  await putPastDue(context);
  receiver = await startReceiver({ take: profileTaker(({ subject }) => subject === person).take });
  await putDestination(context, 'hook', 'webhook', { url: receiver.url, secret: webhookSecret });
  await putSync(context);
});
afterAll(async () => {
  await workspace.close();
  await receiver.close();
});

it('who is forgotten is in no sync, row or payload any more, and the counts stay', async () => {
  const { context } = workspace;
  await runJob(context, 'sync', { syncId: 'sync', destination: 'hook' });
  const before = (await searchTables(context.engine, [person])).map((one) => one.split('.')[0]);
  expect(before).toEqual(expect.arrayContaining(['sync_states', 'export_rows', 'export_payloads']));
  const { client, outcome } = await clientOn(context);
  const job = await client.keeping.forget({ params: { customerId: person }, body: { confirm: person } });
  const report = await outcome<ForgetReport>(job);
  // Refused there, so nobody has to be told.
  expect(report.receivers).toEqual([]);
  expect(await searchTables(context.engine, [person])).toEqual([]);
  expect(report.lines.map(({ place, action, rows }) => [place, action, rows])).toEqual(
    expect.arrayContaining([
      ['sync_states', 'erased', 1],
      ['export_payloads', 'erased', 1],
      ['export_rows', 'pseudonymised', 1],
    ]),
  );
  expect(await all(context, 'sync_states', 'customer_id')).toHaveLength(2);
  const rows = await all(context, 'export_rows', 'seq');
  expect(rows.map(({ state }) => state)).toEqual(['acknowledged', 'withheld', 'acknowledged']);
  await expect(
    runJob(context, 'redeliver', { exportId: rows[0]?.export_id, destination: 'hook' }),
  ).rejects.toThrow('nothing_to_retry');
});

it('receivers that hold a profile are told to let it go, while nothing here names the person; the others are listed for somebody to see to', async () => {
  const { context } = workspace;
  const known = 'cliente-tercero';
  const takers = { empties: profileTaker(), removes: profileTaker() };
  let expired = true;
  const others: LocalReceiver[] = [];
  const sync = async (id: string, leaving: 'clear' | 'remove', url: string) => {
    await putDestination(context, id, 'webhook', { url, secret: webhookSecret });
    const definition: SyncDefinition = {
      segmentId: 'past-due',
      columns: ['arrears'],
      mode: 'upsert',
      leaving,
    };
    await insertSync(context.engine, id, { name: id, destinationId: id, definition }, '2026-03-01', 'owner');
    expect((await runJob<ExportRun>(context, 'sync', { syncId: id, destination: id })).states).toEqual({
      acknowledged: 2,
    });
  };
  try {
    for (const [id, taker] of Object.entries(takers)) {
      const other = await startReceiver({
        take: (call) =>
          call.body.includes('"removed":true') && expired
            ? void call.response.writeHead(401).end(`who is ${known}?`)
            : taker.take(call),
      });
      others.push(other);
      await sync(id, id === 'removes' ? 'remove' : 'clear', other.url);
    }
    await sync('retired', 'remove', others[0]?.url ?? '');
    await context.engine.run(
      raw("UPDATE destinations SET retired_at = TIMESTAMP '2026-03-02' WHERE destination_id = 'retired'"),
    );
    const { client, outcome } = await clientOn(context);
    const forget = async (customerId: string) =>
      outcome<ForgetReport>(
        await client.keeping.forget({ params: { customerId }, body: { confirm: customerId } }),
      );
    const { receivers } = await forget(known);
    expect(receivers.map(({ name, action, run, why }) => [name.es, action, run !== null, why])).toEqual([
      ['empties', 'emptied', true, byHandWhy.emptied],
      ['hook', 'emptied', true, byHandWhy.emptied],
      ['removes', 'removed', true, null],
      ['retired', 'by_hand', false, byHandWhy.retired],
    ]);
    await expect
      .poll(() => takers.empties.profiles.get(known), { timeout: 10_000 })
      .toEqual({ arrears: null });
    const run = receivers.find(({ action }) => action === 'removed')?.run ?? '';
    await expect
      .poll(async () => (await readExport(context.engine, run)).halted, { timeout: 10_000 })
      .toBe('401 who is …?');
    expect(await searchTables(context.engine, [known])).toEqual([]);
    // One that is halted keeps nobody else from being forgotten.
    expect((await forget('cliente-otro')).receivers).toHaveLength(4);
    expired = false;
    await setControl(context.engine, run, 'run');
    await expect.poll(() => takers.removes.profiles.has(known), { timeout: 10_000 }).toBe(false);
    await expect
      .poll(async () => (await readExport(context.engine, run)).state, { timeout: 10_000 })
      .toBe('done');
    expect(
      await context.engine.first(sql`SELECT 1 AS one FROM export_payloads WHERE export_id = ${run}`),
    ).toBeUndefined();
    const [line] = (
      await client.ledger.list({
        query: { destination: 'removes', carries: 'attributes', state: 'acknowledged' },
      })
    ).rows.filter(({ exportId }) => exportId === run);
    expect(line?.customerId).toMatch(/^forgotten-/);
  } finally {
    for (const other of others) await other.close();
  }
});
