import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { literal, raw, sql } from '#core/sql/sql.ts';
import type { FileTaken } from '#server/jobs/receiving/file.ts';
import { putExperiment } from '../../support/contact/contact-fixture.ts';
import { putSent, sendEvents } from '../../support/contact/events.ts';
import { startTestServer, type TestServer } from '../../support/servers/server.ts';

let server: TestServer;
let secret: string;
const folder = mkdtempSync(join(tmpdir(), 'ensayo-events-'));
const rows = (text: string) => server.workspace.context.engine.rows(raw(text));
const key = (person: string): string => `key-${person}`;

/** Loads a file and gives its outcome, or the code of its failure. */
async function load(name: string, body?: string, sender = 'nightly'): Promise<FileTaken | string> {
  if (body !== undefined) writeFileSync(join(folder, name), body);
  const { id } = await server.client.events.load({ body: { file: join(folder, name), sender } });
  const job = await server.workspace.context.jobs.finished(id);
  return job.error?.code ?? (job.result as { files: FileTaken[] }).files[0] ?? 'nothing';
}

const header = 'event_id,kind,occurred_at,message_key,customer_id,account_id,amount,currency,due_date';
const csv = [
  header,
  `f1,delivered,2026-03-02T10:00:00Z,${key('p0')},,,,,`,
  `f2,opened,2026-03-02T10:05:00Z,${key('p0')},,,,,`,
  'f3,paid,2026-03-02T10:05:00Z,,,ap1,1250.50,COP,',
  'f4,promised,2026-03-02T10:05:00Z,,,ap2,10,COP,2026-03-20',
  'f5,opted_out,2026-03-02T10:05:00Z,,p3,,,,',
  'f6,paid,2026-03-02T10:05:00Z,,,ap1,50,,',
  'f1,delivered,2026-03-02T10:00:00Z,key-p0,,,,,',
].join('\n');

beforeAll(async () => {
  server = await startTestServer();
  const people = Array.from({ length: 6 }, (_, i) => ({ id: `p${i}` }));
  await putExperiment(server.workspace.context, people);
  await putSent(server.workspace.context, people);
  secret = (await server.client.events.addSender({ body: { name: 'nightly' } })).secret;
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

it('takes a file of events with the same effects, and the same file again counts the same and changes nothing', async () => {
  const first = await load('events.csv', csv);
  expect(first).toMatchObject({
    rows: 7,
    accepted: 5,
    duplicates: 1,
    rejectedTotal: 1,
    rejected: [{ position: 6, id: 'f6', reason: 'event_without_currency' }],
  });
  const before = await rows('SELECT load_id, tables, rejected FROM loads ORDER BY load_id');
  expect(await load('events.csv')).toEqual(first);
  expect(await rows('SELECT load_id, tables, rejected FROM loads ORDER BY load_id')).toEqual(before);
  expect(await rows('SELECT customer_id, delivered, opened FROM current_contacts')).toEqual([
    { customer_id: 'p0', delivered: true, opened: true },
  ]);
  expect(await rows('SELECT customer_id, reason FROM recalls ORDER BY customer_id')).toEqual([
    { customer_id: 'p1', reason: 'payment' },
    { customer_id: 'p2', reason: 'promise' },
    { customer_id: 'p3', reason: 'opt_out' },
  ]);
});

it('an event that came by file does not count again when its sender posts it', async () => {
  const { body } = await sendEvents(server.origin, secret, [
    { id: 'f2', type: 'opened', time: '2026-03-02T10:05:00Z', messageKey: key('p0') },
    { id: 'f7', type: 'clicked', time: '2026-03-02T10:06:00Z', messageKey: key('p0') },
  ]);
  expect(body).toMatchObject({ accepted: 1, duplicates: 1 });
});

it('reads Parquet and lines of CloudEvents alike', async () => {
  const path = join(folder, 'events.parquet');
  await server.workspace.context.engine.run(
    sql`COPY (SELECT 'q' || i AS id, 'read' AS type, TIMESTAMP '2026-03-02 11:00:00' AS time, ${literal(key('p4'))} AS "messageKey" FROM range(3) r(i)) TO ${literal(path)} (FORMAT parquet)`,
  );
  expect(await load('events.parquet')).toMatchObject({ rows: 3, accepted: 3, rejectedTotal: 0 });
  const cloud = (id: string) =>
    JSON.stringify({
      specversion: '1.0',
      id,
      source: '/mail',
      type: 'mail.bounced',
      time: '2026-03-02T11:00:00Z',
      data: { messageKey: key('p5') },
    });
  expect(await load('events.ndjson', [cloud('1'), cloud('2'), cloud('1')].join('\n'))).toMatchObject({
    accepted: 2,
    duplicates: 1,
  });
  expect(
    await rows(
      "SELECT customer_id, delivered, opened, sent_at FROM current_contacts WHERE customer_id IN ('p4', 'p5') ORDER BY 1",
    ),
  ).toEqual([
    { customer_id: 'p4', delivered: true, opened: true, sent_at: '2026-03-02T11:00:00Z' },
    { customer_id: 'p5', delivered: false, opened: false, sent_at: '2026-03-02T11:00:00Z' },
  ]);
});

it('refuses files that are none of its own by name', async () => {
  expect(await load('other.csv', 'a,b\n1,2\n')).toBe('events_columns');
  expect(await load('gone.csv')).toBe('load_file_missing');
  await expect(
    server.client.events.load({ body: { file: 'x.csv', sender: 'nobody' } }),
  ).rejects.toMatchObject({
    problem: { code: 'not_found' },
  });
});

it('an ordinary load calls back what is out too, once, and only what it is the first to say', async () => {
  await rows('DELETE FROM recalls');
  const recipe = (table: string, columns: string[]) => ({
    tables: [{ table, columns: Object.fromEntries(columns.map((name) => [name, { from: name }])) }],
  });
  const loaded = async (table: string, file: string, body: string) => {
    const columns = body.split('\n')[0]?.split(',') ?? [];
    await server.client.recipes
      .save({ params: { name: `r-${table}` }, body: { recipe: recipe(table, columns) as never } })
      .catch(() => {});
    writeFileSync(join(folder, file), body);
    const { id } = await server.client.loads.create({
      body: { file: join(folder, file), recipe: `r-${table}` },
    });
    const job = await server.workspace.context.jobs.finished(id);
    expect(job.error).toBeNull();
    return job.result as { recalls?: number };
  };
  const flags = 'customer_id,kind,started_on\np0,dispute,2026-03-02\np4,vulnerable,2026-03-02\n';
  expect(await loaded('flags', 'flags.csv', flags)).toMatchObject({ recalls: 1 });
  expect((await loaded('flags', 'flags-2.csv', `${flags}p5,hardship,2026-03-02\n`)).recalls).toBe(1);
  expect(
    (
      await loaded(
        'payments',
        'payments.csv',
        'payment_id,account_id,paid_at,amount\nn1,ap4,2026-02-20,9999\nn2,ap3,2026-03-01,1.00\n',
      )
    ).recalls,
  ).toBeUndefined();
  expect(
    (
      await loaded(
        'payments',
        'payments-2.csv',
        'payment_id,account_id,paid_at,amount\nn3,ap3,2026-03-02,1249.50\n',
      )
    ).recalls,
  ).toBe(1);
  await rows("UPDATE snapshots SET as_of = DATE '2026-03-02' WHERE account_id = 'ap4'");
  const onTheDay = (name: string, day: string) =>
    loaded('payments', `${name}.csv`, `payment_id,account_id,paid_at,amount\n${name},ap4,${day},1250.50\n`);
  expect((await onTheDay('n4', '2026-03-01')).recalls).toBeUndefined();
  expect((await onTheDay('n5', '2026-03-02')).recalls).toBe(1);
  expect(await rows('SELECT customer_id, reason FROM recalls ORDER BY customer_id')).toEqual([
    { customer_id: 'p0', reason: 'dispute' },
    { customer_id: 'p3', reason: 'payment' },
    { customer_id: 'p4', reason: 'payment' },
    { customer_id: 'p5', reason: 'hardship' },
  ]);
});

it('forgets a person’s events, and refuses more of them without writing down whose they are', async () => {
  const { id } = await server.client.keeping.forget({
    params: { customerId: 'p3' },
    body: { confirm: 'p3', note: 'asked' },
  });
  const job = await server.workspace.context.jobs.finished(id);
  expect(job.error).toBeNull();
  expect(await rows("SELECT * FROM events WHERE customer_id = 'p3'")).toEqual([]);
  const { body } = await sendEvents(server.origin, secret, [
    { id: 'g1', type: 'complained', time: '2026-03-02T12:00:00Z', customerId: 'p3' },
  ]);
  expect(body.rejected).toMatchObject([{ reason: 'event_forgotten', value: null, id: null }]);
  for (const table of ['event_rejects', 'event_batches', 'recalls', 'events'])
    expect(JSON.stringify(await rows(`SELECT * FROM ${table}`))).not.toContain('"p3"');
});
