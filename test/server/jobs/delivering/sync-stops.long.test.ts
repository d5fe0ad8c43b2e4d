import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ExportRun } from '#core/contract/delivery/exports.ts';
import { raw } from '#core/sql/sql.ts';
import { readConfig } from '#server/config.ts';
import { type Opened, openWorkspace } from '#server/open.ts';
import { insertSync } from '#server/store/delivery/sync/syncs.ts';
import { all, putExperiment, runJob } from '../../../support/contact/contact-fixture.ts';
import { profileTaker } from '../../../support/receiver/profiles.ts';
import { putDestination } from '../../../support/receiver/put.ts';
import { putPastDue, putSync } from '../../../support/receiver/put-sync.ts';
import { type LocalReceiver, startReceiver, type Take } from '../../../support/receiver/receiver.ts';
import { webhookSecret } from '../../../support/receiver/webhook.ts';

const people = Array.from({ length: 40 }, (_, i) => ({ id: `p${String(i).padStart(2, '0')}` }));
let folder: string;
let workspace: Opened;
let receiver: LocalReceiver;
let taker: ReturnType<typeof profileTaker>;
let slowly: (take: () => void) => Promise<void>;

const open = () =>
  openWorkspace(
    readConfig({
      workspace: folder,
      threads: 1,
      memoryLimit: '1GB',
      logLevel: 'error',
      delivery: { scheduleMs: [0, 5, 5, 5], callTimeoutMs: 5_000, allowedPrivate: ['127.0.0.1'] },
    }),
  );

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ensayo-test-'));
  workspace = await open();
  slowly = async (take) => take();
  taker = profileTaker();
  const take: Take = (call) => slowly(() => void taker.take(call));
  receiver = await startReceiver({ take });
  await putExperiment(workspace.context, people);
  await putPastDue(workspace.context);
  const options = { url: receiver.url, secret: webhookSecret, dedupes: true, rows: 1 };
  await putDestination(workspace.context, 'hook', 'webhook', options);
});
afterEach(async () => {
  await workspace.close();
  await receiver.close();
  rmSync(folder, { recursive: true, force: true });
});

const input = { syncId: 'sync', destination: 'hook' };

it('a run cut off goes on at the next start, with the same rows under the same keys', async () => {
  await putSync(workspace.context);
  let calls = 0;
  slowly = async (take) => {
    calls += 1;
    if (calls > 8) await new Promise((resolve) => setTimeout(resolve, 300));
    take();
  };
  const { id } = await workspace.context.jobs.submit({ kind: 'sync', input, by: 'owner' });
  await expect.poll(() => calls, { timeout: 20_000 }).toBeGreaterThan(8);
  await workspace.close();
  const before = taker.ids.size;
  expect(before).toBeLessThan(40);
  slowly = async (take) => take();
  workspace = await open();
  const ended = await workspace.context.jobs.finished(id);
  expect((ended.result as ExportRun).states).toEqual({ acknowledged: 40 });
  expect([...taker.profiles.keys()].toSorted()).toEqual(people.map(({ id: person }) => person));
  expect(taker.ids.size).toBe(40);
  expect((await runJob<ExportRun>(workspace.context, 'sync', input)).rows).toBe(0);
});

it('a run cancelled half-way holds what was acknowledged, and the next one sends the rest', async () => {
  await putSync(workspace.context);
  slowly = async (take) => {
    if (taker.ids.size >= 8) await new Promise((resolve) => setTimeout(resolve, 150));
    take();
  };
  const { id } = await workspace.context.jobs.submit({ kind: 'sync', input, by: 'owner' });
  await expect.poll(() => taker.ids.size, { timeout: 20_000 }).toBeGreaterThan(7);
  await workspace.context.jobs.cancel(id);
  expect((await workspace.context.jobs.finished(id)).state).toBe('cancelled');
  const states = await all(workspace.context, 'sync_states', 'customer_id');
  const held = states.filter(({ sure }) => sure).map(({ customer_id }) => customer_id);
  for (const person of held) expect(taker.profiles.has(String(person))).toBe(true);
  slowly = async (take) => take();
  const rest = await runJob<ExportRun>(workspace.context, 'sync', input);
  expect(rest.rows).toBe(40 - held.length);
  expect(taker.profiles.size).toBe(40);
});

it('who is held out leaves; a profile that another sync keeps is emptied of its own attributes alone', async () => {
  const { context } = workspace;
  await putSync(context, { columns: ['days_past_due'], leaving: 'remove' });
  const definition = {
    segmentId: 'past-due',
    columns: ['currency'],
    mode: 'upsert',
    leaving: 'remove',
  } as const;
  const other = {
    name: 'Monedas',
    destinationId: 'hook',
    definition: { ...definition, columns: ['currency'] },
  };
  await insertSync(context.engine, 'other', other, '2026-03-01', 'owner');
  await runJob(context, 'sync', input);
  await runJob(context, 'sync', { ...input, syncId: 'other' });
  expect(taker.profiles.get('p04')).toEqual({ days_past_due: 12, currency: 'COP' });
  await context.engine.run(
    raw(`INSERT INTO contact_holdouts (holdout_id, state, plan, salt, expected, created_at, by_principal)
      VALUES ('h', 'running', '{}', 's', '{}', TIMESTAMP '2026-03-01', 'owner')`),
  );
  await context.engine.run(
    raw(`INSERT INTO holdout_people (holdout_id, customer_id, held, bucket, stratum, hash, propensity, entered_on, until_on)
      VALUES ('h', 'p04', true, 1, 's', 'x', 0.1, DATE '2026-03-01', DATE '2026-09-01')`),
  );
  expect((await runJob<ExportRun>(context, 'sync', input)).rows).toBe(1);
  expect(taker.profiles.get('p04')).toEqual({ days_past_due: null, currency: 'COP' });
  await runJob(context, 'sync', { ...input, syncId: 'other' });
  expect(taker.profiles.has('p04')).toBe(false);
  expect(taker.profiles.size).toBe(39);
});
