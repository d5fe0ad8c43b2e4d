import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ForgetReport } from '#core/contract/keeping.ts';
import { all, putExperiment, runJob } from '../../../support/contact-fixture.ts';
import { clientOn } from '../../../support/full-workspace.ts';
import { profileTaker } from '../../../support/receiver/profiles.ts';
import { putDestination } from '../../../support/receiver/put.ts';
import { putPastDue, putSync } from '../../../support/receiver/put-sync.ts';
import { type LocalReceiver, startReceiver } from '../../../support/receiver/receiver.ts';
import { webhookSecret } from '../../../support/receiver/webhook.ts';
import { searchTables } from '../../../support/search-workspace.ts';
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
