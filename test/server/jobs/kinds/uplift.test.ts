import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RemoteError } from '#core/contract/client.ts';
import type { Job } from '#core/contract/jobs.ts';
import { modelCard } from '#core/contract/models/card.ts';
import type { ModelVersion } from '#core/contract/models/models.ts';
import type { ErrorCode } from '#core/errors/domain-error.ts';
import { raw } from '#core/sql/sql.ts';
import { insertLearnableBook } from '../../../support/books/learnable-book.ts';
import { startTestServer, type TestServer } from '../../../support/servers/server.ts';

let server: TestServer;
const finished = (job: Job) => server.workspace.context.jobs.finished(job.id);
const train = async (body: object = {}): Promise<Job> =>
  finished(
    await server.client.models.train({
      params: { model: 'channel-propensity' },
      body: { options: { maxColumns: 6 }, question: { method: 't' }, ...body } as never,
    }),
  );
const codeOf = async (work: Promise<unknown>): Promise<ErrorCode | undefined> =>
  work.then(
    () => undefined,
    (error: unknown) => (error instanceof RemoteError ? (error.problem.code as ErrorCode) : undefined),
  );
const count = async (statement: string): Promise<number> =>
  (await server.workspace.context.engine.first<{ n: number }>(
    raw(`SELECT CAST(count(*) AS BIGINT) AS n FROM ${statement}`),
  ))!.n;

afterAll(() => server.close());

describe('a simulated portfolio in which one country wrote its choices down', () => {
  let version: ModelVersion;
  const versionId = () => version.id;
  beforeAll(async () => {
    server = await startTestServer();
    const sample = await finished(
      await server.client.loads.sample({ body: { accounts: 5_000, seed: 7, months: 8 } }),
    );
    expect(sample.error).toBeNull();
    const job = await train();
    expect(job.error).toBeNull();
    version = await server.client.models.get({
      params: { versionId: (job.result as { versionId: string }).versionId },
    });
  }, 240_000);

  it('says where it is an effect and where an association', () => {
    const { card } = version;
    expect(modelCard.parse(card)).toEqual(card);
    expect(card.identification).toBe('associational');
    expect(card.ladder.map(({ id, state }) => [id, state])).toEqual([
      ['randomised', 'refused'],
      ['recorded_propensity', 'used'],
      ['associational', 'used'],
    ]);
    const [recorded, elsewhere] = card.uplift!.strata;
    expect(recorded).toMatchObject({ id: 'recorded', identification: 'recorded_propensity', refused: null });
    expect(recorded!.places.map(({ place }) => place)).toEqual(['CO']);
    expect(elsewhere!.identification).toBe('associational');
    expect(elsewhere!.places.map(({ place }) => place)).not.toContain('CO');
    expect(card.warnings.map(({ code }) => code)).toContain('associational');
    for (const { effect, attempted } of recorded!.effects)
      if (attempted >= 30) expect(effect.upper! - effect.lower!).toBeGreaterThan(0);
  });

  it('never looks at what came after the attempt', () => {
    const features = version.card.features.map(({ name }) => name);
    expect(features).toContain('decision_days_past_due');
    for (const name of ['delivered', 'opened', 'clicked', 'replied', 'right_party'])
      expect(features).not.toContain(name);
  });

  it('is scored only once approved', async () => {
    const job = await finished(
      await server.client.scores.create({ body: { versionId: versionId() } as never }),
    );
    expect(job.error?.code).toBe('model_not_approved');
    expect((await server.client.channels.get({ params: { versionId: versionId() } })).choices).toBeNull();
    expect(
      await codeOf(server.client.channels.people({ params: { versionId: versionId() }, query: {} as never })),
    ).toBe('uplift_scores_missing');
  });

  it('scores each person and channel once, with what the rules allow, and chooses again by other costs', async () => {
    const params = { versionId: versionId() };
    await server.client.models.approve({ params, body: { name: 'Ana', note: '' } } as never);
    const job = await finished(await server.client.scores.create({ body: params as never }));
    expect(job.error).toBeNull();
    const { choices } = await server.client.channels.get({ params });
    expect(choices!.people).toBe(await count('(SELECT DISTINCT customer_id FROM channel_scores)'));
    expect(await count('channel_scores')).toBe(5 * choices!.people);
    expect(await count(`channel_scores WHERE leads AND NOT (permitted AND allowed)`)).toBe(0);
    expect(
      await count(
        `(SELECT customer_id FROM channel_scores WHERE leads GROUP BY customer_id HAVING count(*) > 1)`,
      ),
    ).toBe(0);
    const led = choices!.channels.reduce((sum, { clear, tie, unsure }) => sum + clear + tie + unsure, 0);
    const { none, closed, unknown } = choices!.nobody;
    expect(led + none + closed + unknown).toBe(choices!.people);
    expect(await count('scores')).toBe(0);

    const dear = {
      amounts: choices!.inputs.amounts,
      costs: choices!.inputs.costs.map((one) => ({ ...one, cost: 1e9 })),
    };
    const after = (await server.client.channels.setInputs({ params, body: dear })).choices;
    expect(after.nobody.none).toBe(choices!.people - closed);
    const blank = (
      await server.client.channels.setInputs({ params, body: { amounts: dear.amounts, costs: [] } })
    ).choices;
    expect(blank.nobody.unknown).toBe(choices!.people - closed);
    expect(blank.missing[0]!.channels).toHaveLength(5);
    const twice = { amounts: [...dear.amounts, ...dear.amounts], costs: [] };
    expect(await codeOf(server.client.channels.setInputs({ params, body: twice }))).toBe('invalid_input');
  }, 120_000);

  it('has no one probability to write as SQL, to explain or to swap by, and says so', async () => {
    const params = { versionId: versionId() };
    expect(await codeOf(server.client.models.sql({ params }))).toBe('model_without_sql');
    expect(await codeOf(server.client.explanations.make({ params }))).toBe('model_without_reasons');
    const query = { against: versionId() };
    expect(await codeOf(server.client.swapSets.get({ params, query }))).toBe('nothing_to_swap');
  });

  it('refuses several learners at once', async () => {
    const job = await train({ learners: ['scorecard', 'boosted-trees'] });
    expect(job.error?.code).toBe('uplift_one_learner');
  });
});

describe('a book in which nothing was attempted', () => {
  it('is told what is missing', async () => {
    await server.close();
    server = await startTestServer();
    await server.workspace.context.engine.transaction((session) => insertLearnableBook(session, 300));
    const job = await train();
    expect(['uplift_no_attempts', 'one_class']).toContain(job.error?.code);
    expect(await count('model_versions')).toBe(0);
  });
});
