import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { raw } from '#core/sql/sql.ts';
import { insertLearnableBook, learnableDates } from '../../support/books/learnable-book.ts';
import { approveWithReasons } from '../../support/models/approve.ts';
import { startTestServer, type TestServer } from '../../support/servers/server.ts';

const last = learnableDates.at(-1)!;
let server: TestServer;
let params: { versionId: string };
const finished = (job: { id: string }) => server.workspace.context.jobs.finished(job.id);

beforeAll(async () => {
  server = await startTestServer();
  const { client, workspace } = server;
  await workspace.context.engine.transaction((session) => insertLearnableBook(session, 600));
  const trained = await finished(await client.models.train({ params: { model: 'self-cure' }, body: {} }));
  expect(trained.error).toBeNull();
  params = { versionId: (trained.result as { versionId: string }).versionId };
  await approveWithReasons(client, params.versionId, { name: 'Ana' });
  expect((await finished(await client.scores.create({ body: {} }))).error).toBeNull();
});
afterAll(() => server.close());

const scored = () =>
  server.workspace.context.engine.rows<{ account_id: string; score: number }>(
    raw('SELECT account_id, score FROM scores ORDER BY account_id'),
  );

it('explains a version as a whole, by the columns it uses', async () => {
  expect((await server.client.explanations.get({ params })).explanation).toBeNull();
  const job = await finished(await server.client.explanations.make({ params }));
  expect(job.error).toBeNull();
  const { explanation, current } = await server.client.explanations.get({ params });
  expect(current).toBe(true);
  const { card } = await server.client.models.get({ params });
  const used = card.features.filter((feature) => feature.used).map(({ name }) => name);
  expect(explanation!.columns.map(({ name }) => name).sort()).toEqual(used.sort());
  const sizes = explanation!.columns.map(({ importance }) => importance.estimate!);
  expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
});

describe('one account', () => {
  it('has the reasons of the score it was given', async () => {
    for (const { account_id: accountId, score } of (await scored()).slice(0, 3)) {
      const found = await server.client.explanations.person({ params, query: { accountId } });
      expect(found).toMatchObject({ accountId, asOf: last, score });
      expect(found.probability).toBeCloseTo(score, 12);
      const sum = found.reasons.reduce((all, { contribution }) => all + contribution, found.base);
      expect(sum).toBeCloseTo(found.sum, 9);
      for (const { sentence } of found.reasons) expect(sentence.es).toMatch(/:/);
    }
  });

  it('is told what would take its score across a cut-off, by what can still change', async () => {
    const rows = await scored();
    const mean = rows.reduce((sum, { score }) => sum + score, 0) / rows.length;
    const { account_id: accountId } = rows.find(({ score }) => score < mean)!;
    const found = await server.client.explanations.changes({ params, query: { accountId, cutOff: mean } });
    const known = new Set(found.columns.map(({ name }) => name));
    const { card } = await server.client.models.get({ params });
    const used = new Set(card.features.filter((feature) => feature.used).map(({ name }) => name));
    for (const name of known) expect(used).toContain(name);
    expect(found.probability).toBeLessThan(mean);
    for (const name of ['months_open', 'product', 'country', 'utilisation_3m'])
      expect(known).not.toContain(name);
    for (const { columns, probability } of [...found.singles, ...found.pairs]) {
      expect(probability >= mean).toBe(!found.above);
      for (const { name } of columns) expect(known).toContain(name);
    }
  });

  it('is named when there is none', async () => {
    await expect(
      server.client.explanations.person({ params, query: { accountId: 'nobody' } }),
    ).rejects.toMatchObject({ problem: { code: 'not_found' } });
  });
});
