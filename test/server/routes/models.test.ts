import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RemoteError } from '#core/contract/client.ts';
import type { Job } from '#core/contract/jobs.ts';
import { registeredVersion } from '#core/contract/models/models.ts';
import type { ErrorCode } from '#core/errors/domain-error.ts';
import { raw, sql } from '#core/sql/sql.ts';
import type { Learner } from '#models/learner.ts';
import { restoreModel } from '#models/training/trained.ts';
import { selectScoringSet } from '#models/training-set.ts';
import { readTrainingSet } from '#server/jobs/training/matrix.ts';
import { decisionDatesOf, familiesAtHand, questionOf } from '#server/jobs/training/plan.ts';
import { readSavedVersion } from '#server/store/models/models.ts';
import { insertLearnableBook, learnableDates } from '../../support/books/learnable-book.ts';
import { approveWithReasons } from '../../support/models/approve.ts';
import { startTestServer, type TestServer } from '../../support/servers/server.ts';

const last = learnableDates.at(-1)!;
const people = 900;

let server: TestServer;
const finished = (job: Job) => server.workspace.context.jobs.finished(job.id);
const train = async (body: object = {}): Promise<Job> =>
  finished(await server.client.models.train({ params: { model: 'self-cure' }, body: body as never }));
const score = async (body: object): Promise<Job> =>
  finished(await server.client.scores.create({ body: body as never }));
const codeOf = async (work: Promise<unknown>): Promise<ErrorCode | undefined> =>
  work.then(
    () => undefined,
    (error: unknown) => (error instanceof RemoteError ? (error.problem.code as ErrorCode) : undefined),
  );
const count = async (table: string): Promise<number> =>
  (await server.workspace.context.engine.first<{ n: number }>(
    raw(`SELECT CAST(count(*) AS BIGINT) AS n FROM ${table}`),
  ))!.n;

beforeAll(async () => {
  server = await startTestServer();
  await server.workspace.context.engine.transaction((session) => insertLearnableBook(session, people));
});
afterAll(() => server.close());

interface Trained {
  versionId: string;
  auc: { estimate: number; lower: number };
  baselineAuc: number;
  identification: string;
  validation: string;
  testedOn: string[];
}

describe('a portfolio with several dates', () => {
  let trained: Trained;
  beforeAll(async () => {
    const job = await train();
    expect(job.error).toBeNull();
    trained = job.result as Trained;
  });

  it('is trained on the past and tested on its last date', async () => {
    expect(trained).toMatchObject({
      identification: 'current_policy',
      validation: 'out_of_time',
      testedOn: ['2026-07-31'],
    });
    expect(trained.auc.lower).toBeGreaterThan(trained.baselineAuc);
    expect(trained.auc.estimate).toBeGreaterThan(0.65);
  });

  it('leaves a version with the card the contract promises', async () => {
    const { versionId } = trained;
    const version = await server.client.models.get({ params: { versionId } });
    expect(registeredVersion.parse(version)).toEqual(version);
    expect(version).toMatchObject({ state: 'candidate', approvedBy: null, model: 'self-cure', by: 'owner' });
    const { card } = version;
    expect(card.population.asOf).toEqual(learnableDates.slice(3, 7));
    expect(card.validation.trainedOn).toEqual(learnableDates.slice(3, 6));
    expect(card.population.n).toBe(card.population.byDate.reduce((sum, { n }) => sum + n, 0));
    expect(card.results.map(({ population }) => population)).toEqual(
      expect.arrayContaining(['all', 'unseen_customers', 'bucket:1-29', 'month:2026-07']),
    );
    expect(card.features.filter(({ used }) => used).length).toBeGreaterThan(0);
    expect(card.features.map(({ name }) => name)).not.toContain('sex');
    expect(card.points.length).toBeGreaterThan(0);
    expect(card.warnings.map(({ code }) => code)).toContain('families_missing');
    expect(card.validation.looks).toBe(1);
    expect((await server.client.models.list()).versions.map(({ id }) => id)).toContain(versionId);
  });

  it('is the same version when trained again, and another with another seed or question', async () => {
    const before = await count('model_versions');
    expect((await train()).result).toEqual(trained);
    expect(await count('model_versions')).toBe(before);
    const other = (await train({ seed: 2 })).result as Trained;
    expect(other.versionId).not.toBe(trained.versionId);
    const version = await server.client.models.get({ params: { versionId: other.versionId } });
    expect(version.card.validation.looks).toBe(2);
  });

  it('is shown as SQL that the engine runs', async () => {
    const { sql: text } = await server.client.models.sql({ params: { versionId: trained.versionId } });
    expect(text).toContain('CASE WHEN');
    expect(text).not.toContain('?');
  });

  it('scores only once it is approved by name, and then everybody at risk on the date', async () => {
    const { versionId } = trained;
    expect((await score({ versionId })).error?.code).toBe('model_not_approved');
    expect((await score({})).error?.code).toBe('no_champion');
    expect(await count('scores')).toBe(0);
    const approved = await approveWithReasons(server.client, versionId, {
      name: 'Ana Ruiz',
      note: 'Leída',
    });
    expect(approved).toMatchObject({ state: 'champion', approvedBy: 'Ana Ruiz', approvalNote: 'Leída' });
    const job = await score({});
    const entered = await count(
      `current_snapshots s JOIN current_snapshots b ON b.account_id = s.account_id AND b.as_of = DATE '${learnableDates.at(-2)}'
       WHERE s.as_of = DATE '${last}' AND s.days_past_due BETWEEN 1 AND 29 AND b.days_past_due = 0`,
    );
    expect(job.result).toEqual({ versionId, model: 'self-cure', asOf: last, rows: entered });
    expect(await count(`scores WHERE score > 0 AND score < 1`)).toBe(entered);
  });

  it('scores the same again in place of what was there', async () => {
    const read = () =>
      server.workspace.context.engine.rows(sql`SELECT * FROM scores ORDER BY version_id, as_of, account_id`);
    const before = await read();
    expect((await score({})).state).toBe('done');
    expect(await read()).toEqual(before);
    const { scores } = await server.client.scores.list();
    expect(scores).toHaveLength(1);
    expect(scores[0]!.histogram.reduce((sum, { n }) => sum + n, 0)).toBe(scores[0]!.rows);
    expect((await score({ asOf: '2026-07-31' })).state).toBe('done');
    expect((await server.client.scores.list()).scores).toHaveLength(2);
  });

  it('scores in SQL what the model predicts', async () => {
    const { context } = server.workspace;
    const { engine, registry } = context;
    const question = questionOf(registry, 'self-cure');
    const saved = await readSavedVersion(engine, trained.versionId);
    const { families } = await familiesAtHand(context, question);
    const features = selectScoringSet(engine.dialect, question, saved.parameters, last, families);
    const { rows, columns } = await engine.columns(sql`SELECT * FROM (${features}) f ORDER BY account_id`);
    const matrix = {
      rows,
      columns: [...columns].map(([name, column]) => ({ name, ...column })),
      groups: new Int32Array(rows),
      day: new Int32Array(rows),
    };
    const predicted = restoreModel(
      registry.learners.get('scorecard') as unknown as Learner,
      saved.model,
    ).predict(matrix);
    const stored = await engine.rows<{ score: number }>(
      sql`SELECT score FROM scores WHERE version_id = ${trained.versionId} AND as_of = CAST(${last} AS DATE) ORDER BY account_id`,
    );
    expect(stored).toHaveLength(rows);
    stored.forEach(({ score: inSql }, i) => {
      expect(Math.abs(inSql - predicted[i]!)).toBeLessThan(1e-9);
    });
  });

  it('the next champion makes the last one a challenger', async () => {
    const other = (await train({ seed: 3 })).result as Trained;
    await approveWithReasons(server.client, other.versionId, { name: 'Ana Ruiz' });
    const { versions } = await server.client.models.list();
    const stateOf = (id: string) => versions.find((version) => version.id === id)?.state;
    expect([stateOf(other.versionId), stateOf(trained.versionId)]).toEqual(['champion', 'challenger']);
  });
});

describe('one date', () => {
  it('is tested on other people, and the card says so', async () => {
    const { result } = await train({ asOf: ['2026-05-31'] });
    const { versionId, validation } = result as Trained;
    expect(validation).toBe('grouped_cross_validation');
    const { card } = await server.client.models.get({ params: { versionId } });
    expect(card.warnings.map(({ code }) => code)).toContain('one_date');
  });
});

describe('what cannot be trained says why, and leaves nothing', () => {
  it.each([
    [{ learner: 'oracle' }, 'not_found'],
    [{ question: { minDaysPastDue: 40 } }, 'invalid_input'],
    [{ question: { days: 3 } }, 'invalid_input'],
    [{ options: { maxBins: 1 } }, 'invalid_input'],
  ])('%o at once: %s', async (body, code) => {
    const asked = server.client.models.train({ params: { model: 'self-cure' }, body: body as never });
    expect(await codeOf(asked)).toBe(code);
  });

  it('an unknown model', async () => {
    expect(await codeOf(server.client.models.train({ params: { model: 'luck' }, body: {} }))).toBe(
      'not_found',
    );
  });

  it.each([
    [{ asOf: ['2026-05-30'] }, 'as_of_not_snapshot'],
    [{ asOf: [last] }, 'outcome_not_observed'],
    [{ question: { horizonDays: 365 } }, 'no_decision_dates'],
    [{ question: { minDaysPastDue: 200, maxDaysPastDue: 300 } }, 'nobody_at_risk'],
    [{ question: { minDaysPastDue: 5, maxDaysPastDue: 5 }, asOf: ['2026-05-31'] }, 'too_few_rows'],
  ])('%o: %s', async (body, code) => {
    const before = await count('model_versions');
    const job = await train(body);
    expect([job.state, job.error?.code]).toEqual(['failed', code]);
    expect(await count('model_versions')).toBe(before);
  });

  it('a cancelled training', async () => {
    const before = await count('model_versions');
    const job = await server.client.models.train({ params: { model: 'self-cure' }, body: { seed: 77 } });
    await server.client.jobs.cancel({ params: { jobId: job.id } });
    expect((await finished(job)).state).toBe('cancelled');
    expect(await count('model_versions')).toBe(before);
  });

  it('a version or date that is not there', async () => {
    expect(await codeOf(score({ versionId: 'none' }))).toBe('not_found');
    expect((await score({ asOf: '2020-01-31' })).error?.code).toBe('as_of_not_snapshot');
    const { engine } = server.workspace.context;
    const runs = await count('score_runs');
    await engine.run(
      raw(`UPDATE snapshots SET days_past_due = days_past_due + 500 WHERE as_of = DATE '${last}'`),
    );
    expect((await score({})).error?.code).toBe('nobody_at_risk');
    expect(await count('score_runs')).toBe(runs);
    await engine.run(
      raw(`UPDATE snapshots SET days_past_due = days_past_due - 500 WHERE as_of = DATE '${last}'`),
    );
    expect(await codeOf(server.client.models.get({ params: { versionId: 'none' } }))).toBe('not_found');
  });

  it('a score whose table was withdrawn', async () => {
    const job = await train({ options: { minSignificance: 0, minInformation: 0 } });
    const { versionId } = job.result as Trained;
    const { card } = await approveWithReasons(server.client, versionId, { name: 'Ana Ruiz' });
    expect(card.features.filter(({ used, family }) => used && family === 'payments')).not.toEqual([]);
    await server.workspace.context.engine.run(raw(`UPDATE payments SET load_id = 99`));
    expect((await score({})).error?.code).toBe('model_column_missing');
    await server.workspace.context.engine.run(raw(`UPDATE payments SET load_id = 1`));
  });
});

it('reads the training matrix into shared memory, ordered, without what it must not hold', async () => {
  const { context } = server.workspace;
  const question = questionOf(context.registry, 'self-cure');
  const parameters = question.parameters.parse({});
  const { families } = await familiesAtHand(context, question);
  const { chosen } = await decisionDatesOf(context, question, parameters, undefined);
  const scope = { question, parameters, dates: chosen };
  const whole = await readTrainingSet(context.engine, scope, families, { share: 1, seed: 1 });
  const { matrix } = whole;
  expect([...matrix.day]).toEqual([...matrix.day].sort((a, b) => a - b));
  for (const column of matrix.columns)
    expect((column.kind === 'numeric' ? column.values : column.codes).buffer).toBeInstanceOf(
      SharedArrayBuffer,
    );
  const half = await readTrainingSet(context.engine, scope, families, { share: 0.5, seed: 1 });
  expect(half.customers / whole.customers).toBeGreaterThan(0.4);
  expect(half.customers / whole.customers).toBeLessThan(0.6);
  expect(await readTrainingSet(context.engine, scope, families, { share: 0.5, seed: 1 })).toEqual(half);
});
