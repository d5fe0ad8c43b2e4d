import { afterAll, beforeAll, expect, it } from 'vitest';
import { raw } from '#core/sql/sql.ts';
import { insertRiskBook, riskDates } from '../../support/books/risk-book.ts';
import { approveWithReasons } from '../../support/models/approve.ts';
import { startTestServer, type TestServer } from '../../support/servers/server.ts';

const [whole, unfinished] = [riskDates[5]!, riskDates.at(-3)!];
let server: TestServer;
const finished = (job: { id: string }) => server.workspace.context.jobs.finished(job.id);

beforeAll(async () => {
  server = await startTestServer();
  await server.workspace.context.engine.transaction(async (session) => {
    await insertRiskBook(session, 200);
    // The book closes a tenth of the accounts in one month, which would stop a training.
    await session.run(raw(`UPDATE snapshots SET status = 'active' WHERE status = 'closed'`));
  });
});
afterAll(() => server.close());

it('does not judge a date by the few outcomes that came before its horizon ended', async () => {
  const { client, workspace } = server;
  const trained = await finished(
    await client.models.train({ params: { model: 'value-at-risk' }, body: { asOf: riskDates.slice(3, 6) } }),
  );
  expect(trained.error).toBeNull();
  const { versionId } = trained.result as { versionId: string };
  await approveWithReasons(client, versionId, { name: 'Ana' });
  for (const asOf of [whole, unfinished])
    expect((await finished(await client.scores.create({ body: { asOf, versionId } }))).error).toBeNull();
  const settled = await workspace.context.engine.rows(
    raw(
      `SELECT 1 AS one FROM current_accounts WHERE charged_off_on > DATE '${unfinished}' AND charged_off_on <= DATE '${riskDates.at(-1)}'`,
    ),
  );
  expect(settled.length).toBeGreaterThan(0);
  expect((await finished(await client.monitoring.make({ body: {} }))).error).toBeNull();
  const [version] = (await client.monitoring.list()).versions;
  expect(version!.dates.map(({ asOf, ended }) => [asOf, ended])).toEqual([
    [whole, true],
    [unfinished, false],
  ]);
  expect(version!.dates[0]!.outcome!.n).toBeGreaterThan(500);
  expect(version!.dates[1]!.outcome).toBeNull();
});

it('describes features by outcomes of whole dates alone', async () => {
  const { client } = server;
  const params = { model: 'value-at-risk' };
  expect((await finished(await client.features.make({ params, body: {} }))).error).toBeNull();
  const { report } = await client.features.get({ params });
  expect(report!.dates).toEqual(riskDates.slice(3, 6));
  const early = await finished(await client.features.make({ params, body: { asOf: [unfinished] } }));
  expect(early.error).toMatchObject({
    code: 'outcome_not_observed',
    message: expect.stringContaining(unfinished),
  });
});
