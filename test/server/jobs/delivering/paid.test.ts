import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Batch } from '#core/contract/delivery/batches.ts';
import type { ExportRun } from '#core/contract/delivery/exports.ts';
import { sql } from '#core/sql/sql.ts';
import { putExperiment } from '../../../support/contact/contact-fixture.ts';
import { messageKeys, sendEvents } from '../../../support/contact/events.ts';
import { loadFile, writeInput } from '../../../support/files/load.ts';
import { putDestination } from '../../../support/receiver/put.ts';
import { type LocalReceiver, startReceiver } from '../../../support/receiver/receiver.ts';
import { webhookSecret, webhookTaker } from '../../../support/receiver/webhook.ts';
import { startTestServer, type TestServer } from '../../../support/servers/server.ts';

let server: TestServer;
let receiver: LocalReceiver;
const taker = webhookTaker();
const people = Array.from({ length: 8 }, (_, i) => ({ id: `p${i}` }));

beforeAll(async () => {
  receiver = await startReceiver({ take: taker.take });
  server = await startTestServer(undefined, {
    delivery: { scheduleMs: [0, 5, 5], callTimeoutMs: 5_000, allowedPrivate: ['127.0.0.1'] },
  });
  await putExperiment(server.workspace.context, people, { sendOn: '2026-03-03' });
});
afterAll(async () => {
  await server.close();
  await receiver.close();
});

const ended = async <T>(id: string): Promise<T> =>
  (await server.workspace.context.jobs.finished(id)).result as T;

it('whoever opted out by an event stays so whatever a file says that does not know of it, until asked anew', async () => {
  const { workspace } = server;
  const { secret } = await server.client.events.addSender({ body: { name: 'gateway' } });
  const time = '2026-03-01T15:00:00Z';
  await sendEvents(
    server.origin,
    secret,
    ['p5', 'p6', 'p7'].map((customerId) => ({
      id: customerId,
      type: 'opted_out',
      time,
      customerId,
      channel: 'sms',
    })),
  );
  const held = [
    'p5,sms,consent,2025-01-01 00:00:00,',
    'p6,sms,consent,2026-03-02 00:00:00,',
    'p0,sms,consent,2025-01-01 00:00:00,',
  ];
  await loadFile(
    workspace,
    writeInput(
      workspace,
      'contact_permissions.csv',
      `customer_id,channel,basis,granted_at,revoked_at\n${held.join('\n')}\n`,
    ),
  );
  expect(
    await workspace.context.engine.rows(
      sql`SELECT customer_id, CAST(revoked_at AS VARCHAR) AS revoked_at FROM current_contact_permissions WHERE customer_id IN ('p0', 'p5', 'p6', 'p7') ORDER BY customer_id`,
    ),
  ).toEqual([
    { customer_id: 'p0', revoked_at: null },
    { customer_id: 'p5', revoked_at: '2026-03-01 15:00:00' },
    { customer_id: 'p6', revoked_at: null },
    { customer_id: 'p7', revoked_at: '2026-03-01 15:00:00' },
  ]);
});

it('whoever was called since the check is kept back; whoever pays or opts out after a message left is called back, and nobody else', async () => {
  const { context } = server.workspace;
  await putDestination(context, 'hook', 'webhook', {
    url: receiver.url,
    secret: webhookSecret,
    dedupes: true,
  });
  const checked = await server.client.batches.create({ params: { experimentId: 'exp' }, body: {} });
  const batch = await ended<Batch>(checked.id);
  await loadFile(
    server.workspace,
    writeInput(
      server.workspace,
      'contacts.csv',
      'contact_id,customer_id,channel,sent_at,known_at,delivered\nx1,p6,call,2026-03-02 15:00:00,2026-03-02 15:00:00,true\nx2,p0,call,2026-01-12 15:00:00,2026-01-12 15:00:00,true\n',
    ),
  );
  const run = await ended<ExportRun>(
    (await server.client.exports.create({ body: { batchId: batch.id, destination: 'hook' } })).id,
  );
  expect(batch.cleared).toBe(6);
  expect(run.states).toMatchObject({ acknowledged: 5, withheld: 1 });
  expect(
    await context.engine.rows(sql`SELECT customer_id, reason FROM export_rows WHERE state = 'withheld'`),
  ).toEqual([{ customer_id: 'p6', reason: 'contacted' }]);
  const keys = await messageKeys(server, run.id);
  const { secret } = await server.client.events.addSender({ body: { name: 'bank' } });
  const time = '2026-03-02T15:00:00Z';
  const paid = { type: 'paid', time, currency: 'COP' };
  const answer = await sendEvents(server.origin, secret, [
    { ...paid, id: 'e1', accountId: 'ap1', amount: '1250.50' },
    { ...paid, id: 'e2', accountId: 'ap2', amount: '1.00' },
    { id: 'e3', type: 'opted_out', time, messageKey: keys.get('p3') },
    { id: 'e4', type: 'opened', time, messageKey: keys.get('p4') },
  ]);
  expect(answer.body).toMatchObject({ accepted: 4, rejectedTotal: 0 });
  const settled = async () =>
    (await server.client.ledger.recalls({})).rows
      .map(({ customerId, reason, state }) => [customerId, reason, state])
      .toSorted();
  await expect.poll(settled, { timeout: 20_000 }).toEqual([
    ['p1', 'payment', 'sent'],
    ['p3', 'opt_out', 'sent'],
  ]);
  const bodies = [...taker.bodies.values()]
    .flatMap((sent) => [...sent])
    .filter((body) => body.includes('message.recalled'));
  const told = bodies.flatMap(
    (body) => JSON.parse(body) as { subject: string; data: { message_key: string } }[],
  );
  expect(told.map(({ subject, data }) => [subject, data.message_key]).toSorted()).toEqual([
    ['p1', keys.get('p1')],
    ['p3', keys.get('p3')],
  ]);
});
