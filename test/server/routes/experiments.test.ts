import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Design } from '#core/experiment/define.ts';
import { raw, sql } from '#core/sql/sql.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';
import { insertScores, insertSmallBook } from '../../support/small-book.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  const { engine } = server.workspace.context;
  await engine.transaction(async (session) => {
    await insertSmallBook(session, 6000);
    await insertScores(session, '2026-10-31');
  });
});
afterAll(() => server.close());

const late = { column: 'days_past_due', is: 'between' as const, from: 1, to: 60 };
const arm = (name: string, style = name, channel: 'sms' | 'email' = 'sms', weight = 1) => ({
  name,
  style,
  channel,
  template: channel,
  weight,
});
const designOf = (segmentId: string, given: Partial<Design> = {}) => ({
  name: 'Estilos',
  segmentId,
  control: 'neutral',
  arms: [arm('neutral'), arm('loss_aversion'), arm('reciprocity')],
  ...given,
});
const saveSegment = async (condition: object = late) =>
  (await server.client.segments.create({ body: { name: 'En mora', condition: condition as typeof late } })).id;

describe('experiments over HTTP', () => {
  it('go from a segment to an assignment that equals its plan', async () => {
    const segmentId = await saveSegment();
    const made = await server.client.experiments.create({ body: designOf(segmentId) });
    console.log(JSON.stringify(made.sizing, null, 1).slice(0, 3000));
    const job = await server.client.experiments.assign({ params: { experimentId: made.id } });
    const ended = await server.workspace.context.jobs.finished(job.id);
    console.log(JSON.stringify(ended.error), JSON.stringify(ended.result));
    const after = await server.client.experiments.get({ params: { experimentId: made.id } });
    console.log(JSON.stringify({ arms: after.arms, lost: after.lost, balance: after.balance.slice(0, 6) }, null, 1));
  });
});
