import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ExportRun } from '#core/contract/delivery/exports.ts';
import { raw } from '#core/sql/sql.ts';
import { all, put, putExperiment, runJob } from '../../../support/contact/contact-fixture.ts';
import { profileTaker } from '../../../support/receiver/profiles.ts';
import { putDestination } from '../../../support/receiver/put.ts';
import { putPastDue, putSync, setDays } from '../../../support/receiver/put-sync.ts';
import { type LocalReceiver, startReceiver } from '../../../support/receiver/receiver.ts';
import { webhookSecret } from '../../../support/receiver/webhook.ts';
import { openTestWorkspace, type TestWorkspace } from '../../../support/workspace.ts';

const people = Array.from({ length: 30 }, (_, i) => ({ id: `p${String(i).padStart(2, '0')}` }));
let workspace: TestWorkspace;
let receiver: LocalReceiver;
let taker: ReturnType<typeof profileTaker>;
let bad = '';

beforeEach(async () => {
  workspace = await openTestWorkspace(undefined, {
    delivery: {
      scheduleMs: [0, ...Array.from({ length: 30 }, () => 5)],
      callTimeoutMs: 5_000,
      allowedPrivate: ['127.0.0.1'],
    },
  });
  await putExperiment(workspace.context, people);
  await putPastDue(workspace.context);
  bad = '';
  taker = profileTaker(({ subject }) => subject === bad);
});
afterEach(async () => {
  await workspace.close();
  await receiver.close();
});

const start = async (failOneIn = 0) => {
  receiver = await startReceiver({ take: taker.take, failOneIn, seed: 5 });
  const options = { url: receiver.url, secret: webhookSecret, dedupes: true, rows: 3 };
  await putDestination(workspace.context, 'hook', 'webhook', options);
};
const run = () => runJob<ExportRun>(workspace.context, 'sync', { syncId: 'sync', destination: 'hook' });
/** Days past due of each profile there; null: emptied. */
const there = () =>
  Object.fromEntries([...taker.profiles].map(([id, { days_past_due }]) => [id, days_past_due]).toSorted());
const states = () => all(workspace.context, 'sync_states', 'customer_id');

it('puts every person once with their attributes, and then only those that changed', async () => {
  await start();
  await putSync(workspace.context);
  const first = await run();
  expect(first).toMatchObject({
    carries: 'attributes',
    syncId: 'sync',
    rows: 30,
    states: { acknowledged: 30 },
  });
  expect(taker.profiles.get('p01')).toEqual({
    segment: 'En mora',
    days_past_due: 12,
    arrears: '1250.50',
    currency: 'COP',
    arm_exp: 'loss_aversion',
    style_exp: 'commitment',
  });
  taker.came.length = 0;
  expect(await run()).toMatchObject({ rows: 0, states: {} });
  await setDays(workspace.context, 'p07', 40);
  await setDays(workspace.context, 'p08', 0);
  const third = await run();
  expect(taker.came).toEqual(['p07']);
  // Frozen with a date by the runs that used other people than before.
  expect(await all(workspace.context, 'segment_freezes', 'frozen_at')).toMatchObject([
    { segment_id: 'past-due', reason: 'export', used_by: first.id, customers: 30, current: false },
    { segment_id: 'past-due', reason: 'export', used_by: third.id, customers: 29, current: false },
  ]);
  expect(there()).toMatchObject({ p07: 40, p08: 12 });
});

it('attributes that go back to what they were are not taken for a repeat', async () => {
  await start();
  await putSync(workspace.context);
  for (const days of [12, 40, 12, 40, 12]) {
    await setDays(workspace.context, 'p07', days);
    await run();
    expect(there().p07).toBe(days);
  }
});

it('amounts of several currencies are never added: those of the account longest overdue stand alone', async () => {
  await start();
  const more = [
    { account_id: 'b', customer_id: 'p03', currency: 'COP', days: 5, arrears: '100.25' },
    { account_id: 'c', customer_id: 'p03', currency: 'USD', days: 90, arrears: '7.10' },
    { account_id: 'd', customer_id: 'p04', currency: 'COP', days: 5, arrears: '100.25' },
  ];
  for (const { days, arrears, ...account } of more) {
    await put(workspace.context, 'accounts', [account]);
    const snapshot = { account_id: account.account_id, as_of: '2026-02-28', arrears, days_past_due: days };
    await put(workspace.context, 'snapshots', [snapshot]);
  }
  await putSync(workspace.context);
  await run();
  expect(taker.profiles.get('p03')).toMatchObject({ arrears: '7.10', currency: 'USD', days_past_due: 90 });
  expect(taker.profiles.get('p04')).toMatchObject({ arrears: '1350.75', currency: 'COP', days_past_due: 12 });
});

it('a mirror empties or takes away whoever left, and puts back who returns', async () => {
  await start();
  await putSync(workspace.context, { mode: 'mirror', leaving: 'remove' });
  await run();
  await setDays(workspace.context, 'p05', 0);
  expect(await run()).toMatchObject({ rows: 1 });
  expect(taker.profiles.has('p05')).toBe(false);
  expect(await run()).toMatchObject({ rows: 0 });
  await setDays(workspace.context, 'p05', 12);
  await run();
  expect(there().p05).toBe(12);
  expect(taker.profiles.size).toBe(30);
});

it('full sends every row each time', async () => {
  await start();
  await putSync(workspace.context, { mode: 'full' });
  await run();
  taker.came.length = 0;
  expect(await run()).toMatchObject({ rows: 30, states: { acknowledged: 30 } });
  expect(taker.came.toSorted()).toEqual(people.map(({ id }) => id));
});

it('who is not to be contacted any more leaves in every mode, and is listed with the rule', async () => {
  await start();
  await putSync(workspace.context);
  await put(workspace.context, 'flags', [{ customer_id: 'p01', kind: 'deceased', started_on: '2026-01-01' }]);
  expect(await run()).toMatchObject({ rows: 29, excluded: 1, states: { acknowledged: 29, excluded: 1 } });
  await put(workspace.context, 'flags', [
    { customer_id: 'p02', kind: 'cease_contact', started_on: '2026-03-01' },
  ]);
  const again = await run();
  expect(there().p02).toBeNull();
  expect(taker.profiles.has('p01')).toBe(false);
  const rows = (await all(workspace.context, 'export_rows', 'customer_id')).filter(
    ({ export_id }) => export_id === again.id,
  );
  expect(rows.map(({ customer_id, state, rule }) => [customer_id, state, rule])).toEqual([
    ['p01', 'excluded', 'deceased'],
    ['p02', 'acknowledged', 'cease_contact'],
  ]);
});

it('a refused row comes again in the next run, and after three is left until it changes', async () => {
  await start();
  await putSync(workspace.context);
  bad = 'p09';
  expect((await run()).states).toEqual({ acknowledged: 29, rejected: 1 });
  expect((await run()).states).toEqual({ rejected: 1 });
  expect((await run()).states).toEqual({ dead: 1 });
  expect((await run()).rows).toBe(0);
  await setDays(workspace.context, 'p09', 13);
  expect((await run()).states).toEqual({ rejected: 1 });
  bad = '';
  expect((await run()).states).toEqual({ acknowledged: 1 });
  expect(there().p09).toBe(13);
});

it('a row that a later run has overtaken is not tried again by hand', async () => {
  await start();
  await putSync(workspace.context);
  bad = 'p09';
  const old = await run();
  bad = '';
  await setDays(workspace.context, 'p09', 13);
  await run();
  await expect(
    runJob(workspace.context, 'redeliver', { exportId: old.id, destination: 'hook' }),
  ).rejects.toThrow('nothing_to_retry');
  expect(there().p09).toBe(13);
});

it('through every fault, profiles end as the segment is, run after run', async () => {
  await start(3);
  await putSync(workspace.context, { mode: 'mirror' });
  for (const round of [1, 2, 3]) {
    await workspace.context.engine.run(
      raw(`UPDATE snapshots SET days_past_due = (CAST(substr(account_id, 3) AS INTEGER) * ${round}) % 4`),
    );
    expect((await run()).states.uncertain).toBeUndefined();
    const days = people.map(({ id }) => [id, (Number(id.slice(1)) * round) % 4] as const);
    const wanted = days.filter(([id, n]) => n > 0 || taker.profiles.has(id));
    expect(there()).toEqual(Object.fromEntries(wanted.map(([id, n]) => [id, n > 0 ? n : null])));
  }
  expect(receiver.faulted.size).toBeGreaterThan(2);
  expect((await states()).every(({ sure }) => sure)).toBe(true);
});

it('accounts of nobody, and ids that a receiver takes for one, stop the run by name', async () => {
  await start();
  await putSync(workspace.context);
  const account = (id: string, customer: string | null) => [
    { account_id: id, customer_id: customer, currency: 'COP' },
  ];
  const late = (id: string) => [{ account_id: id, as_of: '2026-02-28', arrears: '1.00', days_past_due: 9 }];
  await put(workspace.context, 'accounts', account('twin', 'p03 '));
  await put(workspace.context, 'snapshots', late('twin'));
  await expect(run()).rejects.toThrow('"p03", "p03 "');
  await workspace.context.engine.run(raw(`UPDATE accounts SET customer_id = '' WHERE account_id = 'twin'`));
  await expect(run()).rejects.toThrow('customer_id is empty');
  expect(taker.came).toEqual([]);
  expect(await states()).toEqual([]);
});
