import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Batch } from '#core/contract/delivery/batches.ts';
import type { ExportRun } from '#core/contract/delivery/exports.ts';
import { raw, sql } from '#core/sql/sql.ts';
import { putExperiment } from '../../support/contact/contact-fixture.ts';
import { messageKeys, sendBody, sendEvents } from '../../support/contact/events.ts';
import { startTestServer, type TestServer } from '../../support/servers/server.ts';

let server: TestServer;
let secret: string;
let keys: Map<string, string>;
let exportId: string;

const key = (person: string): string => keys.get(person) ?? '';
const rows = (text: string) => server.workspace.context.engine.rows(raw(text));
const send = (events: unknown[], sent = {}) => sendEvents(server.origin, secret, events, sent);
const time = '2026-03-02T15:00:00Z';

beforeAll(async () => {
  server = await startTestServer();
  const { context } = server.workspace;
  await putExperiment(
    context,
    Array.from({ length: 8 }, (_, i) => ({ id: `p${i}` })),
    { sendOn: '2026-03-03' },
  );
  const outcome = async <T>(id: string) => (await context.jobs.finished(id)).result as T;
  const batch = await outcome<Batch>(
    (await server.client.batches.create({ params: { experimentId: 'exp' }, body: {} })).id,
  );
  const run = await outcome<ExportRun>(
    (await server.client.exports.create({ body: { batchId: batch.id } })).id,
  );
  exportId = run.id;
  keys = await messageKeys(server, run.id);
  secret = (await server.client.events.addSender({ body: { name: 'gateway' } })).secret;
});
afterAll(() => server.close());

it('shows a secret once and keeps it sealed', async () => {
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  const stored = JSON.stringify(await rows('SELECT * FROM event_senders'));
  expect(stored).not.toContain(secret.slice(6));
  const { senders } = await server.client.events.senders();
  expect(JSON.stringify(senders)).not.toContain(secret.slice(6));
  expect(senders).toMatchObject([{ name: 'gateway', events: 0, rejected: 0, retiredAt: null }]);
});

it('takes a signed batch once: the same batch again gets the same answer and changes nothing', async () => {
  const events = [
    { id: 'e1', type: 'delivered', time, messageKey: key('p0') },
    { id: 'e2', type: 'clicked', time, messageKey: key('p0') },
    { id: 'e1', type: 'delivered', time, messageKey: key('p0') },
  ];
  const first = await send(events, { id: 'msg_1' });
  expect(first).toEqual({
    status: 200,
    body: { accepted: 2, duplicates: 1, rejected: [], rejectedTotal: 0 },
  });
  const before = await rows('SELECT * FROM contacts ORDER BY source_row');
  expect(await send(events, { id: 'msg_1' })).toEqual(first);
  expect((await send(events, { id: 'msg_2' })).body).toMatchObject({ accepted: 0, duplicates: 3 });
  expect(await rows('SELECT * FROM contacts ORDER BY source_row')).toEqual(before);
  expect(await rows('SELECT * FROM current_contacts')).toMatchObject([
    {
      contact_id: key('p0'),
      customer_id: 'p0',
      channel: 'sms',
      style: 'neutral',
      template_id: 'sms',
      experiment_id: 'exp',
      arm: 'neutral',
      delivered: true,
      opened: true,
      clicked: true,
      replied: false,
    },
  ]);
});

it('comes to the same whatever order events come in', async () => {
  const told = [
    { id: 'o1', type: 'delivered', time: '2026-03-02T10:00:00Z' },
    { id: 'o2', type: 'failed', time: '2026-03-02T09:00:00Z' },
    { id: 'o3', type: 'read', time: '2026-03-02T12:00:00-05:00' },
    { id: 'o4', type: 'replied', time: '2026-03-02T13:00:00Z' },
  ];
  await send(told.map((event) => ({ ...event, messageKey: key('p1') })));
  for (const event of told.toReversed())
    await send([{ ...event, id: `${event.id}b`, messageKey: key('p2') }]);
  const columns = 'delivered, opened, clicked, replied, sent_at, known_at';
  const [one, other] = await rows(
    `SELECT ${columns} FROM current_contacts WHERE customer_id IN ('p1', 'p2') ORDER BY customer_id`,
  );
  expect(one).toEqual({
    delivered: true,
    opened: true,
    clicked: false,
    replied: true,
    sent_at: '2026-03-02T09:00:00Z',
    known_at: '2026-03-02T17:00:00Z',
  });
  expect(other).toEqual(one);
});

it('refuses what it should by name, and takes the rest', async () => {
  const paid = { type: 'paid', time, accountId: 'ap3', amount: '10', currency: 'COP' };
  const { body } = await send([
    { id: null, type: 'delivered', time, messageKey: key('p3') },
    { id: 'x1', type: 'delivered', time: '2026-03-09T00:00:00Z', messageKey: key('p3') },
    { id: 'x2', type: 'delivered', time, messageKey: 'no-such-key' },
    { id: 'x3', type: 'complained', time, customerId: 'nobody' },
    { ...paid, id: 'x4', accountId: 'a-none' },
    { ...paid, id: 'x5', currency: undefined },
    { ...paid, id: 'x6', amount: '-10' },
    { ...paid, id: 'x7', currency: 'MXN' },
    { ...paid, id: 'x8', amount: '1e3' },
    { id: 'x9', type: 'seen', time, messageKey: key('p3') },
    { id: 'x10', type: 'opened', time: 'yesterday', messageKey: key('p3') },
    { id: 'x11', type: 'opted_out', time, messageKey: key('p3'), customerId: 'p4' },
    {
      id: 'x12',
      type: 'promised',
      time,
      accountId: 'ap3',
      amount: '5',
      currency: 'COP',
      dueOn: '2026-02-30',
    },
    'not an event',
    { id: 'ok', type: 'delivered', time, messageKey: key('p3') },
  ]);
  expect([body.accepted, body.rejectedTotal]).toEqual([1, 14]);
  expect(body.rejected.map(({ position, reason }) => [position, reason])).toEqual([
    [1, 'event_without_id'],
    [2, 'event_from_future'],
    [3, 'event_unknown_message'],
    [4, 'event_unknown_person'],
    [5, 'event_unknown_account'],
    [6, 'event_without_currency'],
    [7, 'event_amount_not_positive'],
    [8, 'event_other_currency'],
    [9, 'event_bad_amount'],
    [10, 'event_unknown_kind'],
    [11, 'event_bad_time'],
    [12, 'event_other_person'],
    [13, 'event_needs_due_date'],
    [14, 'event_not_an_object'],
  ]);
  const listed = await server.client.events.rejects({ query: { limit: 100 } });
  expect(listed.total).toBe(14);
  expect(listed.rejects[3]).toMatchObject({ id: 'x3', value: 'nobody', sender: 'gateway' });
  const file = await fetch(`${server.origin}/api/v1/events/rejects?format=csv`, {
    headers: { authorization: `Bearer ${await server.token(['event:read'])}` },
  });
  expect((await file.text()).split('\n')[4]).toContain('Persona desconocida: nobody');
});

it('refuses a batch as a whole: wrong signature, stale, unreadable, too many, nobody’s secret', async () => {
  const event = { id: 'w', type: 'delivered', time, messageKey: key('p4') };
  const body = JSON.stringify([event]);
  const stale = new Date(Date.now() - 6 * 60_000);
  const other = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
  const answers = [
    await sendBody(server.origin, secret, body, { signature: 'v1,AAAA' }),
    await sendBody(server.origin, other, body),
    await sendBody(server.origin, secret, body, { sender: 'somebody' }),
    await sendBody(server.origin, secret, body, { at: stale }),
    await sendBody(server.origin, secret, '{"events": [', {}),
    await sendBody(server.origin, secret, `${body.slice(1, -1)}\n{"id"\n`, {
      contentType: 'application/x-ndjson',
    }),
    await sendEvents(
      server.origin,
      secret,
      Array.from({ length: 10_001 }, (_, i) => ({ ...event, id: `m${i}` })),
    ),
  ];
  expect(answers.map(({ status, body: { code } }) => [status, code])).toEqual([
    [401, 'events_signature'],
    [401, 'events_signature'],
    [401, 'events_signature'],
    [401, 'events_stale'],
    [400, 'events_unreadable'],
    [400, 'events_unreadable'],
    [413, 'events_too_many'],
  ]);
  expect(answers[5]?.body.details.line).toBe(2);
  expect(await rows(`SELECT * FROM events WHERE message_key = '${key('p4')}'`)).toEqual([]);
});

it('takes CloudEvents and events line by line', async () => {
  const cloud = (id: string, type: string, data: object) => ({
    specversion: '1.0',
    id,
    source: '/sms',
    type: `org.example.${type}`,
    time,
    data,
  });
  const batch = [
    cloud('c1', 'delivered', { messageKey: key('p5') }),
    cloud('c1', 'delivered', { messageKey: key('p5') }),
  ];
  const taken = await sendBody(server.origin, secret, JSON.stringify(batch), {
    contentType: 'application/cloudevents-batch+json',
  });
  expect(taken.body).toMatchObject({ accepted: 1, duplicates: 1 });
  const lines = [1, 2].map((i) =>
    JSON.stringify({ id: `n${i}`, type: 'opened', time, messageKey: key('p5') }),
  );
  const other = await sendBody(server.origin, secret, lines.join('\n'), {
    contentType: 'application/x-ndjson',
  });
  expect(other.body).toMatchObject({ accepted: 2, duplicates: 0 });
});

it('writes payments, promises, complaints and opt-outs, and calls back what is out', async () => {
  await send([
    {
      id: 's1',
      type: 'paid',
      time,
      accountId: 'ap0',
      amount: '1250.50',
      currency: 'cop',
      reference: 'P-1',
      method: 'card',
    },
    { id: 's2', type: 'paid', time, accountId: 'ap1', amount: '0.50', currency: 'COP' },
    {
      id: 's3',
      type: 'promised',
      time,
      accountId: 'ap2',
      amount: '100',
      currency: 'COP',
      dueOn: '2026-03-20',
    },
    { id: 's4', type: 'complained', time, customerId: 'p3', channel: 'sms', topic: 'tone' },
    { id: 's5', type: 'opted_out', time, messageKey: key('p4') },
    { id: 's6', type: 'opted_out', time, customerId: 'p6', channel: 'email' },
    { id: 's7', type: 'opted_out', time, customerId: 'p7' },
  ]);
  expect(
    await rows('SELECT payment_id, account_id, amount FROM current_payments ORDER BY account_id'),
  ).toMatchObject([
    { payment_id: 'P-1', account_id: 'ap0', amount: '1250.50' },
    { account_id: 'ap1', amount: '0.50' },
  ]);
  expect(await rows('SELECT account_id, due_on, amount FROM current_promises')).toEqual([
    { account_id: 'ap2', due_on: '2026-03-20', amount: '100.00' },
  ]);
  expect(await rows('SELECT customer_id, topic FROM current_complaints')).toEqual([
    { customer_id: 'p3', topic: 'tone' },
  ]);
  expect(
    await rows(
      'SELECT customer_id, count(*) AS n FROM current_contact_permissions WHERE revoked_at >= granted_at GROUP BY 1 ORDER BY 1',
    ),
  ).toEqual([
    { customer_id: 'p4', n: 1 },
    { customer_id: 'p6', n: 1 },
    { customer_id: 'p7', n: 5 },
  ]);
  expect(await rows('SELECT customer_id, reason, export_id FROM recalls ORDER BY customer_id')).toEqual([
    { customer_id: 'p0', reason: 'payment', export_id: exportId },
    { customer_id: 'p2', reason: 'promise', export_id: exportId },
    { customer_id: 'p3', reason: 'complaint', export_id: exportId },
    { customer_id: 'p4', reason: 'opt_out', export_id: exportId },
    { customer_id: 'p7', reason: 'opt_out', export_id: exportId },
  ]);
  await send([{ id: 's8', type: 'complained', time, customerId: 'p3' }]);
  expect(await rows('SELECT count(*) AS n FROM recalls')).toEqual([{ n: 5 }]);
});

it('a payment sent back is one, whichever is told first', async () => {
  const paid = { type: 'paid', time, accountId: 'ap5', amount: '20', currency: 'COP', reference: 'P-2' };
  await send([{ ...paid, id: 'b1', reversed: true }]);
  await send([{ ...paid, id: 'b2' }]);
  expect(await rows("SELECT reversed, amount FROM current_payments WHERE payment_id = 'P-2'")).toEqual([
    { reversed: true, amount: '20.00' },
  ]);
});

it('an opt-out that comes late takes nothing back that was given since', async () => {
  const { engine } = server.workspace.context;
  await engine.run(
    sql`INSERT INTO contact_permissions (customer_id, channel, basis, granted_at, load_id, source_row) VALUES ('p6', 'whatsapp', 'consent', '2026-02-20', 1, 900)`,
  );
  await send([
    { id: 'l1', type: 'opted_out', time: '2026-02-10T00:00:00Z', customerId: 'p6', channel: 'whatsapp' },
  ]);
  const state =
    "SELECT revoked_at FROM current_contact_permissions WHERE customer_id = 'p6' AND channel = 'whatsapp'";
  expect(await rows(state)).toEqual([{ revoked_at: null }]);
  await send([
    { id: 'l2', type: 'opted_out', time: '2026-02-21T00:00:00Z', customerId: 'p6', channel: 'whatsapp' },
  ]);
  expect(await rows(state)).toEqual([{ revoked_at: '2026-02-21T00:00:00Z' }]);
});

it('a message nobody knew the fate of has been taken once its receiver tells of it', async () => {
  const { engine } = server.workspace.context;
  await engine.run(sql`UPDATE export_rows SET state = 'uncertain' WHERE customer_id IN ('p6', 'p7')`);
  await send([{ id: 'u1', type: 'delivered', time, messageKey: key('p6') }]);
  expect(
    await rows(
      `SELECT customer_id, state FROM export_rows WHERE export_id = '${exportId}' AND customer_id IN ('p6', 'p7') ORDER BY 1`,
    ),
  ).toEqual([
    { customer_id: 'p6', state: 'acknowledged' },
    { customer_id: 'p7', state: 'uncertain' },
  ]);
});

it('holds the events of a day in one load that is not undone, and tells what came back', async () => {
  const { loads } = await server.client.loads.list();
  const [load] = loads.filter(({ recipe }) => recipe === 'events');
  expect(load?.tables.map(({ table }) => table).sort()).toEqual([
    'complaints',
    'contact_permissions',
    'contacts',
    'payments',
    'promises',
  ]);
  await expect(server.client.loads.withdraw({ params: { loadId: load?.loadId ?? 0 } })).rejects.toMatchObject(
    {
      problem: { code: 'load_of_events' },
    },
  );
  const summary = await server.client.events.summary();
  const { total } = await server.client.events.list({ query: { limit: 5 } });
  expect([summary.total, summary.days.reduce((sum, { events }) => sum + events, 0)]).toEqual([total, total]);
  expect(summary.recalls.reduce((sum, { people }) => sum + people, 0)).toBe(5);
});

it('the secret before holds for a day after a change; a retired sender is nobody', async () => {
  const { senders } = await server.client.events.senders();
  const params = { senderId: senders[0]?.id ?? '' };
  const next = await server.client.events.rotateSecret({ params });
  const event = { id: 'r1', type: 'opened', time, messageKey: key('p0') };
  expect((await sendEvents(server.origin, secret, [event])).status).toBe(200);
  expect((await sendEvents(server.origin, next.secret, [{ ...event, id: 'r2' }])).status).toBe(200);
  await server.client.events.retireSender({ params });
  expect((await sendEvents(server.origin, next.secret, [{ ...event, id: 'r3' }])).status).toBe(401);
});
