import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Batch } from '#core/contract/batches.ts';
import type { ExportRun } from '#core/contract/exports.ts';
import type { Job } from '#core/contract/jobs.ts';
import { setControl } from '#server/store/delivery/rows.ts';
import { readExport } from '#server/store/exports.ts';
import { putExperiment, runJob } from '../../../support/contact-fixture.ts';
import { putDestination } from '../../../support/receiver/put.ts';
import { putPastDue, putSync } from '../../../support/receiver/put-sync.ts';
import { type LocalReceiver, startReceiver, type Take } from '../../../support/receiver/receiver.ts';
import { webhookSecret, webhookTaker } from '../../../support/receiver/webhook.ts';
import { openTestWorkspace, type TestWorkspace } from '../../../support/workspace.ts';

const people = Array.from({ length: 12 }, (_, i) => ({ id: `p${String(i).padStart(2, '0')}` }));
const folder = mkdtempSync(join(tmpdir(), 'ensayo-test-'));
let workspace: TestWorkspace;
let receiver: LocalReceiver;
const taker = webhookTaker();
/** What the receiver does with a call of messages; profiles are always taken. */
let messages: Take = taker.take;

const open = () =>
  openTestWorkspace(folder, {
    delivery: { scheduleMs: [0, 5, 5], callTimeoutMs: 5_000, allowedPrivate: ['127.0.0.1'] },
  });
const submit = (kind: string, input: Record<string, unknown>): Promise<Job> =>
  workspace.context.jobs.submit({ kind, input: { ...input, destination: 'hook' }, by: 'owner' });
const sync = () => runJob<ExportRun>(workspace.context, 'sync', { syncId: 'sync', destination: 'hook' });
const check = () => runJob<Batch>(workspace.context, 'check', { experimentId: 'exp', touch: 1 });
const ended = async (id: string) => (await workspace.context.jobs.finished(id)).result as ExportRun;

beforeAll(async () => {
  workspace = await open();
  receiver = await startReceiver({
    take: (call) => (call.body.includes('message.assigned') ? messages(call) : taker.take(call)),
  });
  await putExperiment(workspace.context, people, { sendOn: '2026-03-03' });
  await putPastDue(workspace.context);
  const options = { url: receiver.url, secret: webhookSecret, dedupes: false, rows: 2 };
  await putDestination(workspace.context, 'hook', 'webhook', options);
  await putSync(workspace.context, { mode: 'full' });
});
afterAll(async () => {
  await workspace.close();
  await receiver.close();
});

it('a run put off for long lets others to the same receiver go, and ends as soon as it is cancelled', async () => {
  messages = ({ response }) => void response.writeHead(429, { 'retry-after': '3600' }).end('not now');
  const { id: batchId } = await check();
  const { id } = await submit('deliver', { batchId });
  await expect.poll(() => receiver.calls, { timeout: 10_000 }).toBeGreaterThan(0);
  expect((await sync()).states).toEqual({ acknowledged: people.length });
  await setControl(workspace.context.engine, id, 'cancel');
  expect((await ended(id)).states).toEqual({ cancelled: people.length });
});

it('a paused run leaves the lane to those after it, through a stop too, and goes on with nothing sent twice', async () => {
  messages = taker.take;
  const { id: batchId } = await check();
  let paused: Promise<void> | null = null;
  messages = async (call) => {
    paused ??= setControl(workspace.context.engine, id, 'pause');
    await paused;
    await taker.take(call);
  };
  const { id } = await submit('deliver', { batchId });
  await expect.poll(() => paused, { timeout: 10_000 }).not.toBeNull();
  expect((await sync()).states).toEqual({ acknowledged: people.length });
  await workspace.leave();
  workspace = await open();
  expect((await sync()).states).toEqual({ acknowledged: people.length });
  expect((await workspace.context.jobs.get(id)).state).toBe('running');
  await setControl(workspace.context.engine, id, 'run');
  expect((await ended(id)).states).toEqual({ acknowledged: people.length });
  const sent = [...taker.bodies.values()].flatMap((bodies) => [...bodies]);
  const once = sent.filter((body) => body.includes('message.assigned'));
  expect(once.flatMap((body) => JSON.parse(body) as unknown[])).toHaveLength(people.length);
});

it('a token that expires in the middle halts the run and loses nothing; with another it goes on, and others never waited', async () => {
  const { context } = workspace;
  await putExperiment(context, people, {
    experimentId: 'exp2',
    planHash: 'plan2',
    sendOn: '2026-03-10',
    assignOnly: true,
  });
  const { id: batchId } = await runJob<Batch>(context, 'check', { experimentId: 'exp2', touch: 1 });
  let taken = 0;
  let valid = false;
  const kept: string[] = [];
  messages = (call) => {
    if (!valid && taken >= 2) return void call.response.writeHead(401).end('token expired');
    taken += 1;
    kept.push(call.body);
    return taker.take(call);
  };
  const { id } = await submit('deliver', { batchId });
  await expect
    .poll(async () => (await readExport(context.engine, id)).halted, { timeout: 10_000 })
    .toBe('401 token expired');
  expect((await sync()).states).toEqual({ acknowledged: people.length });
  valid = true;
  await setControl(context.engine, id, 'run');
  expect((await ended(id)).states).toEqual({ acknowledged: people.length });
  expect(kept.flatMap((body) => JSON.parse(body) as unknown[])).toHaveLength(people.length);
});
