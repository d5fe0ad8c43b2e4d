import { afterAll, beforeEach, expect, it } from 'vitest';
import { raw } from '#core/sql/sql.ts';
import { writeSetting } from '#server/store/workspace.ts';
import { arm, assign, designOf, openBook, saveSegment } from '../../../support/experiments/experiments.ts';
import type { TestServer } from '../../../support/servers/server.ts';

let server: TestServer;
const open: TestServer[] = [];
const engine = () => server.workspace.context.engine;
const lateAre = (tenths: number) =>
  engine().run(
    raw(
      `UPDATE snapshots SET days_past_due = CASE WHEN hash(account_id) % 10 < ${tenths} THEN 5 ELSE 0 END WHERE as_of = DATE '2026-10-31'`,
    ),
  );
const reserved = async (): Promise<number> =>
  (await engine().first<{ n: number }>(
    raw(`SELECT CAST(count(*) AS INTEGER) AS n FROM contact_checks WHERE state = 'reserved'`),
  ))!.n;

let params: { experimentId: string };
beforeEach(async () => {
  server = await openBook();
  open.push(server);
  await lateAre(2);
  await writeSetting(engine(), 'today', '2026-11-02');
  const arms = [arm('neutral'), arm('social_proof')];
  const made = await server.client.experiments.create({
    body: designOf(await saveSegment(server), { arms, sendOn: '2026-11-03' }),
  });
  await assign(server, made.id);
  params = { experimentId: made.id };
});
afterAll(async () => {
  for (const one of open) await one.close();
});

const finished = async (job: Promise<{ id: string }>) =>
  server.workspace.context.jobs.finished((await job).id);
const statusOf = async () => (await server.client.experimentLifecycle.get({ params })).status;

it('the day reserves messages while their texts are true, and nothing once one is not', async () => {
  const day = () => finished(server.client.experimentLifecycle.runDay({ params, body: {} }));
  const first = await day();
  expect(first.error).toBeNull();
  expect(first.result).toMatchObject({ paused: [], batches: [{ touch: 1 }] });
  expect(await reserved()).toBeGreaterThan(100);

  // One that is on its way, held by its receiver perhaps, stays as it is and keeps the day from nothing.
  const { batches } = first.result as { batches: { id: string; cleared: number }[] };
  const set = (batch: string, checks: string) =>
    engine().transaction(async (session) => {
      await session.run(raw(`UPDATE batches SET state = '${batch}' WHERE batch_id = '${batches[0]?.id}'`));
      await session.run(
        raw(`UPDATE contact_checks SET state = '${checks}' WHERE batch_id = '${batches[0]?.id}'`),
      );
    });
  await set('exporting', 'sent');
  const held = await day();
  expect([held.error, await reserved()]).toEqual([null, 0]);
  const taken = await engine().first(
    raw(
      `SELECT CAST(count(*) AS INTEGER) AS n FROM contact_checks WHERE batch_id = '${batches[0]?.id}' AND state = 'sent'`,
    ),
  );
  expect(taken).toEqual({ n: batches[0]?.cleared });
  await set('reserved', 'reserved');

  await lateAre(6);
  const second = await day();
  expect(second.error).toBeNull();
  expect(second.result).toMatchObject({
    paused: [
      {
        experimentId: params.experimentId,
        reason: { en: expect.stringMatching(/^social_proof · sms: .*teaches not to pay/) },
      },
    ],
    batches: [],
  });
  expect(await reserved()).toBe(0);
  const { status, events } = await server.client.experimentLifecycle.get({ params });
  expect(status).toBe('paused');
  expect(events.at(-1)).toMatchObject({ kind: 'paused', arm: null, by: 'message-check' });
});

it('a text longer than its channel takes does not leave either, and is named', async () => {
  const said = {
    style: 'reciprocity',
    channel: 'sms' as const,
    body: {
      es: '{{entidad}}: Hola, {{nombre}}. Queremos ayudarle con {{importe}}: llame al {{telefono_ayuda}} o pague en {{enlace_pago}}. Responda BAJA para no recibir SMS.',
    },
  };
  await server.client.messages.create({ body: { ...said, id: 'larga', author: 'Ana Ríos' } });
  await server.client.messages.approve({
    params: { style: 'reciprocity', template: 'larga' },
    body: { version: 1, name: 'Luis Vega' },
  });
  const help = {
    ...arm('reciprocity'),
    touches: [{ ...arm('reciprocity').touches[0]!, templates: ['larga'] }],
  };
  const made = await server.client.experiments.create({
    body: designOf(await saveSegment(server), {
      name: 'Largo',
      layer: 'otra',
      arms: [arm('neutral'), help],
      sendOn: '2026-11-03',
    }),
  });
  await assign(server, made.id);
  await engine().run(
    raw(
      `UPDATE message_versions SET content = replace(content::VARCHAR, 'Queremos', repeat('De verdad ', 100) || 'queremos')`,
    ),
  );
  const own = { experimentId: made.id };
  const { error, result } = await finished(
    server.client.experimentLifecycle.runDay({ params: own, body: {} }),
  );
  expect(error).toBeNull();
  expect(result).toMatchObject({
    paused: [
      {
        reason: { es: expect.stringMatching(/^reciprocity · larga: es demasiado largo en español: \d+ SMS/) },
      },
    ],
    batches: [],
  });
});

it('a check asked for by hand pauses all arms too, and says so', async () => {
  await lateAre(6);
  const { error } = await finished(server.client.batches.create({ params, body: { touch: 1 } }));
  expect(error?.code).toBe('experiment_not_running');
  expect([await statusOf(), await reserved()]).toEqual(['paused', 0]);
});
