import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Batch } from '#core/contract/delivery/batches.ts';
import type { ExportRun } from '#core/contract/delivery/exports.ts';
import type { Context } from '#server/context.ts';
import { writeSetting } from '#server/store/workspace.ts';
import { all, put, putExperiment, runJob } from '../../../support/contact/contact-fixture.ts';
import { putDestination } from '../../../support/receiver/put.ts';
import { startReceiver } from '../../../support/receiver/receiver.ts';
import { webhookSecret, webhookTaker } from '../../../support/receiver/webhook.ts';
import { openTestWorkspace, type TestWorkspace } from '../../../support/workspace.ts';

const people = Array.from({ length: 6 }, (_, i) => ({ id: `p${i}` }));
let workspace: TestWorkspace;
beforeEach(async () => {
  workspace = await openTestWorkspace(undefined, {
    delivery: { scheduleMs: [0, 5, 5], callTimeoutMs: 5_000, allowedPrivate: ['127.0.0.1'] },
  });
  await putExperiment(workspace.context, people, { sendOn: '2026-03-03' });
});
afterEach(() => workspace.close());

const callBack = async (context: Context, exportId: string, who: string, seq: number) => {
  const detected = { detected_at: '2026-03-02 10:00:00', state: 'pending', reason: 'payment' };
  await put(
    context,
    'recalls',
    [{ recall_id: `r${who}`, export_id: exportId, seq, customer_id: who, ...detected }],
    false,
  );
  const { runs } = await runJob<{ runs: { exportId: string }[] }>(context, 'recall', {});
  await expect
    .poll(async () => (await all(context, 'recalls', 'recall_id')).map(({ state }) => state), {
      timeout: 20_000,
    })
    .toEqual(['sent']);
  return runs;
};

it('a file run waits for fresh contacts, counts them and what was paid since the check, and gets a suppression file with a manifest of its own', async () => {
  const { context } = workspace;
  const batch = await runJob<Batch>(context, 'check', { experimentId: 'exp', touch: 1 });
  const exporting = () =>
    runJob<ExportRun>(context, 'export', { batchId: batch.id, destination: 'file', options: {} });
  const called = (customer_id: string, sent_at: string) =>
    put(context, 'contacts', [
      {
        contact_id: `x${customer_id}`,
        customer_id,
        channel: 'call',
        sent_at,
        known_at: sent_at,
        delivered: true,
      },
    ]);
  await called('p4', '2026-01-10 15:00:00');
  await expect(exporting()).rejects.toThrow(/^contacts_stale/);
  const at = '2026-03-02 15:00:00';
  await called('p5', at);
  const paid = { payment_id: 'p2', account_id: 'ap2', amount: '1250.50' };
  await put(context, 'payments', [{ ...paid, paid_at: at, known_at: at }]);
  await writeSetting(context.engine, 'today', '2026-03-03');
  const run = await exporting();
  expect(await all(context, 'export_rows', 'seq')).toMatchObject(
    people.map(({ id }) => {
      const reason = { p2: 'paid', p5: 'contacted' }[id] ?? null;
      return { state: reason === null ? 'written' : 'withheld', reason };
    }),
  );
  const [made] = await callBack(context, run.id, 'p3', 3);
  const rows = await all(context, 'export_runs', 'started_at');
  const path = String(rows.find(({ export_id }) => export_id === made?.exportId)?.manifest_path);
  expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({
    rows: 1,
    assumptions: { suppression: true },
  });
  expect(readFileSync(join(dirname(path), 'messages.csv'), 'utf8')).toMatch(
    /^customer_id,message_key,reason.*\np3,[0-9a-f]{32},payment,/,
  );
  expect((await all(context, 'recalls', 'recall_id'))[0]).toMatchObject({
    state: 'sent',
    outcome: 'written',
  });
});

it('a receiver is told which message to forget', async () => {
  const { context } = workspace;
  const taker = webhookTaker();
  const receiver = await startReceiver({ take: taker.take, failOneIn: 2 });
  try {
    await putDestination(context, 'hook', 'webhook', {
      url: receiver.url,
      secret: webhookSecret,
      dedupes: true,
    });
    const batch = await runJob<Batch>(context, 'check', { experimentId: 'exp', touch: 1 });
    const run = await runJob<ExportRun>(context, 'deliver', { batchId: batch.id, destination: 'hook' });
    await callBack(context, run.id, 'p3', 3);
    const [recall] = await all(context, 'recalls', 'recall_id');
    expect(recall).toMatchObject({ state: 'sent', outcome: 'acknowledged' });
    const told = [...taker.bodies.values()]
      .flatMap((bodies) => [...bodies])
      .filter((body) => body.includes('message.recalled'));
    expect(told).toHaveLength(1);
    expect(JSON.parse(told[0] ?? '')[0]).toMatchObject({ subject: 'p3', data: { reason: 'payment' } });
  } finally {
    await receiver.close();
  }
});
