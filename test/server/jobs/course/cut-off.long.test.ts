import { afterAll, beforeAll, expect, it } from 'vitest';
import { DomainError } from '#core/errors/domain-error.ts';
import { raw } from '#core/sql/sql.ts';
import { simulateDay } from '#server/jobs/course/day.ts';
import type { StepRun } from '#server/jobs/job.ts';
import { workspaceToday } from '#server/store/workspace.ts';
import { startTestServer, type TestServer } from '../../../support/servers/server.ts';

let server: TestServer;
const run = async (job: { id: string }) => {
  const ended = await server.workspace.context.jobs.finished(job.id);
  expect(ended.error).toBeNull();
};
const one = async (text: string): Promise<number> =>
  (await server.workspace.context.engine.first<{ n: number }>(raw(text)))!.n;

beforeAll(async () => {
  server = await startTestServer();
  const { client } = server;
  await run(await client.loads.sample({ body: { accounts: 5000, seed: 6, months: 7 } }));
  const segment = await client.segments.create({
    body: { name: 'En mora', condition: { column: 'days_past_due', is: 'between', from: 1, to: 60 } },
  });
  const arms = ['neutral', 'reciprocity'].map((style) => ({
    name: style,
    weight: 1,
    touches: [{ day: 0, style, channel: 'sms' as const, templates: ['sms'] }],
  }));
  const made = await client.experiments.create({
    body: { name: 'Cortado', segmentId: segment.id, control: 'neutral', arms, arrivalDays: 10 },
  });
  await run(await client.experiments.assign({ params: { experimentId: made.id } }));
}, 120_000);
afterAll(() => server.close());

class Cut extends Error {}

/** A step of the same job that is cut off when it has looked up so many times; a thread under way says that it was cancelled. */
const cutAfter = (looks: number): StepRun<unknown> => {
  let seen = 0;
  return {
    context: server.workspace.context,
    jobId: '01900000-0000-7000-8000-000000000001',
    by: 'owner',
    input: {},
    outputs: {},
    progress: () => {},
    stopping: new AbortController().signal,
    turn: { isWanted: () => false, stepAside: async () => {} },
    checkCancelled: () => {
      seen += 1;
      if (seen > looks) throw new Cut();
    },
  };
};

it('a day cut off at any step is done again whole: each person once, each message once', async () => {
  const { context } = server.workspace;
  const last = '2026-11-03';
  let [cuts, looks] = [0, 1];
  for (let today = ''; today < last; ) {
    const done = await simulateDay(cutAfter(looks)).catch((error: unknown) => {
      if (!(error instanceof Cut) && !(error instanceof DomainError && error.code === 'cancelled'))
        throw error;
      cuts += 1;
      return null;
    });
    looks = done ? 1 : looks + 19;
    const moved = await workspaceToday(context);
    if (moved !== today) looks = 1;
    today = moved;
  }
  expect(await workspaceToday(context)).toBe(last);
  expect(cuts).toBeGreaterThan(5);
  expect(
    await one('SELECT CAST(count(*) - count(DISTINCT customer_id) AS INTEGER) AS n FROM assignments'),
  ).toBe(0);
  const sent = await one(`SELECT CAST(count(*) AS INTEGER) AS n FROM contact_checks WHERE state = 'sent'`);
  expect(sent).toBeGreaterThan(200);
  expect(
    await one(`SELECT CAST(count(*) AS INTEGER) AS n FROM current_contacts WHERE experiment_id IS NOT NULL`),
  ).toBe(sent);
  expect(
    await one(
      `SELECT CAST(count(*) - count(DISTINCT message_key) AS INTEGER) AS n FROM export_rows WHERE state = 'written'`,
    ),
  ).toBe(0);
  expect(await one(`SELECT CAST(count(*) AS INTEGER) AS n FROM export_runs WHERE state = 'writing'`)).toBe(0);
}, 240_000);
