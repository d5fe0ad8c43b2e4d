import { afterAll, beforeAll, expect, it } from 'vitest';
import { raw } from '#core/sql/sql.ts';
import { takeEvents } from '#server/jobs/receiving/inbox.ts';
import { readItems } from '#server/jobs/receiving/verify.ts';
import { putExperiment } from '../../support/contact-fixture.ts';
import { putSent, sendEvents } from '../../support/events.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';

let server: TestServer;
let secret: string;
let other: string;
const time = '2026-03-02T15:00:00Z';
const rows = (text: string) => server.workspace.context.engine.rows(raw(text));
const send = async (events: unknown[], by = secret, sent = {}) =>
  (await sendEvents(server.origin, by, events, sent)).body;
const optedOut = async (person: string) =>
  (
    await rows(
      `SELECT channel FROM current_contact_permissions WHERE customer_id = '${person}' AND revoked_at >= granted_at ORDER BY channel`,
    )
  ).map(({ channel }) => channel);

beforeAll(async () => {
  server = await startTestServer(undefined, { logLevel: 'silent' });
  const people = Array.from({ length: 20 }, (_, i) => ({ id: `p${i}` }));
  await putExperiment(server.workspace.context, people);
  await putSent(server.workspace.context, people);
  secret = (await server.client.events.addSender({ body: { name: 'gateway' } })).secret;
  other = (await server.client.events.addSender({ body: { name: 'other' } })).secret;
});
afterAll(() => server.close());

it('half a pair of code units in one batch keeps no opt-out from being stored, in it or beside it', async () => {
  const [mine, theirs] = await Promise.all([
    send([
      { id: 'h1', type: 'complained', time, customerId: 'p0', topic: 'hola \ud83d' },
      { id: 'h2', type: `${'a'.repeat(119)}😀`, time, customerId: 'p0' },
      { id: 'h3', type: 'opted_out', time, customerId: 'p0', channel: 'sms' },
    ]),
    send([{ id: 'h4', type: 'opted_out', time, customerId: 'p1', channel: 'sms' }], other),
  ]);
  expect([mine.accepted, mine.rejectedTotal, theirs.accepted]).toEqual([2, 1, 1]);
  expect([await optedOut('p0'), await optedOut('p1')]).toEqual([['sms'], ['sms']]);
});

it('a batch that cannot be stored falls alone', async () => {
  const { context } = server.workspace;
  const senderId = String(
    (await rows("SELECT sender_id FROM event_senders WHERE name = 'other'"))[0]?.sender_id,
  );
  const batch = (id: string, columns?: string) => {
    const read = readItems(
      [{ id, type: 'opted_out', time, customerId: 'p2', channel: id }],
      Date.parse(time),
    );
    return takeEvents(context, {
      senderId,
      batchId: id,
      bodyHash: id,
      before: 0,
      ...read,
      ...(columns ? { columns } : {}),
    });
  };
  const told = await Promise.allSettled([batch('sms'), batch('email', '{"position": ['), batch('call')]);
  expect(told.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(await optedOut('p2')).toEqual(['call', 'sms']);
});

it('one name with two contents is two events where one may not be lost, and refused by name where it may', async () => {
  const at = (id: string, type: string, more: object) => ({ id, type, time, ...more });
  const paid = { accountId: 'ap4', amount: '10', currency: 'COP', reference: 'N-1' };
  expect(await send([at('n1', 'delivered', { messageKey: 'key-p3' })])).toMatchObject({ accepted: 1 });
  expect(await send([at('n1', 'opted_out', { messageKey: 'key-p3' })])).toMatchObject({ accepted: 1 });
  expect(await optedOut('p3')).toEqual(['sms']);
  const told = await send([
    at('n2', 'opted_out', { customerId: 'nobody' }),
    at('n2', 'opted_out', { customerId: 'p5', channel: 'sms' }),
    at('n2', 'opted_out', { customerId: 'p6', channel: 'sms' }),
    at('n2', 'opted_out', { customerId: 'p5', channel: 'sms' }),
    at('n1', 'delivered', { messageKey: 'key-p3' }),
    at('n1', 'delivered', { messageKey: 'key-p4' }),
    at('n3', 'paid', paid),
    at('n3', 'paid', { ...paid, amount: '11' }),
    at('n3', 'paid', paid),
    at('n3', 'paid', { ...paid, reversed: true }),
  ]);
  expect(told).toMatchObject({ accepted: 4, duplicates: 3, rejectedTotal: 3 });
  expect(told.rejected.map(({ position, field, value, reason }) => [position, field, value, reason])).toEqual(
    [
      [1, 'customerId', 'nobody', 'event_unknown_person'],
      [6, 'id', 'n1', 'event_conflict'],
      [8, 'id', 'n3', 'event_conflict'],
    ],
  );
  expect([await optedOut('p5'), await optedOut('p6')]).toEqual([['sms'], ['sms']]);
  expect(await rows("SELECT amount, reversed FROM current_payments WHERE payment_id = 'N-1'")).toEqual([
    { amount: '10.00', reversed: true },
  ]);
  expect(await send([at('n1', 'delivered', { messageKey: 'key-p3' })], other)).toMatchObject({ accepted: 1 });
});
