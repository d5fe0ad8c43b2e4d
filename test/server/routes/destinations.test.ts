import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Batch } from '#core/contract/delivery/batches.ts';
import type { ExportRun } from '#core/contract/delivery/exports.ts';
import { raw } from '#core/sql/sql.ts';
import { look } from '#server/jobs/scheduling/ticker.ts';
import { all, putExperiment } from '../../support/contact/contact-fixture.ts';
import { type LocalReceiver, startReceiver } from '../../support/receiver/receiver.ts';
import { webhookSecret, webhookTaker } from '../../support/receiver/webhook.ts';
import { startTestServer, type TestServer } from '../../support/servers/server.ts';

let server: TestServer;
let receiver: LocalReceiver;
let slow = false;
const taker = webhookTaker();
const people = Array.from({ length: 12 }, (_, i) => ({ id: `p${i}` }));

beforeAll(async () => {
  receiver = await startReceiver({
    take: async (call) => {
      if (slow) await new Promise((resolve) => setTimeout(resolve, 300));
      if (/"p1"/.test(call.body) && call.body.includes('message.assigned') && refusing)
        return void call.response.writeHead(422).end('not p1');
      return taker.take(call);
    },
  });
  server = await startTestServer(undefined, {
    delivery: { scheduleMs: [0, 5, 5], callTimeoutMs: 5_000, allowedPrivate: ['127.0.0.1'] },
  });
  await putExperiment(server.workspace.context, people, { sendOn: '2026-03-03' });
});
afterAll(async () => {
  await server.close();
  await receiver.close();
});
let refusing = false;

const options = () => ({ url: receiver.url, secret: webhookSecret, rows: 1 });
const create = (name: string, change: Record<string, unknown> = {}, approval = false) =>
  server.client.destinations.create({
    body: { name, kind: 'webhook', options: { ...options(), ...change }, approval },
  });
const ended = async <T>(id: string): Promise<T> =>
  (await server.workspace.context.jobs.finished(id)).result as T;

it('keeps a secret sealed, shows it to nobody, and keeps it when it is left out', async () => {
  const made = await create('Sellado');
  expect(made.secrets).toEqual(['secret']);
  expect(JSON.stringify(await server.client.destinations.list())).not.toContain(webhookSecret);
  const id = { destinationId: made.id };
  await server.client.destinations.update({
    params: id,
    body: { name: 'Sellado 2', options: { url: receiver.url, rows: 5 }, approval: true },
  });
  expect(await server.client.destinations.test({ params: id })).toEqual({ problem: null });
  const elsewhere = { name: 'Sellado 2', options: { url: `${receiver.url}/other`, rows: 5 }, approval: true };
  await expect(server.client.destinations.update({ params: id, body: elsewhere })).rejects.toMatchObject({
    problem: { code: 'secret_again' },
  });
  const { engine } = server.workspace.context;
  const tables = await engine.rows<{ name: string }>(
    raw("SELECT table_name AS name FROM information_schema.tables WHERE table_type = 'BASE TABLE'"),
  );
  for (const { name } of tables)
    expect(JSON.stringify(await engine.rows(raw(`SELECT * FROM "${name}" LIMIT 500`)))).not.toContain(
      webhookSecret.slice(6),
    );
  const gone = await server.client.destinations.retire({ params: id });
  expect([gone.retiredAt !== null, gone.secrets]).toEqual([true, []]);
  await expect(server.client.destinations.test({ params: id })).rejects.toMatchObject({
    problem: { code: 'destination_retired' },
  });
});

it.each([
  [{ url: 'https://10.0.0.8/hook' }, 'address_refused'],
  [{ url: 'http://example.com/hook' }, 'address_refused'],
  [{ secret: 'whsec_short' }, 'destination_options'],
  [{ surprise: 1 }, 'destination_options'],
])('refuses %j with %s', async (change, code) => {
  await expect(create('No', change)).rejects.toMatchObject({ problem: { code } });
});

const sftp = { user: 'ana', password: 'secreta', hostKey: `SHA256:${'a'.repeat(43)}` };
const table = { user: 'ana', password: 'secreta', database: 'cobranza', tls: 'none' };
it.each([
  ['sftp', sftp, '192.168.1.20'],
  ['sftp', sftp, '[::1]'],
  ['postgres', table, '10.0.0.8'],
  ['postgres', table, '[fd00::8]'],
])('keeps no %s at an address inside the house, unless its owner allows it', async (kind, given, host) => {
  const put = (name: string, place: string) =>
    server.client.destinations.create({
      body: { name, kind, options: { ...given, host: place }, approval: false },
    });
  await expect(put('Dentro', host)).rejects.toMatchObject({ problem: { code: 'address_refused' } });
  const there = await put(`Permitido ${kind} ${host}`, '127.0.0.1');
  const moved = {
    params: { destinationId: there.id },
    body: { name: 'Mudado', options: { ...given, host }, approval: false },
  };
  await expect(server.client.destinations.update(moved)).rejects.toMatchObject({
    problem: { code: 'address_refused' },
  });
  const names = (await server.client.destinations.list()).destinations.map(({ name }) => name);
  expect(names).not.toContain('Dentro');
  expect(names).not.toContain('Mudado');
});

it('refuses a second of the same name', async () => {
  await create('Uno');
  await expect(create('Uno')).rejects.toMatchObject({ problem: { code: 'destination_named' } });
});

it('asks for approval, pauses, goes on, keeps what was refused, and tries it again when asked', async () => {
  const { id } = await create('Con aprobación', {}, true);
  const checked = await server.client.batches.create({ params: { experimentId: 'exp' }, body: {} });
  const batch = await ended<Batch>(checked.id);
  const body = { batchId: batch.id, destination: id };
  await expect(server.client.exports.create({ body })).rejects.toMatchObject({
    problem: { code: 'approval_needed' },
  });
  slow = true;
  refusing = true;
  const job = await server.client.exports.create({ body: { ...body, approvedBy: 'Ana Ruiz' } });
  const run = { exportId: job.id };
  await expect.poll(() => taker.seen.size, { timeout: 20_000 }).toBeGreaterThan(0);
  const paused = await server.client.exports.control({ params: run, body: { action: 'pause' } });
  expect([paused.state, paused.approvedBy]).toEqual(['paused', 'Ana Ruiz']);
  slow = false;
  await server.client.exports.control({ params: run, body: { action: 'resume' } });
  const done = await ended<ExportRun>(job.id);
  expect([done.state, done.states]).toEqual(['done', { acknowledged: 11, rejected: 1 }]);
  refusing = false;
  const again = await ended<ExportRun>((await server.client.exports.retry({ params: run, body: {} })).id);
  expect(again.states).toEqual({ acknowledged: 12 });
  expect([...taker.seen.values()].every((times) => times === 1)).toBe(true);
  await expect(
    ended(await server.client.exports.retry({ params: run, body: {} }).then(({ id }) => id)),
  ).resolves.toBeNull();
  const ledger = await server.client.ledger.list({ query: { customerId: 'p1' } });
  expect(ledger.rows).toEqual([
    expect.objectContaining({
      customerId: 'p1',
      state: 'acknowledged',
      approvedBy: 'Ana Ruiz',
      destination: id,
    }),
  ]);
});

it('a secret changed there in the middle of a run halts it; with the new one it goes on, loses nothing and sends nothing twice', async () => {
  const { context } = server.workspace;
  const renewed = `whsec_${Buffer.from('another secret of thirty-two bytes').toString('base64')}`;
  let there = webhookSecret;
  const came: string[] = [];
  const other = await startReceiver({
    take: ({ request, body, response }) => {
      try {
        new Webhook(there).verify(body, request.headers as Record<string, string>);
      } catch {
        return void response.writeHead(401).end('signature expired');
      }
      came.push(...(JSON.parse(body) as { subject: string }[]).map(({ subject }) => subject));
      if (came.length === 4) there = renewed;
      response.writeHead(204).end();
    },
  });
  try {
    const plan = { experimentId: 'exp2', planHash: 'plan2', sendOn: '2026-03-10', assignOnly: true };
    await putExperiment(context, people, plan);
    const { id } = await create('Renovado', { url: other.url });
    const checked = await server.client.batches.create({ params: { experimentId: 'exp2' }, body: {} });
    const batch = await ended<Batch>(checked.id);
    const job = await server.client.exports.create({ body: { batchId: batch.id, destination: id } });
    const run = { exportId: job.id };
    await expect
      .poll(async () => (await server.client.exports.get({ params: run }).catch(() => null))?.halted, {
        timeout: 10_000,
      })
      .toBe('401 signature expired');
    await server.client.destinations.update({
      params: { destinationId: id },
      body: { name: 'Renovado', options: { ...options(), url: other.url, secret: renewed }, approval: false },
    });
    await server.client.exports.control({ params: run, body: { action: 'resume' } });
    expect((await ended<ExportRun>(job.id)).states).toEqual({ acknowledged: people.length });
    expect(came.toSorted()).toEqual(people.map(({ id }) => id).toSorted());
  } finally {
    await other.close();
  }
});

it('runs a schedule when its time has come, and says which job', async () => {
  const { context } = server.workspace;
  const { id } = await create('Diario');
  const made = await server.client.schedules.create({
    body: {
      name: 'Cada tarde',
      cron: '0 18 * * *',
      timeZone: 'America/Bogota',
      work: { kind: 'messages', experimentId: 'exp', destination: id },
      missed: 'once',
      enabled: true,
    },
  });
  expect(made.next).toHaveLength(3);
  await look(context);
  expect((await server.client.schedules.list()).schedules[0]?.lastJob).toBeNull();
  await context.engine.run(raw("UPDATE schedules SET last_due = TIMESTAMP '2026-01-01'"));
  await look(context);
  const [after] = (await server.client.schedules.list()).schedules;
  expect(after?.lastJob).not.toBeNull();
  expect((await context.jobs.get(after?.lastJob ?? '')).kind).toBe('send-due');
  await context.jobs.finished(after?.lastJob ?? '');
  await look(context);
  expect((await all(context, 'jobs', 'job_id')).filter(({ kind }) => kind === 'send-due')).toHaveLength(1);
});
