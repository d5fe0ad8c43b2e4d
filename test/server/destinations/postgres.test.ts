import { readFileSync } from 'node:fs';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import type { Answer, Carried } from '#core/delivery/answer.ts';
import type { Call, Item, Receiver } from '#server/destinations/destination.ts';
import postgres from '#server/destinations/postgres.ts';
import { type PostgresServer, startPostgres } from '../../support/servers/postgres.ts';
import { freePort } from '../../support/servers/sshd.ts';
import { testWorld } from '../../support/servers/world.ts';

const server = await startPostgres();
afterAll(() => server?.stop());

const { calls } = postgres;
if (!calls) throw new Error('rows are sent in calls');

const itemOf = (
  carries: Carried,
  key: string,
  values: Item['values'],
  operation: Item['operation'] = 'put',
): Item => ({
  carries,
  operation,
  key,
  customerId: `c${key}`,
  values,
  mapping: null,
});
const message = (key: string, change: Item['values'] = {}): Item =>
  itemOf('messages', key, {
    message_key: key,
    customer_id: `c${key}`,
    experiment: 'Marzo',
    arm: 'a',
    touch: 1,
    text: `Hola "ñ" ${key}\n'x'`,
    send_before: '2026-03-04T00:00:00Z',
    propensity: 0.25,
    ...change,
  });

describe.skipIf(!server)('a table of PostgreSQL', () => {
  const ours = server as PostgresServer;
  const opened: Receiver[] = [];
  afterEach(async () => {
    for (const receiver of opened.splice(0)) await receiver.close();
    ours.run('DROP TABLE IF EXISTS ensayo_messages; DROP TABLE IF EXISTS ensayo_attributes');
  });

  const optionsWith = (given: Record<string, unknown> = {}) =>
    postgres.options.parse({
      host: '127.0.0.1',
      port: ours.port,
      database: 'postgres',
      user: 'owner',
      password: ours.password,
      ca: readFileSync(ours.certificate, 'utf8'),
      ...given,
    });
  const open = async (given: Record<string, unknown> = {}, world = testWorld()): Promise<Receiver> => {
    const receiver = await calls.open(optionsWith(given), world);
    opened.push(receiver);
    return receiver;
  };
  const callOf = (items: readonly Item[]): Call => ({
    id: 'call',
    run: 'run',
    carries: items[0]?.carries ?? 'messages',
    items,
    bodies: items.map((item) => calls.bodyOf(item, optionsWith())),
    frozenAt: '2026-03-02T12:00:00Z',
  });
  const send = async (
    items: readonly Item[],
    given: Record<string, unknown> = { create: true },
  ): Promise<Answer> => (await open(given)).send(callOf(items));

  it('holds each message once by its key, as it was first sent, and its recall', async () => {
    const receiver = await open({ create: true });
    expect(await receiver.test()).toBeNull();
    expect(await receiver.send(callOf([message('1'), message('2')]))).toEqual({ kind: 'accepted' });
    expect(await receiver.send(callOf([message('2', { text: 'otro' }), message('3')]))).toEqual({
      kind: 'accepted',
    });
    expect(await receiver.test()).toBeNull();
    expect(
      ours.run('SELECT message_key, customer_id, touch, propensity, text FROM ensayo_messages ORDER BY 1'),
    ).toBe(['1', '2', '3'].map((key) => `${key}|c${key}|1|0.25|Hola "ñ" ${key}\n'x'\n`).join(''));
    const recall = (key: string) => itemOf('recalls', `r${key}`, { message_key: key, reason: 'paid' });
    const recalled = await receiver.send(callOf([recall('9'), recall('2')]));
    expect(recalled).toEqual({
      kind: 'accepted',
      rejected: [{ place: 0, reason: 'the message is not there' }],
    });
    expect(await receiver.send(callOf([message('2')]))).toEqual({ kind: 'accepted' });
    expect(
      ours.run(
        "SELECT message_key, recall_reason, recalled_at AT TIME ZONE 'UTC' FROM ensayo_messages WHERE recalled_at IS NOT NULL",
      ),
    ).toBe('2|paid|2026-03-02 12:00:00\n');
  });

  it('keeps attributes by person: put, changed, with more columns, removed', async () => {
    const person = (key: string, values: Item['values'], operation: Item['operation'] = 'put') =>
      itemOf('attributes', key, values, operation);
    const receiver = await open({ create: true });
    await receiver.send(
      callOf([person('1', { segment: 'A', score: 0.5 }), person('2', { segment: 'B', score: null })]),
    );
    const answer = await receiver.send(
      callOf([
        person('1', { segment: 'C', score: 1, due: true }),
        person('2', {}, 'remove'),
        person('3', { segment: 'D' }),
      ]),
    );
    expect(answer).toEqual({ kind: 'accepted' });
    expect(ours.run('SELECT customer_id, segment, score, due FROM ensayo_attributes ORDER BY 1')).toBe(
      'c1|C|1|t\nc3|D||\n',
    );
  });

  it('makes nothing unless it is told to, and names the table that is not there', async () => {
    const answer = await send([message('1')], {});
    expect(answer).toMatchObject({ kind: 'stopped', reason: expect.stringContaining('ensayo_messages') });
    expect(await (await open()).test()).toBe('"public"."ensayo_messages" is not there');
    expect(ours.run("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")).toBe('0\n');
  });

  it('names a column that was renamed there, and stops for a person', async () => {
    await send([message('1')]);
    ours.run('ALTER TABLE ensayo_messages RENAME COLUMN arm TO brazo');
    const receiver = await open();
    expect(await receiver.test()).toBe('"public"."ensayo_messages" lacks "arm"');
    expect(await receiver.send(callOf([message('2')]))).toMatchObject({
      kind: 'stopped',
      reason: expect.stringMatching(/ensayo_messages.*column .*arm.* does not exist/),
    });
  });

  it('refuses a call for a row the table will not have, whole and without showing it, so that it is found by halves', async () => {
    await send([message('1')]);
    ours.run('ALTER TABLE ensayo_messages ADD CHECK (touch < 5)');
    const answer = await send([message('2'), message('3', { touch: 7 })], {});
    expect(answer.kind).toBe('refused');
    expect(JSON.stringify(answer)).not.toContain('Hola');
    expect(ours.run('SELECT count(*) FROM ensayo_messages')).toBe('1\n');
    const strange = await send([message('4', { touch: 'doce' })], {});
    expect(strange).toMatchObject({ kind: 'refused', reason: expect.stringContaining('doce') });
  });

  it.each([
    ['a wrong password', { password: 'equivocada' }, 'stopped', /password authentication failed/],
    ['a database that is not there', { database: 'otra' }, 'stopped', /"otra" does not exist/],
    ['a certificate of nobody known', { ca: undefined }, 'stopped', /SELF_SIGNED|self-signed/],
  ] as const)('stops for a person at %s', async (_, given, kind, words) => {
    const answer = await send([message('1')], given);
    expect(answer).toMatchObject({ kind, reason: expect.stringMatching(words) });
    expect(JSON.stringify(answer)).not.toContain('equivocada');
  });

  it('checks that a certificate is for the name that was typed', async () => {
    expect(await send([message('1')], { host: '::ffff:127.0.0.1' })).toMatchObject({
      kind: 'stopped',
      reason: expect.stringContaining('ERR_TLS_CERT_ALTNAME_INVALID'),
    });
    for (const tls of ['encrypt', 'none'])
      expect(await send([message('1')], { host: '::ffff:127.0.0.1', tls, create: true })).toEqual({
        kind: 'accepted',
      });
  });

  it('comes back later when nobody answers, and connects to nothing inside the house', async () => {
    expect(await send([message('1')], { port: await freePort() })).toMatchObject({ kind: 'later' });
    const world = testWorld({ allowedPrivate: [] });
    await expect(open({}, world)).rejects.toMatchObject({ code: 'address_refused' });
    const named = await calls.open(optionsWith({ host: 'localhost.localdomain' }), world).catch(() => null);
    if (named) expect((await named.send(callOf([message('1')]))).kind).not.toBe('accepted');
  });

  it('cut in the middle of a statement has changed nothing, and the same call succeeds then', async () => {
    const receiver = await open({ create: true });
    await receiver.send(callOf([message('1')]));
    ours.run(`CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(20); RETURN NEW; END $$;
      CREATE TRIGGER slow BEFORE INSERT ON ensayo_messages FOR EACH ROW WHEN (NEW.message_key = '2') EXECUTE FUNCTION slow()`);
    const call = callOf([message('3'), message('2')]);
    const sending = receiver.send(call);
    const sleepers = "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'";
    while (!ours.run(sleepers).startsWith('1')) await new Promise((resolve) => setTimeout(resolve, 50));
    ours.cut();
    expect(['later', 'unknown']).toContain((await sending).kind);
    expect(ours.run('SELECT count(*) FROM ensayo_messages')).toBe('1\n');
    ours.run('DROP TRIGGER slow ON ensayo_messages; DROP FUNCTION slow');
    expect(await receiver.send(call)).toEqual({ kind: 'accepted' });
    expect(ours.run('SELECT count(*) FROM ensayo_messages')).toBe('3\n');
  });

  it('waits no longer than a call may take', async () => {
    const receiver = await open({ create: true }, testWorld({ callTimeoutMs: 600 }));
    await receiver.send(callOf([message('1')]));
    ours.run(`CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(20); RETURN NEW; END $$;
      CREATE TRIGGER slow BEFORE INSERT ON ensayo_messages FOR EACH ROW EXECUTE FUNCTION slow()`);
    expect(await receiver.send(callOf([message('2')]))).toMatchObject({
      kind: 'later',
      reason: expect.stringContaining('57014'),
    });
    ours.run('DROP TRIGGER slow ON ensayo_messages; DROP FUNCTION slow');
  });
});
