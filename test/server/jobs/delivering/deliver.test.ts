import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Batch } from '#core/contract/delivery/batches.ts';
import type { ExportRun } from '#core/contract/delivery/exports.ts';
import { instant } from '#server/store/workspace.ts';
import { all, put, runJob } from '../../../support/contact/contact-fixture.ts';
import { putCrowd } from '../../../support/receiver/crowd.ts';
import { putDestination } from '../../../support/receiver/put.ts';
import { type LocalReceiver, startReceiver } from '../../../support/receiver/receiver.ts';
import { webhookSecret, webhookTaker } from '../../../support/receiver/webhook.ts';
import { openTestWorkspace } from '../../../support/workspace.ts';

const people = Array.from({ length: 300 }, (_, i) => `p${i}`).toSorted();
let workspace: Awaited<ReturnType<typeof openTestWorkspace>>;
let receiver: LocalReceiver;

beforeEach(async () => {
  workspace = await openTestWorkspace(undefined, {
    delivery: {
      scheduleMs: [0, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5],
      callTimeoutMs: 5_000,
      allowedPrivate: ['127.0.0.1'],
    },
  });
  await putCrowd(workspace.context, people.length);
});
afterEach(async () => {
  await workspace.close();
  await receiver.close();
});

const deliver = async (dedupes: boolean): Promise<ExportRun> => {
  const { context } = workspace;
  await putDestination(context, 'hook', 'webhook', { url: receiver.url, secret: webhookSecret, dedupes });
  const batch = await runJob<Batch>(context, 'check', { experimentId: 'exp', touch: 1 });
  return runJob<ExportRun>(context, 'deliver', { batchId: batch.id, destination: 'hook' });
};

it('sends each message once to a willing receiver, and says so row by row', async () => {
  const taker = webhookTaker();
  receiver = await startReceiver({ take: taker.take });
  const run = await deliver(true);
  expect(run).toMatchObject({
    state: 'done',
    rows: 300,
    states: { acknowledged: 300 },
    guarantee: 'idempotent',
  });
  expect([...taker.ids.values()].toSorted()).toEqual(people);
  expect(new Set(taker.seen.values())).toEqual(new Set([1]));
  const checks = await all(workspace.context, 'contact_checks', 'customer_id');
  expect(new Set(checks.map(({ state }) => state))).toEqual(new Set(['sent']));
  expect((await all(workspace.context, 'export_payloads', 'seq')).length).toBe(0);
});

it('through every fault, one that discards repeats ends with each message, and retries are the same bytes', async () => {
  const taker = webhookTaker();
  receiver = await startReceiver({ take: taker.take, failOneIn: 3 });
  const run = await deliver(true);
  expect(run.states).toEqual({ acknowledged: 300 });
  expect(taker.seen.size).toBe(300);
  expect(receiver.faulted.size).toBeGreaterThan(3);
  for (const bodies of taker.bodies.values()) expect(bodies.size).toBe(1);
});

it('through every fault, one that does not gets no message twice, and the missing ones are uncertain', async () => {
  const taker = webhookTaker();
  receiver = await startReceiver({ take: taker.take, failOneIn: 3 });
  const run = await deliver(false);
  expect(Math.max(...taker.seen.values())).toBe(1);
  const rows = await all(workspace.context, 'export_rows', 'seq');
  for (const row of rows)
    if (!taker.seen.has(String(row.message_key)))
      expect([row.customer_id, row.state]).toEqual([row.customer_id, 'uncertain']);
  expect(Object.values(run.states).reduce((sum, n) => sum + n, 0)).toBe(300);
});

it('stops for a person when credentials fail, and goes on when told to', async () => {
  const taker = webhookTaker();
  let expired = true;
  receiver = await startReceiver({
    take: (call) => (expired ? void call.response.writeHead(401).end('token expired') : taker.take(call)),
  });
  const { context } = workspace;
  await putDestination(context, 'hook', 'webhook', {
    url: receiver.url,
    secret: webhookSecret,
    dedupes: false,
  });
  const batch = await runJob<Batch>(context, 'check', { experimentId: 'exp', touch: 1 });
  const job = await context.jobs.submit({
    kind: 'deliver',
    input: { batchId: batch.id, destination: 'hook' },
    by: 'owner',
  });
  await expect
    .poll(async () => (await all(context, 'export_runs', 'export_id'))[0]?.halted, { timeout: 10_000 })
    .toBe('401 token expired');
  expired = false;
  await context.engine.run({ text: 'UPDATE export_runs SET halted = NULL', values: [] });
  const ended = await context.jobs.finished(job.id);
  expect((ended.result as ExportRun).states).toEqual({ acknowledged: 300 });
  expect(Math.max(...taker.seen.values())).toBe(1);
});

it('finds the rows a receiver will not have, and sends the others', async () => {
  const taker = webhookTaker();
  receiver = await startReceiver({
    take: (call) =>
      /"p(7|99)"/.test(call.body) ? void call.response.writeHead(422).end('bad row') : taker.take(call),
  });
  const run = await deliver(true);
  expect(run.states).toEqual({ acknowledged: 298, rejected: 2 });
  const rows = (await all(workspace.context, 'export_rows', 'seq')).filter(
    ({ state }) => state === 'rejected',
  );
  expect(rows.map(({ customer_id, reason }) => [customer_id, reason])).toEqual([
    ['p7', '422 bad row'],
    ['p99', '422 bad row'],
  ]);
});

it('an opt-out while it runs keeps the message back', async () => {
  const taker = webhookTaker();
  const { context } = workspace;
  const optOut = async () => {
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    const given = { customer_id: 'p299', channel: 'sms', basis: 'consent', granted_at: '2025-01-01' };
    await put(context, 'contact_permissions', [{ ...given, revoked_at: instant(context.now()) }]);
  };
  let told: Promise<void> | null = null;
  receiver = await startReceiver({
    take: async (call) => {
      told ??= optOut();
      await told;
      await taker.take(call);
    },
  });
  const run = await deliver(false);
  expect(run.states).toEqual({ acknowledged: 299, withheld: 1 });
  expect([...taker.ids.values()]).not.toContain('p299');
});
