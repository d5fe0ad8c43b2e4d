import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Batch } from '#core/contract/delivery/batches.ts';
import type { ExportRun } from '#core/contract/delivery/exports.ts';
import { setControl } from '#server/store/delivery/rows.ts';
import { all, put, putExperiment, runJob } from '../../../support/contact/contact-fixture.ts';
import { putDestination } from '../../../support/receiver/put.ts';
import { type LocalReceiver, startReceiver } from '../../../support/receiver/receiver.ts';
import { webhookSecret, webhookTaker } from '../../../support/receiver/webhook.ts';
import { openTestWorkspace, type TestWorkspace } from '../../../support/workspace.ts';

const people = Array.from({ length: 6 }, (_, i) => ({ id: `p${i}` }));
let workspace: TestWorkspace;
let receiver: LocalReceiver;
let refuses: RegExp;
let expired: boolean;
let held: Promise<void> | null;
const taker = { now: webhookTaker() };

beforeEach(async () => {
  workspace = await openTestWorkspace(undefined, {
    delivery: { scheduleMs: [0, 5, 5], callTimeoutMs: 20_000, allowedPrivate: ['127.0.0.1'] },
  });
  const { context } = workspace;
  await putExperiment(context, people, { sendOn: '2026-03-03' });
  refuses = /"p0"/;
  expired = false;
  held = null;
  taker.now = webhookTaker();
  receiver = await startReceiver({
    take: async (call) => {
      if (refuses.test(call.body)) return void call.response.writeHead(422).end('bad row');
      if (expired) return void call.response.writeHead(401).end('token expired');
      await held;
      await taker.now.take(call);
    },
  });
  const options = { url: receiver.url, secret: webhookSecret, dedupes: true };
  await putDestination(context, 'hook', 'webhook', options);
});
afterEach(async () => {
  await workspace.close();
  await receiver.close();
});

const check = () => runJob<Batch>(workspace.context, 'check', { experimentId: 'exp', touch: 1 });
const submit = (kind: string, input: unknown) => workspace.context.jobs.submit({ kind, input, by: 'owner' });
/** Holds the receiver's answers until the function given is called. */
function hold(): () => void {
  let release = () => {};
  held = new Promise((resolve) => {
    release = resolve;
  });
  return release;
}

it('a batch whose rejected rows are tried again cannot leave a second time meanwhile; who was contacted since is kept back', async () => {
  const { context } = workspace;
  const batch = await check();
  refuses = /"p[01]"/;
  const run = await runJob<ExportRun>(context, 'deliver', { batchId: batch.id, destination: 'hook' });
  expect(run.states).toEqual({ acknowledged: 4, rejected: 2 });
  refuses = /nobody/;
  const at = '2026-03-02 15:00:00';
  await put(context, 'contacts', [
    { contact_id: 'x', customer_id: 'p1', channel: 'call', sent_at: at, known_at: at, delivered: true },
  ]);
  const release = hold();
  const again = await submit('redeliver', { exportId: run.id, destination: 'hook', keys: null });
  await expect
    .poll(async () => (await all(context, 'export_rows', 'seq')).map(({ state }) => state))
    .toContain('sending');
  await expect(
    runJob(context, 'export', { batchId: batch.id, destination: 'file', options: {} }),
  ).rejects.toThrow('batch_exported');
  release();
  const { states } = (await context.jobs.finished(again.id)).result as ExportRun;
  expect(states).toEqual({ acknowledged: 5, withheld: 1 });
});

it('rows of a run that came to nothing are not tried again once their batch left another way', async () => {
  const { context } = workspace;
  const batch = await check();
  expired = true;
  const job = await submit('deliver', { batchId: batch.id, destination: 'hook' });
  await expect
    .poll(async () => (await all(context, 'export_runs', 'export_id'))[0]?.halted, { timeout: 10_000 })
    .toBe('401 token expired');
  await setControl(context.engine, job.id, 'cancel');
  expect(((await context.jobs.finished(job.id)).result as ExportRun).states).toEqual({
    cancelled: 5,
    rejected: 1,
  });
  const retry = { exportId: job.id, destination: 'hook', keys: null };
  await expect(runJob(context, 'redeliver', retry)).rejects.toThrow('nothing_to_retry');
  const file = await runJob<ExportRun>(context, 'export', {
    batchId: batch.id,
    destination: 'file',
    options: {},
  });
  expect(file.states).toEqual({ written: 6 });
  refuses = /nobody/;
  expired = false;
  await expect(runJob(context, 'redeliver', retry)).rejects.toThrow('nothing_to_retry');
  expect(taker.now.seen.size).toBe(0);
});

it('recalls under way are not ended by whoever asks for them again', async () => {
  const { context } = workspace;
  refuses = /nobody/;
  const batch = await check();
  const run = await runJob<ExportRun>(context, 'deliver', { batchId: batch.id, destination: 'hook' });
  const detected = { detected_at: '2026-03-02 10:00:00', state: 'pending', reason: 'payment' };
  await put(
    context,
    'recalls',
    [{ recall_id: 'r', export_id: run.id, seq: 3, customer_id: 'p3', ...detected }],
    false,
  );
  const release = hold();
  const { runs } = await runJob<{ runs: { exportId: string }[] }>(context, 'recall', {});
  const exportId = runs[0]?.exportId;
  await expect
    .poll(async () => (await all(context, 'export_rows', 'seq')).map(({ state }) => state))
    .toContain('sending');
  await expect(runJob(context, 'redeliver', { exportId, destination: 'hook', keys: null })).rejects.toThrow(
    'nothing_to_retry',
  );
  const states = (await all(context, 'export_runs', 'export_id')).map(({ export_id, state }) => [
    export_id,
    state,
  ]);
  expect(Object.fromEntries(states)[exportId ?? '']).toBe('writing');
  release();
  await expect
    .poll(async () => (await all(context, 'recalls', 'recall_id'))[0]?.state, { timeout: 20_000 })
    .toBe('sent');
});

it('a recall that was refused stands as its row does when that is tried again', async () => {
  const { context } = workspace;
  refuses = /message.recalled/;
  const batch = await check();
  const run = await runJob<ExportRun>(context, 'deliver', { batchId: batch.id, destination: 'hook' });
  const detected = { detected_at: '2026-03-02 10:00:00', state: 'pending', reason: 'payment' };
  const of = (who: number) => ({ recall_id: `r${who}`, export_id: run.id, seq: who, customer_id: `p${who}` });
  await put(
    context,
    'recalls',
    [1, 3].map((who) => ({ ...of(who), ...detected })),
    false,
  );
  const { runs } = await runJob<{ runs: { exportId: string }[] }>(context, 'recall', {});
  const states = async () => (await all(context, 'recalls', 'recall_id')).map(({ state }) => state);
  await expect.poll(states, { timeout: 20_000 }).toEqual(['failed', 'failed']);
  refuses = /nobody/;
  const release = hold();
  const again = await submit('redeliver', { exportId: runs[0]?.exportId, destination: 'hook', keys: null });
  await expect.poll(states, { timeout: 20_000 }).toEqual(['sending', 'sending']);
  release();
  await context.jobs.finished(again.id);
  expect(await all(context, 'recalls', 'recall_id')).toMatchObject([
    { state: 'sent', outcome: 'acknowledged', detail: null, sent_at: expect.stringMatching(/^20/) },
    { state: 'sent', outcome: 'acknowledged', detail: null, sent_at: expect.stringMatching(/^20/) },
  ]);
});
