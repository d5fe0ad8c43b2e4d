import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Rehearsal } from '#core/contract/experiments/rehearsal.ts';
import { designOf, openBook, saveSegment } from '../../../support/experiments.ts';
import type { TestServer } from '../../../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await openBook();
});
afterAll(() => server.close());

const rehearse = async (given: object) => {
  const design = designOf(await saveSegment(server));
  const job = await server.client.experimentRehearsal.run({ body: { design, ...given } });
  return server.workspace.context.jobs.finished(job.id);
};

it('tries a design on people of the past, with and without an effect', async () => {
  const { error, result } = await rehearse({ replications: 60 });
  expect(error).toBeNull();
  const { people, from, until, replications, falseAlarms, power, planted, sentence } = result as Rehearsal;
  expect([from, until, replications]).toEqual(['2026-09-30', '2026-10-31', 60]);
  expect(people).toBeGreaterThan(500);
  expect(planted).toBeGreaterThan(3);
  expect(falseAlarms.promised).toBe(0.05);
  expect(falseAlarms.found.lower).toBeLessThan(0.08);
  // Planted for a score that this book's past does not have, so that less is promised without it.
  expect(power.promised).toBeGreaterThan(0.6);
  expect(power.found.upper).toBeGreaterThan(0.6);
  expect(sentence.en).toMatch(/^Tried 60 times on [\d,]+ people of the past/);
});

it('cannot be tried on a metric that is a quantile', async () => {
  const design = designOf(await saveSegment(server), { metric: { id: 'days_to_cure', horizonDays: 30 } });
  const job = await server.client.experimentRehearsal.run({ body: { design } });
  const { error } = await server.workspace.context.jobs.finished(job.id);
  expect(error?.code).toBe('rehearsal_impossible');
});
