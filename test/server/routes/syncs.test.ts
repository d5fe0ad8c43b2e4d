import { afterAll, beforeAll, expect, it } from 'vitest';
import { RemoteError } from '#core/contract/client.ts';
import { raw } from '#core/sql/sql.ts';
import { all, put, putExperiment } from '../../support/contact/contact-fixture.ts';
import { putDestination } from '../../support/receiver/put.ts';
import { putPastDue } from '../../support/receiver/put-sync.ts';
import { webhookSecret } from '../../support/receiver/webhook.ts';
import { startTestServer, type TestServer } from '../../support/servers/server.ts';

let server: TestServer;
const people = Array.from({ length: 6 }, (_, i) => ({ id: `p${i}` }));
const definition = { segmentId: 'past-due', columns: ['days_past_due', 'address_sms'] };
const refusal = (error: unknown) => {
  if (!(error instanceof RemoteError)) throw error;
  return [error.problem.code, error.problem.details];
};

beforeAll(async () => {
  server = await startTestServer();
  const { context } = server.workspace;
  await putExperiment(context, people);
  await putPastDue(context);
  const points = people.map(({ id }) => ({
    customer_id: id,
    channel: 'sms',
    address: '+573001234567',
    valid: true,
  }));
  await put(context, 'contact_points', points);
  const options = { url: 'https://example.com/hook', secret: webhookSecret };
  await putDestination(context, 'plain', 'webhook', options);
  await putDestination(context, 'personal', 'webhook', { ...options, address: true });
});
afterAll(() => server.close());

const create = (body: object) =>
  server.client.syncs
    .create({ body: { name: 'Perfiles', destinationId: 'personal', definition, ...body } })
    .catch(refusal);

it('lists what an attribute may be: nothing protected, no flags, personal ones marked', async () => {
  const { attributes } = await server.client.syncs.list();
  const names = attributes.map(({ name }) => name);
  expect(names).toEqual(
    expect.arrayContaining(['segment', 'arrears', 'best_channel', 'arm_exp', 'style_exp']),
  );
  expect(names.filter((name) => /sex|birth|education|marital|flag/.test(name))).toEqual([]);
  expect(attributes.filter(({ personal }) => personal).map(({ name }) => name)).toEqual(
    ['sms', 'email', 'whatsapp', 'call', 'letter'].map((channel) => `address_${channel}`),
  );
});

it('refuses by name what cannot be synced, and stores nothing', async () => {
  expect(await create({ definition: { ...definition, columns: ['sex'] } })).toEqual([
    'attribute_unknown',
    expect.objectContaining({ name: 'sex' }),
  ]);
  expect(await create({ definition: { ...definition, columns: ['arrears', 'arrears'] } })).toEqual([
    'attribute_twice',
    { name: 'arrears' },
  ]);
  expect(await create({ destinationId: 'plain' })).toEqual([
    'attribute_personal',
    { name: 'address_sms', destination: 'plain' },
  ]);
  expect(await create({ destinationId: 'file' })).toEqual([
    'destination_carries',
    expect.objectContaining({ carries: 'attributes' }),
  ]);
  expect(await create({ definition: { ...definition, segmentId: 'gone' } })).toEqual([
    'sync_segment_gone',
    { name: 'Perfiles', segment: 'gone' },
  ]);
  expect((await server.client.syncs.list()).syncs).toEqual([]);
});

it('shows what would change, with addresses masked but for who may read them', async () => {
  const made = await server.client.syncs.create({
    body: { name: 'Perfiles', destinationId: 'personal', definition },
  });
  expect(made).toMatchObject({
    held: 0,
    unsure: 0,
    lastRun: null,
    definition: { mode: 'upsert', leaving: 'clear' },
  });
  expect(await create({})).toEqual(['sync_named', { name: 'Perfiles' }]);
  const preview = await server.client.syncs.preview({ params: { syncId: made.id } });
  expect(preview).toMatchObject({
    people: 6,
    fresh: 6,
    changed: 0,
    same: 0,
    leaving: 0,
    dead: 0,
    stopped: 0,
    rows: 6,
  });
  expect(preview.first[0]).toEqual({
    customer_id: 'p0',
    operation: 'put',
    standing: 'fresh',
    rule: null,
    days_past_due: 12,
    address_sms: '+573001234567',
  });
  const path = `${server.origin}/api/v1/syncs/${made.id}`;
  const headers = { authorization: `Bearer ${await server.token(['export:read', 'export:run'])}` };
  const masked = (await (await fetch(`${path}/preview`, { headers })).json()) as typeof preview;
  expect(masked.first[0]?.address_sms).toBe('•••67');
  const json = { ...headers, 'content-type': 'application/json' };
  expect((await fetch(`${path}/runs`, { method: 'POST', headers: json, body: '{}' })).status).toBe(403);
});

it('a retired one is not scheduled, run or shown again', async () => {
  const [{ id: syncId = '' } = {}] = (await server.client.syncs.list()).syncs;
  const body = { name: 'Cada noche', cron: '0 3 * * *', work: { kind: 'sync' as const, syncId } };
  await server.client.schedules.create({ body });
  await server.client.syncs.retire({ params: { syncId } });
  expect((await server.client.syncs.list()).syncs).toEqual([]);
  expect((await server.client.schedules.list()).schedules[0]?.enabled).toBe(false);
  const again = await server.client.syncs.run({ params: { syncId }, body: {} }).catch(refusal);
  expect(again).toEqual(['sync_retired', expect.objectContaining({ name: 'Perfiles' })]);
  const audit = await all(server.workspace.context, 'audit', 'happened_at');
  expect(audit.map(({ action }) => action)).toEqual(
    expect.arrayContaining(['sync.create', 'sync.retire', 'schedule.create']),
  );
});

it('before balances are loaded there are no attributes', async () => {
  await server.workspace.context.engine.run(raw('DELETE FROM snapshots'));
  expect((await server.client.syncs.list()).attributes).toEqual([]);
});
