import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Batch } from '#core/contract/delivery/batches.ts';
import type { ExportRun } from '#core/contract/delivery/exports.ts';
import type { Job } from '#core/contract/jobs.ts';
import { raw } from '#core/sql/sql.ts';
import { look } from '#server/jobs/scheduling/ticker.ts';
import { readExport } from '#server/store/delivery/exports.ts';
import { setControl } from '#server/store/delivery/rows.ts';
import { insertSchedule, readSchedules } from '#server/store/delivery/schedules.ts';
import { all, put, putExperiment, runJob } from '../../../../support/contact/contact-fixture.ts';
import { putDestination } from '../../../../support/receiver/put.ts';
import { putPastDue, putSync } from '../../../../support/receiver/put-sync.ts';
import { type LocalReceiver, startReceiver, type Take } from '../../../../support/receiver/receiver.ts';
import { webhookSecret, webhookTaker } from '../../../../support/receiver/webhook.ts';
import { openTestWorkspace, type TestWorkspace } from '../../../../support/workspace.ts';

const people = Array.from({ length: 12 }, (_, i) => ({ id: `p${String(i).padStart(2, '0')}` }));
const folder = mkdtempSync(join(tmpdir(), 'ensayo-test-'));
let workspace: TestWorkspace;
let receiver: LocalReceiver;
const taker = webhookTaker();
/** What the receiver does with a call of messages, and of profiles. */
let messages: Take = taker.take;
let profiles: Take = taker.take;

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
    take: (call) => (call.body.includes('message.assigned') ? messages(call) : profiles(call)),
  });
  await putExperiment(workspace.context, people, { sendOn: '2026-03-03' });
  await putPastDue(workspace.context);
  const options = { url: receiver.url, secret: webhookSecret, dedupes: false, rows: 1 };
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
    // Long enough for people to be asked about anew: the calls of one look go together.
    paused ??= setControl(workspace.context.engine, id, 'pause').then(
      () => new Promise((resolve) => setTimeout(resolve, 1_200)),
    );
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
  // What waits in it is kept back when it goes on: nobody looks for it again and again meanwhile.
  const waiting = (await all(workspace.context, 'export_rows', 'seq')).find(
    ({ export_id, state }) => export_id === id && state === 'pending',
  );
  expect(waiting).toBeDefined();
  const recall = { recall_id: 'r', export_id: id, customer_id: String(waiting?.customer_id) };
  const detected = { detected_at: '2026-03-02', state: 'pending', reason: 'payment' };
  await put(workspace.context, 'recalls', [{ ...recall, ...detected }], false);
  await look(workspace.context);
  const recalls = (await all(workspace.context, 'jobs', 'job_id')).filter(({ kind }) => kind === 'recall');
  expect(recalls).toEqual([]);
  await workspace.context.engine.run(raw('DELETE FROM recalls'));
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

it('a sync that is halted is begun no second time, by its schedule or by hand; what was missed is left out or made up for once', async () => {
  const { context } = workspace;
  profiles = ({ response }) => void response.writeHead(401).end('token expired');
  const timetable = { cron: '0 * * * *', timeZone: 'UTC', enabled: true };
  const work = { kind: 'sync', syncId: 'sync' } as const;
  for (const missed of ['skip', 'once'] as const)
    await insertSchedule(
      context.engine,
      missed,
      { ...timetable, name: missed, work, missed },
      '2026-03-01',
      'owner',
    );
  const syncs = async () => (await all(context, 'jobs', 'job_id')).filter(({ kind }) => kind === 'sync');
  const before = (await syncs()).length;
  const from = Date.now();
  const lookAfter = (minutes: number) =>
    look({ ...context, now: () => new Date(Math.floor(from / 3_600_000) * 3_600_000 + minutes * 60_000) });
  await lookAfter(1);
  const run = String((await syncs()).at(-1)?.job_id);
  await expect
    .poll(async () => (await readExport(context.engine, run).catch(() => null))?.halted)
    .toMatch(/^401/);
  for (const minutes of [20, 61, 100]) await lookAfter(minutes);
  expect((await syncs()).length).toBe(before + 1);
  const noted = (await readSchedules(context.engine)).map(({ name, lastNote }) => [name, lastNote]);
  expect(noted).toEqual([
    ['once', null],
    ['skip', 'missed'],
  ]);
  await expect(sync()).rejects.toThrow('sync_under_way');
  profiles = taker.take;
  await setControl(context.engine, run, 'run');
  expect((await ended(run)).states).toEqual({ acknowledged: people.length });
  await lookAfter(101);
  const made = (await syncs()).slice(before + 1).filter(({ by_principal }) => by_principal === 'schedule');
  expect(made).toHaveLength(1);
  expect((await ended(String(made[0]?.job_id))).states).toEqual({ acknowledged: people.length });
  await lookAfter(102);
  expect((await readSchedules(context.engine)).map(({ lastJob }) => lastJob)).toEqual([
    made[0]?.job_id,
    null,
  ]);
});
