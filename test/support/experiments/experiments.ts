import { expect } from 'vitest';
import type { Experiment } from '#core/contract/experiments/experiments.ts';
import type { Design } from '#core/experiment/define.ts';
import type { Condition } from '#core/segment/condition.ts';
import { insertScores, insertSmallBook } from '../books/small-book.ts';
import { startTestServer, type TestServer } from '../servers/server.ts';

const people = 3000;

/** A server over a small book with scores. */
export async function openBook(): Promise<TestServer> {
  const server = await startTestServer();
  await server.workspace.context.engine.transaction(async (session) => {
    await insertSmallBook(session, people);
    await insertScores(session, '2026-10-31');
  });
  return server;
}

export const late: Condition = { column: 'days_past_due', is: 'between', from: 1, to: 60 };

type Channel = 'sms' | 'email' | 'whatsapp';
export const arm = (style: string, weight = 1, channel: Channel = 'sms') => ({
  name: style,
  weight,
  touches: [{ day: 0, style, channel, templates: [channel as string] }],
});
export const designOf = (segmentId: string, given: Partial<Design> = {}) => ({
  name: 'Estilos',
  segmentId,
  control: 'neutral',
  arms: [arm('neutral'), arm('loss_aversion'), arm('reciprocity')],
  ...given,
});

export const saveSegment = async (server: TestServer, condition: Condition = late) =>
  (await server.client.segments.create({ body: { name: 'En mora', condition } })).id;

export async function assign(server: TestServer, id: string): Promise<Experiment> {
  const job = await server.client.experiments.assign({ params: { experimentId: id } });
  const ended = await server.workspace.context.jobs.finished(job.id);
  expect(ended.error).toBeNull();
  return server.client.experiments.get({ params: { experimentId: id } });
}

export const problemOf = (work: Promise<unknown>) =>
  work.then(
    () => 'nothing went wrong',
    (error: { problem?: { code: string }; message: string }) => `${error.problem?.code}: ${error.message}`,
  );
