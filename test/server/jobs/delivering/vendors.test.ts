import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Batch } from '#core/contract/delivery/batches.ts';
import type { ExportRun } from '#core/contract/delivery/exports.ts';
import type { Context } from '#server/context.ts';
import { writeMapping } from '#server/store/delivery/mappings.ts';
import { setControl } from '#server/store/delivery/rows.ts';
import { all, put, putExperiment, runJob } from '../../../support/contact/contact-fixture.ts';
import { brazeKey, brazeTaker } from '../../../support/receiver/braze.ts';
import { putDestination } from '../../../support/receiver/put.ts';
import { putPastDue, putSync } from '../../../support/receiver/put-sync.ts';
import { type LocalReceiver, startReceiver } from '../../../support/receiver/receiver.ts';
import { openTestWorkspace, type TestWorkspace } from '../../../support/workspace.ts';

const people = Array.from({ length: 60 }, (_, i) => ({ id: `p${String(i).padStart(2, '0')}` }));
let workspace: TestWorkspace;
let receiver: LocalReceiver;
let taker: ReturnType<typeof brazeTaker>;

beforeEach(async () => {
  workspace = await openTestWorkspace(undefined, {
    delivery: { scheduleMs: [0, 5, 5, 5], callTimeoutMs: 5_000, allowedPrivate: ['127.0.0.1'] },
  });
  await putExperiment(workspace.context, people, { sendOn: '2026-03-03' });
  taker = brazeTaker();
});
afterEach(async () => {
  await workspace.close();
  await receiver.close();
});

const setUp = async (context: Context, more: Record<string, unknown> = {}) =>
  putDestination(context, 'hook', 'braze', { url: receiver.url, apiKey: brazeKey, create: true, ...more });

const mapped = async (context: Context, state: 'draft' | 'approved', event = 'cobranza_sms') => {
  for (const style of ['neutral', 'commitment', 'simplification'])
    await writeMapping(context.engine, 'hook', {
      ...{ template: `${style}:sms`, language: 'es', state, by: 'owner', changedAt: '2026-03-01T00:00:00Z' },
      mapping: { event, canvasStep: 'paso-1' },
      approvedBy: state === 'approved' ? 'Ana' : null,
    });
};

const checked = (context: Context) => runJob<Batch>(context, 'check', { experimentId: 'exp', touch: 1 });

it('sends no text that is not mapped and approved there, and says which', async () => {
  receiver = await startReceiver({ take: taker.take });
  const { context } = workspace;
  await setUp(context);
  const { id: batchId } = await checked(context);
  await mapped(context, 'draft');
  const input = { batchId, destination: 'hook' };
  await expect(runJob(context, 'deliver', input)).rejects.toThrow(/sms es/);
  expect(receiver.calls).toBe(0);
});

it('halts when its key expires within a run, goes on under the same names when it is renewed, and calls back on the profile', async () => {
  const { context } = workspace;
  receiver = await startReceiver({
    take: async (call) => {
      await taker.take(call);
      if (taker.events.length === 20) taker.key.valid = false;
    },
  });
  await setUp(context, { objects: 1 });
  await mapped(context, 'approved');
  const { id: batchId } = await checked(context);
  const job = await context.jobs.submit({
    kind: 'deliver',
    input: { batchId, destination: 'hook' },
    by: 'owner',
  });
  await expect
    .poll(async () => (await all(context, 'export_runs', 'export_id'))[0]?.halted, { timeout: 20_000 })
    .toContain('401');
  // Names changed, or no longer approved, are for runs to come.
  await mapped(context, 'draft', 'otro_nombre');
  taker.key.valid = true;
  await setControl(context.engine, job.id, 'run');
  const { result } = await context.jobs.finished(job.id);
  expect((result as ExportRun).states).toEqual({ acknowledged: 60 });
  const came = taker.events.map(({ external_id }) => external_id);
  expect([...came].toSorted()).toEqual(people.map(({ id }) => id));
  expect(taker.events[0]).toMatchObject({ name: 'cobranza_sms', properties: { canvas_step_id: 'paso-1' } });
  expect(new Set(taker.events.map(({ name }) => name))).toEqual(new Set(['cobranza_sms']));

  const recall = { recall_id: 'r1', export_id: job.id, seq: 3, customer_id: 'p03', reason: 'payment' };
  const detected = { detected_at: '2026-03-02 10:00:00', state: 'pending' };
  await put(context, 'recalls', [{ ...recall, ...detected }], false);
  await runJob(context, 'recall', {});
  await expect
    .poll(() => taker.profiles.get('p03'), { timeout: 20_000 })
    .toEqual({
      ensayo_recalled: taker.events.find(({ external_id }) => external_id === 'p03')?.properties.message_key,
      ensayo_recall_reason: 'payment',
    });
});

it('keeps attributes up to date, and refuses a sync that would delete profiles', async () => {
  const { context } = workspace;
  receiver = await startReceiver({ take: taker.take, failOneIn: 3 });
  await setUp(context, { objects: 10 });
  await putPastDue(context);
  await putSync(context, { mode: 'mirror', columns: ['segment', 'days_past_due'] });
  const input = { syncId: 'sync', destination: 'hook' };
  expect(await runJob<ExportRun>(context, 'sync', input)).toMatchObject({ states: { acknowledged: 60 } });
  expect(taker.profiles.get('p05')).toEqual({ ensayo_segment: 'En mora', ensayo_days_past_due: 12 });
  await context.engine.run({
    text: "UPDATE snapshots SET days_past_due = 0 WHERE account_id = 'ap05'",
    values: [],
  });
  await runJob<ExportRun>(context, 'sync', input);
  expect(taker.profiles.get('p05')).toEqual({});
  await context.engine.run({
    text: 'UPDATE syncs SET definition = replace(definition, \'"clear"\', \'"remove"\')',
    values: [],
  });
  await expect(runJob(context, 'sync', input)).rejects.toThrow('deletes no profiles');
});
