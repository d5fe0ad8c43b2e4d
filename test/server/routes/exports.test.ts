import { createHash } from 'node:crypto';
import { truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Batch } from '#core/contract/delivery/batches.ts';
import type { ExportRun } from '#core/contract/delivery/exports.ts';
import { raw } from '#core/sql/sql.ts';
import { putExperiment } from '../../support/contact/contact-fixture.ts';
import { startTestServer, type TestServer } from '../../support/servers/server.ts';

let server: TestServer;
let batch: Batch;
let run: ExportRun;

const outcome = async <T>(id: string): Promise<T> =>
  (await server.workspace.context.jobs.finished(id)).result as T;
const get = async (path: string, permissions?: Parameters<TestServer['token']>[0]) =>
  fetch(`${server.origin}/api/v1${path}`, {
    headers: { authorization: `Bearer ${await server.token(permissions)}` },
  });

beforeAll(async () => {
  server = await startTestServer();
  const people = [...Array.from({ length: 6 }, (_, i) => ({ id: `p${i}` })), { id: 'x', flag: 'hardship' }];
  await putExperiment(server.workspace.context, people, { sendOn: '2026-03-03' });
  const checked = await server.client.batches.create({ params: { experimentId: 'exp' }, body: {} });
  batch = await outcome<Batch>(checked.id);
});
afterAll(() => server.close());

it('lists and shows a batch', async () => {
  expect((await server.client.batches.list()).batches).toEqual([batch]);
  expect(await server.client.batches.get({ params: { batchId: batch.id } })).toEqual(batch);
});

it('shows what would leave, without sending it', async () => {
  const preview = await server.client.exports.preview({
    params: { batchId: batch.id },
    query: { limit: 2 },
  });
  expect(preview.rows).toBe(6);
  expect(preview.first.map((row) => row.customer_id)).toEqual(['p0', 'p1']);
  expect(Object.keys(preview.first[0] ?? {})).toEqual(preview.columns);
  expect((await server.client.exports.list()).exports).toEqual([]);
});

it('says before a batch leaves what is new, what it costs and who is held out', async () => {
  const { context } = server.workspace;
  const ask = () => server.client.exports.preview({ params: { batchId: batch.id } });
  expect(await ask()).toMatchObject({
    difference: null,
    held: 0,
    freshness: null,
    costs: [{ channel: 'sms', messages: 6, amount: null }],
    destination: { guarantee: 'idempotent', approval: false, personal: false, unmapped: [] },
  });
  await server.client.messages.cost({
    params: { channel: 'sms' },
    body: { amount: '0.05', currency: 'COP', name: 'Ana' },
  });
  await context.engine.run(
    raw(`INSERT INTO export_runs (export_id, batch_id, experiment_id, destination, options, state, rows_sent, rows_excluded, started_at, by_principal)
    VALUES ('before', 'other', 'exp', 'file', '{}', 'done', 4, 0, TIMESTAMP '2026-03-01 10:00:00', 'owner')`),
  );
  await context.engine.run(
    raw(`INSERT INTO export_rows (export_id, message_key, assignment_id, customer_id, arm, touch, channel, state)
    SELECT 'before', 'k' || c.customer_id, c.assignment_id, c.customer_id, CASE c.customer_id WHEN 'p1' THEN 'another' ELSE c.arm END, 1,
      CASE c.customer_id WHEN 'p2' THEN 'email' ELSE c.channel END, CASE c.customer_id WHEN 'p3' THEN 'rejected' ELSE 'acknowledged' END
    FROM contact_checks c WHERE c.customer_id <= 'p3' UNION ALL SELECT 'before', 'kq', 'plan:q', 'q', 'neutral', 1, 'sms', 'acknowledged'`),
  );
  expect(await ask()).toMatchObject({
    difference: { exportId: 'before', people: 4, fresh: 3, gone: 1, arm: 1, channel: 1, template: 0 },
    costs: [{ channel: 'sms', messages: 6, amount: '0.30', currency: 'COP', measuredOn: 0, statedBy: 'Ana' }],
  });
  await context.engine.run(raw(`DELETE FROM export_runs WHERE export_id = 'before'`));
  await context.engine.run(raw(`DELETE FROM export_rows WHERE export_id = 'before'`));
});

it('asks for personal:read before an address leaves', async () => {
  const response = await fetch(`${server.origin}/api/v1/exports`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${await server.token(['export:run', 'export:read'])}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ batchId: batch.id, options: { address: true } }),
  });
  expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([403, 'forbidden']);
});

it('exports, lists and shows the run, and its lines by state and person', async () => {
  const options = { formats: ['csv', 'ndjson', 'parquet', 'arrow'] };
  const job = await server.client.exports.create({ body: { batchId: batch.id, options } });
  run = await outcome<ExportRun>(job.id);
  expect(run).toMatchObject({ rows: 6, excluded: 1, state: 'done' });
  expect((await server.client.exports.list()).exports).toEqual([run]);
  const params = { exportId: run.id };
  expect(await server.client.exports.get({ params })).toEqual(run);
  const lines = await server.client.exports.rows({ params, query: { limit: 3 } });
  expect([lines.total, lines.rows.length]).toEqual([7, 3]);
  const kept = await server.client.exports.rows({ params, query: { state: 'excluded' } });
  expect(kept.rows).toMatchObject([
    { customerId: 'x', state: 'excluded', rule: 'flag-block', channel: 'sms' },
  ]);
  const one = await server.client.exports.rows({ params, query: { customerId: 'p3' } });
  expect(one.rows).toMatchObject([{ customerId: 'p3', state: 'written', rule: null }]);
});

it('gives the row log, the rejects and the calls as they are', async () => {
  const text = async (path: string) => (await get(path)).text();
  const log = (await text(`/exports/${run.id}/log`)).trim().split('\n');
  expect(log).toHaveLength(8);
  expect(log[0]).toContain('customerId,arm,touch');
  expect((await text(`/exports/${run.id}/log?customerId=p3`)).trim().split('\n')).toHaveLength(2);
  const { context } = server.workspace;
  const mark = (state: string) =>
    context.engine.run(
      raw(`UPDATE export_rows SET state = '${state}', reason = '=422 bad' WHERE customer_id = 'p3'`),
    );
  await mark('rejected');
  const rejects = (await text(`/exports/${run.id}/rejects`)).trim().split('\n');
  expect(rejects).toHaveLength(2);
  expect(rejects[1]).toContain("'=422 bad");
  await mark('written');
  await context.engine.run(
    raw(`INSERT INTO export_calls VALUES
    ('${run.id}', 'c1', 1, 4, 900, 'later', '429', TIMESTAMP '2026-03-02 10:00:00', TIMESTAMP '2026-03-02 10:00:01'),
    ('${run.id}', 'c1', 2, 4, 900, 'accepted', NULL, TIMESTAMP '2026-03-02 10:00:02', TIMESTAMP '2026-03-02 10:00:03')`),
  );
  const calls = await server.client.exports.calls({
    params: { exportId: run.id },
    query: { answer: 'later' },
  });
  expect(calls).toMatchObject({
    total: 1,
    answers: [
      { answer: 'accepted', calls: 1, rows: 4 },
      { answer: 'later', calls: 1, rows: 4 },
    ],
    calls: [{ callId: 'c1', attempt: 1, rows: 4, reason: '429' }],
  });
});

it('gives back each file as it was written, as what it is', async () => {
  const types: string[] = [];
  for (const part of run.manifest?.parts ?? []) {
    const response = await get(`/exports/${run.id}/files/${part.path}`);
    const bytes = Buffer.from(await response.arrayBuffer());
    expect([response.status, createHash('sha256').update(bytes).digest('hex')]).toEqual([200, part.sha256]);
    types.push(response.headers.get('content-type') ?? '');
  }
  expect(types).toEqual([
    'text/csv; charset=utf-8',
    'application/x-ndjson',
    'application/vnd.apache.parquet',
    'application/vnd.apache.arrow.stream',
  ]);
  const manifest = await get(`/exports/${run.id}/files/manifest.json`);
  expect(await manifest.json()).toEqual(run.manifest);
});

it.each(['other.csv', '..%2f..%2fensayo.duckdb', '%2fetc%2fpasswd', 'messages.csv%00', '.unfinished'])(
  'gives no other file: %s',
  async (name) => {
    const folder = dirname(run.manifestPath ?? '');
    writeFileSync(join(folder, 'other.csv'), 'not ours');
    expect((await get(`/exports/${run.id}/files/${name}`)).status).toBe(404);
  },
);

it('says when a file has been changed', async () => {
  truncateSync(join(dirname(run.manifestPath ?? ''), 'messages.csv'), 10);
  const response = await get(`/exports/${run.id}/files/messages.csv`);
  expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([
    409,
    'file_changed',
  ]);
});

it.each([
  ['/batches/none', 404],
  ['/exports/none', 404],
  ['/exports/none/rows', 404],
  ['/batches/none/preview', 404],
])('%s is not found', async (path, status) => {
  expect((await get(path)).status).toBe(status);
});

it('holds each endpoint to its permission', async () => {
  expect((await get('/exports', ['portfolio:read'])).status).toBe(403);
  expect((await get(`/exports/${run.id}/files/manifest.json`, ['export:read'])).status).toBe(403);
});
