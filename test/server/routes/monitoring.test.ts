import { afterAll, beforeAll, expect, it } from 'vitest';
import { raw } from '#core/sql/sql.ts';
import { insertLearnableBook, learnableDates } from '../../support/books/learnable-book.ts';
import { approveWithReasons } from '../../support/models/approve.ts';
import { startTestServer, type TestServer } from '../../support/servers/server.ts';

const [before, last] = learnableDates.slice(-2) as [string, string];
let server: TestServer;
let versionId: string;
const finished = (job: { id: string }) => server.workspace.context.jobs.finished(job.id);
const look = async () => finished(await server.client.monitoring.make({ body: {} }));
const run = (text: string) => server.workspace.context.engine.run(raw(text));

beforeAll(async () => {
  server = await startTestServer();
  const { client, workspace } = server;
  await workspace.context.engine.transaction((session) => insertLearnableBook(session, 600));
  const trained = await finished(await client.models.train({ params: { model: 'self-cure' }, body: {} }));
  ({ versionId } = trained.result as { versionId: string });
});
afterAll(() => server.close());

it('has nothing to watch before a version is approved', async () => {
  expect((await look()).error?.code).toBe('nothing_to_monitor');
  expect((await server.client.monitoring.list()).versions).toEqual([]);
});

it('compares scores with the training and with what happened, once that is known', async () => {
  await approveWithReasons(server.client, versionId, { name: 'Ana' });
  expect((await server.client.monitoring.list()).waiting).toMatchObject([{ versionId, model: 'self-cure' }]);
  for (const asOf of [before, last])
    expect((await finished(await server.client.scores.create({ body: { asOf } }))).error).toBeNull();
  const job = await look();
  expect(job.error).toBeNull();
  const { versions, waiting } = await server.client.monitoring.list();
  expect(waiting).toEqual([]);
  const [version] = versions;
  expect(version).toMatchObject({ versionId, current: true, reference: { exact: true } });
  expect(version!.dates.map(({ asOf, ended }) => [asOf, ended])).toEqual([
    [before, true],
    [last, false],
  ]);
  const [first, second] = version!.dates;
  expect(second!.outcome).toBeNull();
  expect(first!.outcome!.n).toBe(first!.rows);
  const { card } = await server.client.models.get({ params: { versionId } });
  const used = card.features.filter((feature) => feature.used).map(({ name }) => name);
  expect(first!.features.map(({ name }) => name).sort()).toEqual(used.sort());
  const [all] = card.results;
  expect(card.validation.testedOn).toEqual([before]);
  expect(first!.outcome!.auc.estimate).toBeCloseTo(all!.auc.estimate!, 9);
});

it('judges a version of people left alone by people left alone', async () => {
  await run(`UPDATE model_versions SET card = json_merge_patch(card, '{"identification": "holdout"}')`);
  await run(`INSERT INTO holdouts (customer_id, started_on, share, kind, load_id, source_row)
    SELECT customer_id, DATE '2020-01-01', 0.1, 'no_contact', 1, row_number() OVER (ORDER BY customer_id)
    FROM (SELECT DISTINCT a.customer_id FROM scores s JOIN accounts a ON a.account_id = s.account_id
      WHERE s.as_of = DATE '${before}' ORDER BY a.customer_id LIMIT 20)`);
  expect((await look()).error).toBeNull();
  const [version] = (await server.client.monitoring.list()).versions;
  const [first] = version!.dates;
  expect(first!.rows).toBeGreaterThan(20);
  expect(first!.outcome!.n).toBe(20);
  await run('DELETE FROM holdouts');
  expect((await look()).error).toBeNull();
  expect((await server.client.monitoring.list()).versions[0]!.dates[0]).toMatchObject({
    ended: true,
    outcome: null,
  });
  await run(
    `UPDATE model_versions SET card = json_merge_patch(card, '{"identification": "current_policy"}')`,
  );
});

it('sees scores and a column that moved, and keeps comparing with the same rows', async () => {
  await run(`UPDATE scores SET score = score * 0.4 WHERE as_of = DATE '${last}'`);
  await run(
    `UPDATE snapshots SET balance = balance * 3 WHERE as_of = DATE '${last}' AND account_id < 'a000400'`,
  );
  await run(`UPDATE loads SET state = 'withdrawn' WHERE load_id = 99`);
  expect((await look()).error).toBeNull();
  const [version] = (await server.client.monitoring.list()).versions;
  expect(version!.light).toBe('harm');
  expect(version!.dates.at(-1)!.score.light).toBe('harm');
  expect(version!.reference.exact).toBe(true);
  expect(version!.watches.find(({ id }) => id === 'score')!.light).toBe('harm');
});
