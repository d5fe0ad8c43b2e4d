import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClient, send } from '#core/contract/client.ts';
import type { Batch } from '#core/contract/delivery/batches.ts';
import type { Permission } from '#core/contract/permissions.ts';
import { raw, sql } from '#core/sql/sql.ts';
import { insertLivelyBook } from '../../support/books/lively-book.ts';
import { put, putExperiment, runJob } from '../../support/contact/contact-fixture.ts';
import { startTestServer, type TestServer } from '../../support/servers/server.ts';

const as = async (server: TestServer, ...granted: Permission[]) => {
  const headers = { authorization: `Bearer ${await server.token(granted)}` };
  return createClient((endpoint, input) => send({ fetch, origin: server.origin, headers }, endpoint, input));
};

describe('a person of a book', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer();
    const { engine } = server.workspace.context;
    await engine.transaction((session) => insertLivelyBook(session, 40));
    await engine.run(raw(`UPDATE contact_points SET address = '+5730000' || customer_id`));
    await engine.run(
      raw(
        `INSERT INTO flags (customer_id, kind, started_on, load_id, source_row) VALUES ('c000003', 'dispute', DATE '2026-10-01', 1, 1)`,
      ),
    );
  });
  afterAll(() => server.close());

  it('is found by identifier, whole or its beginning, and by that of an account', async () => {
    const { people } = server.client;
    const exact = await people.search({ query: { text: 'c000010' } });
    expect(exact.people).toMatchObject([
      {
        customerId: 'c000010',
        jurisdiction: 'MX',
        accounts: 2,
        by: 'customer',
        balances: [{ currency: 'MXN', accounts: 2 }],
      },
    ]);
    const some = await people.search({ query: { text: 'c00001', limit: 4 } });
    expect(some.people.map(({ customerId }) => customerId)).toEqual([
      'c000010',
      'c000011',
      'c000012',
      'c000013',
    ]);
    expect(some.more).toBe(true);
    const rest = await people.search({ query: { text: 'c00001', limit: 4, offset: 8 } });
    expect(rest.people.map(({ customerId }) => customerId)).toEqual(['c000018', 'c000019']);
    const account = await people.search({ query: { text: 'a000010-2' } });
    expect(account.people).toMatchObject([{ customerId: 'c000010', by: 'account' }]);
    expect((await people.search({ query: { text: "c' OR 1=1" } })).people).toEqual([]);
    expect((await people.search({ query: { text: 'c%' } })).people).toEqual([]);
  });

  it('keeps the late ones only, the latest first, when asked', async () => {
    const { people } = await server.client.people.search({
      query: { text: 'c', late: 'yes', sort: 'late', limit: 100 },
    });
    const days = people.map(({ daysPastDue }) => daysPastDue ?? 0);
    expect(days.length).toBeGreaterThan(5);
    expect(days).toEqual(days.toSorted((a, b) => b - a));
    expect(Math.min(...days)).toBeGreaterThan(0);
  });

  it('is found by a whole address only by who may read personal data, and never by part of one', async () => {
    const address = '+5730000c000007';
    const may = await as(server, 'portfolio:read', 'personal:read');
    const mayNot = await as(server, 'portfolio:read');
    expect((await may.people.search({ query: { text: address } })).people).toMatchObject([
      { customerId: 'c000007', by: 'address' },
    ]);
    expect((await mayNot.people.search({ query: { text: address } })).people).toEqual([]);
    expect((await may.people.search({ query: { text: '+5730000c' } })).people).toEqual([]);
    expect((await may.people.search({ query: { text: '•••07' } })).people).toEqual([]);
  });

  it('is not tried to be forgotten while work that writes is under way', async () => {
    const { engine } = server.workspace.context;
    await engine.run(
      raw(`INSERT INTO jobs (job_id, kind, input, input_hash, state, attempts, outputs, created_at, by_principal)
        VALUES ('j', 'load', '{}', '', 'running', 1, '{}', TIMESTAMP '2026-10-01', 'owner')`),
    );
    const preview = () => server.client.keeping.preview({ params: { customerId: 'c000010' } });
    await expect(preview()).rejects.toMatchObject({ problem: { code: 'work_unfinished' } });
    await engine.run(raw(`DELETE FROM jobs WHERE job_id = 'j'`));
    expect((await preview()).lines.map(({ place }) => place)).toContain('customers');
  });

  it('is shown with addresses masked; what is shown on request is written down', async () => {
    const params = { customerId: 'c000007' };
    const person = await server.client.people.get({ params });
    expect(person.points).toMatchObject([{ channel: 'sms', masked: '•••07', valid: false }]);
    expect(JSON.stringify(person)).not.toContain('+5730000c000007');
    const mayNot = await as(server, 'portfolio:read');
    await expect(mayNot.people.reveal({ params })).rejects.toMatchObject({ problem: { code: 'forbidden' } });
    const revealed = await server.client.people.reveal({ params });
    expect(revealed.points).toEqual([{ channel: 'sms', address: '+5730000c000007' }]);
    const audit = await server.workspace.context.engine.rows(
      sql`SELECT principal_id, action, subject, details FROM audit WHERE action = 'person.revealed'`,
    );
    expect(audit).toEqual([
      { principal_id: 'owner', action: 'person.revealed', subject: 'c000007', details: '{"addresses":1}' },
    ]);
  });

  it('tells what happened on one axis, and what is not loaded', async () => {
    const told = await server.client.people.timeline({ params: { customerId: 'c000010' } });
    expect(told.balances).toHaveLength(6);
    expect(told.balances.map(({ asOf }) => asOf)).toEqual(told.balances.map(({ asOf }) => asOf).toSorted());
    expect(told.payments.length).toBeGreaterThan(0);
    expect(told.missing).toEqual(['complaints']);
    expect(told.finding).toMatchObject({ months: 3, asOf: '2026-10-31' });
    const { engine } = server.workspace.context;
    const paid = await engine.first<{
      n: number;
    }>(sql`SELECT CAST(count(DISTINCT date_trunc('month', paid_at)) AS BIGINT) AS n FROM payments
      WHERE account_id LIKE 'a000010%' AND NOT reversed AND paid_at >= DATE '2026-08-01'`);
    expect(told.finding.monthsPaid).toBe(paid?.n);
  });

  it('says flags, and who is unknown', async () => {
    const { flags } = await server.client.people.get({ params: { customerId: 'c000003' } });
    expect(flags).toMatchObject([{ kind: 'dispute', active: true, title: { en: expect.any(String) } }]);
    await expect(server.client.people.get({ params: { customerId: 'nobody' } })).rejects.toMatchObject({
      problem: { code: 'person_unknown', status: 404, details: { customerId: 'nobody' } },
    });
  });

  it('judges every channel, blocked by the flag', async () => {
    const found = await server.client.people.allowed({
      params: { customerId: 'c000003' },
      query: { at: '2026-11-03T17:00:00Z' },
    });
    expect(found.channels.map(({ channel }) => channel)).toEqual([
      'sms',
      'email',
      'whatsapp',
      'call',
      'letter',
    ]);
    for (const { allowed, failures, next } of found.channels) {
      expect([allowed, next]).toEqual([false, null]);
      expect(failures.map(({ rule }) => rule)).toContain('flag-block');
    }
    const free = await server.client.people.allowed({
      params: { customerId: 'c000006' },
      query: { at: '2026-11-03T17:00:00Z' },
    });
    expect(free).toMatchObject({
      jurisdiction: 'CO',
      zones: ['America/Bogota'],
      local: '2026-11-03T12:00',
      clock: 'given',
    });
    expect(
      free.channels.find(({ channel }) => channel === 'whatsapp')?.failures.map(({ rule }) => rule),
    ).toContain('permission');
  });
});

describe('what the rules allow one person', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server.close());

  it('is what the check of a batch finds at the same instant, rule for rule', async () => {
    const { context } = server.workspace;
    const people = [
      { id: 'free' },
      { id: 'none', basis: null },
      { id: 'contract', basis: 'contract' },
      { id: 'out', revokedAt: '2026-02-01' },
      { id: 'flagged', flag: 'hardship' },
      { id: 'seen', contactedAt: '2026-03-03T13:00:00' },
      { id: 'week', contactedAt: '2026-03-05T14:00:00', channel: 'sms' },
      { id: 'mexico', jurisdiction: 'MX', timeZone: 'America/Mexico_City' },
      { id: 'tijuana', jurisdiction: 'MX-BCN' },
      { id: 'nowhere', jurisdiction: 'XX' },
      { id: 'unknown', jurisdiction: null },
    ];
    await putExperiment(context, people, {
      sendOn: '2026-03-03',
      sendAt: '20:30',
      today: '2026-03-02',
      loadedAt: '2026-03-02',
    });
    await put(
      context,
      'contact_points',
      people.map(({ id }) => ({ customer_id: id, channel: 'sms', address: 'x', valid: id !== 'contract' })),
    );
    await put(context, 'accounts', []);
    const batch = await runJob<Batch>(context, 'check', {
      experimentId: 'exp',
      touch: 1,
      acceptUnverifiedBy: 'x',
    });
    const failing = await context.engine.rows<{ customer_id: string; rules: string }>(
      sql`SELECT customer_id, string_agg(rule, ' ' ORDER BY rule) AS rules FROM exclusions WHERE batch_id = ${batch.id} GROUP BY customer_id`,
    );
    const planned = new Map<string, string>();
    for (const { id } of people)
      planned.set(
        id,
        id === 'mexico'
          ? '2026-03-04T02:30:00Z'
          : id === 'tijuana'
            ? '2026-03-04T04:30:00Z'
            : '2026-03-04T01:30:00Z',
      );
    // What the check reserved is not there for whoever asks what else may be sent.
    await context.engine.run(sql`UPDATE contact_checks SET state = 'released'`);
    for (const { id } of people) {
      const found = await server.client.people.allowed({
        params: { customerId: id },
        query: { at: planned.get(id) ?? '' },
      });
      const sms = found.channels.find(({ channel }) => channel === 'sms');
      const expected = failing.find((row) => row.customer_id === id)?.rules ?? '';
      expect([
        id,
        sms?.failures
          .map(({ rule }) => rule)
          .toSorted()
          .join(' '),
      ]).toEqual([id, expected]);
      expect(sms?.allowed).toBe(expected === '');
      if (sms?.allowed) expect(sms.next?.from).toBe(new Date(found.at).toISOString());
      else if (sms?.next) expect(sms.next.from > found.at).toBe(true);
    }
    expect(batch.cleared).toBeLessThan(people.length);
  });

  it('leaves nothing behind: no reservation, no temporary table, no zone written', async () => {
    const { engine } = server.workspace.context;
    const before = await engine.rows(sql`SELECT * FROM zone_offsets ORDER BY ALL`);
    await server.client.people.allowed({ params: { customerId: 'mexico' } });
    expect(await engine.rows(sql`SELECT * FROM zone_offsets ORDER BY ALL`)).toEqual(before);
    expect(
      await engine.rows(sql`SELECT table_name FROM information_schema.tables WHERE table_name LIKE 'plan_%'`),
    ).toEqual([]);
  });
});
