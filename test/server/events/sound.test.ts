import { monitorEventLoopDelay } from 'node:perf_hooks';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { raw } from '#core/sql/sql.ts';
import { withBody } from '#server/jobs/receiving/bodies.ts';
import { takeEvents } from '#server/jobs/receiving/inbox.ts';
import { readItems } from '#server/jobs/receiving/verify.ts';
import { put, putExperiment } from '../../support/contact/contact-fixture.ts';
import { putSent, sendBody, sendEvents } from '../../support/contact/events.ts';
import { startTestServer, type TestServer } from '../../support/servers/server.ts';

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

it('takes who answers for an account as its holder is taken, and an opt-out of a guarantor who is nothing else', async () => {
  await put(server.workspace.context, 'account_parties', [
    { account_id: 'ap8', customer_id: 'p9', role: 'co_debtor', contactable: true },
    { account_id: 'ap8', customer_id: 'guarantor', role: 'guarantor', contactable: true },
  ]);
  const paid = { type: 'paid', time, accountId: 'ap8', amount: '2000', currency: 'COP' };
  const told = await send([
    { ...paid, id: 'q1', customerId: 'p9' },
    { ...paid, id: 'q2', customerId: 'p10' },
    { id: 'q3', type: 'opted_out', time, customerId: 'guarantor', channel: 'sms' },
    { id: 'q4', type: 'opted_out', time, customerId: 'guarantor', accountId: 'ap8', channel: 'call' },
    { id: 'q5', type: 'complained', time, messageKey: 'key-p9', accountId: 'ap8' },
  ]);
  expect(told.rejected.map(({ id, value, reason }) => [id, value, reason])).toEqual([
    ['q2', 'p10', 'event_other_person'],
  ]);
  expect(await rows("SELECT account_id, amount FROM current_payments WHERE account_id = 'ap8'")).toEqual([
    { account_id: 'ap8', amount: '2000.00' },
  ]);
  expect(await optedOut('guarantor')).toEqual(['call', 'sms']);
  expect(
    await rows("SELECT kind, customer_id FROM events WHERE event_id IN ('q1', 'q5') ORDER BY kind"),
  ).toEqual([
    { kind: 'complained', customer_id: 'p9' },
    { kind: 'paid', customer_id: 'p8' },
  ]);
  expect(await rows("SELECT reason FROM recalls WHERE customer_id = 'p8'")).toEqual([{ reason: 'payment' }]);
});

it('a batch that named somebody unknown is judged again once that person is loaded; what was taken is not taken twice', async () => {
  const events = [
    { id: 'k1', type: 'opted_out', time, customerId: 'late', channel: 'sms' },
    { id: 'k2', type: 'complained', time, customerId: 'p11' },
    { id: 'k3', type: 'paid', time, accountId: 'ap11', amount: '1', currency: 'XXX' },
  ];
  const first = await send(events, secret, { id: 'again' });
  expect(first).toMatchObject({ accepted: 1, duplicates: 0, rejectedTotal: 2 });
  expect(await send(events, secret, { id: 'again' })).toEqual(first);
  const refusals = () =>
    rows("SELECT position, reason FROM event_rejects WHERE batch_id = 'again' ORDER BY position");
  expect(await refusals()).toHaveLength(2);
  await server.workspace.context.engine.run(
    raw(
      "INSERT INTO customers (customer_id, jurisdiction, load_id, source_row) VALUES ('late', 'CO', 1, 900)",
    ),
  );
  const all = { accepted: 2, duplicates: 0, rejectedTotal: 1, rejected: [first.rejected[1]] };
  expect(await send(events, secret, { id: 'again' })).toEqual(all);
  expect(await send(events, secret, { id: 'again' })).toEqual(all);
  expect(await optedOut('late')).toEqual(['sms']);
  expect(await refusals()).toEqual([{ position: 3, reason: 'event_other_currency' }]);
  expect(await rows("SELECT count(*) AS n FROM events WHERE event_id IN ('k1', 'k2', 'k3')")).toEqual([
    { n: 2 },
  ]);
});

it('one reference of two accounts, senders, people or loads names as many rows', async () => {
  const { context } = server.workspace;
  await put(context, 'payments', [
    { payment_id: 'B-1', account_id: 'ap13', paid_at: '2026-03-01', known_at: '2026-03-01', amount: '777' },
  ]);
  const paid = (id: string, account: string, amount: string, reference: string) => ({
    ...{ id, type: 'paid', time, accountId: account, amount, currency: 'COP', reference },
  });
  const promised = { type: 'promised', dueOn: '2026-03-20' };
  await send([
    paid('r1', 'ap12', '2000', 'R-1'),
    paid('r2', 'ap13', '3000', 'R-1'),
    paid('r3', 'ap12', '5', 'B-1'),
    paid('r4', 'ap13', '778', 'B-1'),
    { ...paid('r5', 'ap12', '1', 'R-1'), ...promised },
    { ...paid('r6', 'ap13', '2', 'R-1'), ...promised },
    { id: 'r7', type: 'complained', time, customerId: 'p12', reference: 'R-1' },
    { id: 'r8', type: 'complained', time, customerId: 'p13', reference: 'R-1' },
  ]);
  await send([paid('r1', 'ap14', '4000', 'R-1'), paid('r2', 'ap12', '2000', 'R-1')], other);
  await send([{ ...paid('r9', 'ap13', '3000', 'R-1'), reversed: true }]);
  const held = (table: string, columns: string) =>
    rows(
      `SELECT ${columns} FROM current_${table} WHERE ${table.slice(0, -1)}_id SIMILAR TO '(R|B)-1.*' ORDER BY ALL`,
    );
  expect((await held('payments', 'account_id, amount, reversed')).map((row) => Object.values(row))).toEqual([
    ['ap12', '5.00', false],
    ['ap12', '2000.00', false],
    ['ap13', '778.00', false],
    ['ap13', '3000.00', true],
    ['ap14', '4000.00', false],
  ]);
  expect(await held('promises', 'account_id, amount')).toEqual([
    { account_id: 'ap12', amount: '1.00' },
    { account_id: 'ap13', amount: '2.00' },
  ]);
  expect(await held('complaints', 'customer_id')).toEqual([{ customer_id: 'p12' }, { customer_id: 'p13' }]);
});

it('what happened last holds, whatever order it is told in and in however many batches', async () => {
  const told = (tag: string) =>
    [
      { hour: '10', amount: '100', dueOn: '2026-03-20', topic: 'b' },
      { hour: '09', amount: '50', dueOn: '2026-03-25', topic: 'a' },
      { hour: '11', amount: '70', dueOn: '2026-03-21', topic: 'c' },
    ].map(({ hour, ...more }) =>
      ['paid', 'promised', 'complained'].map((type) => ({
        ...{ id: `${tag}${type}${hour}`, type, time: `2026-03-02T${hour}:00:00Z`, reference: `L-${tag}` },
        ...{ ...more, accountId: 'ap15', currency: 'COP' },
      })),
    );
  await send(told('1').flat());
  for (const batch of [...told('2'), ...told('3').toReversed()]) await send(batch);
  for (const [table, columns] of [
    ['payments', 'amount, paid_at, known_at'],
    ['promises', 'amount, due_on, made_at'],
    ['complaints', 'topic, occurred_at'],
  ]) {
    const held = await rows(
      `SELECT DISTINCT ${columns} FROM current_${table} WHERE ${table?.slice(0, -1)}_id LIKE 'L-%'`,
    );
    expect(held).toHaveLength(1);
    expect(Object.values(held[0] ?? {})).toContain('2026-03-02T09:00:00Z');
    expect(held[0]?.amount ?? '70.00').toBe('70.00');
  }
});

it('thousands of small batches at once do not hold up the loop', async () => {
  const { context } = server.workspace;
  const senderId = String(
    (await rows("SELECT sender_id FROM event_senders WHERE name = 'other'"))[0]?.sender_id,
  );
  const batches = Array.from({ length: 3000 }, (_, i) => {
    const event = {
      id: `t${i}`,
      type: 'opted_out',
      time,
      customerId: i % 3 ? 'p16' : 'nobody',
      channel: 'sms',
    };
    return {
      senderId,
      batchId: `t${i}`,
      bodyHash: `t${i}`,
      before: 0,
      ...readItems([event], Date.parse(time)),
    };
  });
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const answers = await Promise.all(batches.map((batch) => takeEvents(context, batch)));
  delay.disable();
  expect(answers.filter(({ accepted, rejectedTotal }) => accepted === 1 && rejectedTotal === 0)).toHaveLength(
    2000,
  );
  expect(answers[3]?.rejected).toMatchObject([{ position: 1, id: 't3', value: 'nobody' }]);
  expect(delay.max / 1e6).toBeLessThan(1500);
});

it('bodies of nobody knows whom are held up to a bound; a small batch is taken all the same', async () => {
  const { context } = server.workspace;
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  async function* held() {
    yield Buffer.alloc(15_950_000, 32);
    await ended;
  }
  const open = Array.from({ length: 4 }, () => withBody(context, held(), async ({ length }) => length));
  const padded = `{"events": []${' '.repeat(1_000_000)}}`;
  const crowded = await sendBody(server.origin, secret, padded);
  expect([crowded.status, crowded.body.code, crowded.body.details.megabytes]).toEqual([
    503,
    'events_crowded',
    64,
  ]);
  expect(
    await send([{ id: 'm1', type: 'opted_out', time, customerId: 'p17', channel: 'sms' }]),
  ).toMatchObject({
    accepted: 1,
  });
  end();
  expect(await Promise.all(open)).toEqual(Array(4).fill(15_950_000));
  expect((await sendBody(server.origin, secret, padded)).status).toBe(200);
  const tooLarge = await sendBody(server.origin, secret, ' '.repeat(17_000_000));
  expect([tooLarge.status, tooLarge.body.code]).toEqual([413, 'too_large']);
});

it('what becomes of a message is one contact, though the day of the workspace is not that of the clock', async () => {
  const { engine } = server.workspace.context;
  await engine.run(raw("UPDATE export_runs SET started_at = now()::TIMESTAMP WHERE export_id = 'run'"));
  await engine.run(
    raw(
      'INSERT INTO loads SELECT * REPLACE (50 AS load_id, now()::TIMESTAMP + INTERVAL 1 SECOND AS loaded_at) FROM loads WHERE load_id = 1',
    ),
  );
  const told = { time, messageKey: 'key-p18' };
  await send([{ ...told, id: 'w1', type: 'delivered' }]);
  await send([{ ...told, id: 'w2', type: 'clicked' }]);
  expect(await rows("SELECT delivered, clicked FROM current_contacts WHERE customer_id = 'p18'")).toEqual([
    { delivered: true, clicked: true },
  ]);
});
