import { tableFromIPC } from 'apache-arrow';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { modelVersion } from '#core/contract/models/models.ts';
import { raw } from '#core/sql/sql.ts';
import type { Question } from '#models/question.ts';
import { insertLearnableBook } from '../../../support/books/learnable-book.ts';
import { askedQuestion } from '../../../support/models/asked-question.ts';
import { startTestServer, type TestServer } from '../../../support/servers/server.ts';

let server: TestServer;
const engine = () => server.workspace.context.engine;
const models = () => server.workspace.context.registry.models as unknown as Map<string, Question>;
const versions = async () => (await server.client.models.list()).versions.length;

const submit = (body: Record<string, unknown> = {}, model = 'asked') =>
  server.client.models.train({ params: { model }, body });
const train = async (body: Record<string, unknown> = {}, model = 'asked') =>
  server.workspace.context.jobs.finished((await submit(body, model)).id);
const cardOf = async (job: Awaited<ReturnType<typeof train>>) => {
  expect(job.error).toBeNull();
  const { versionId } = job.result as { versionId: string };
  return { versionId, ...(await server.client.models.get({ params: { versionId } })) };
};
const ask = (more: Parameters<typeof askedQuestion>[0] = {}) =>
  models().set('asked', askedQuestion(more) as unknown as Question);

beforeAll(async () => {
  server = await startTestServer();
  await engine().transaction((session) => insertLearnableBook(session, 500));
  await engine().run(
    raw(`UPDATE customers SET sex = CASE WHEN customer_id < 'c000200' THEN 'male' ELSE sex END,
    birth_year = 1950 + (CAST(substr(customer_id, 2) AS INTEGER) % 60)`),
  );
});
afterAll(() => server.close());
afterEach(() => models().delete('asked'));

describe('a training', () => {
  it('of several learners fills the whole card', async () => {
    ask();
    const both = { learners: ['scorecard'], stabilitySeeds: 1 };
    const version = await cardOf(await train(both));
    const { card } = version;
    expect(modelVersion.parse(version)).toBeTruthy();
    expect(card).toMatchObject({
      owner: 'owner',
      causalAssumption: { en: 'Under current_policy' },
      calibrator: expect.stringMatching(/none|platt|isotonic/),
      validation: { kind: 'out_of_time', inner: 'grouped_time_ordered' },
    });
    expect(card.data.hashes).toEqual(['1']);
    expect(card.comparison!.learners.map(({ learner, chosen }) => [learner, chosen])).toEqual([
      ['scorecard', true],
    ]);
    expect(card.roc.length).toBeGreaterThan(5);
    expect(card.stability!.seeds).toEqual([1, 2]);
    expect(card.features.every(({ known }) => known !== null)).toBe(true);
    expect(card.features.some(({ importance }) => (importance ?? 0) > 0)).toBe(true);
    expect(card.features.some(({ psi }) => psi !== null)).toBe(true);
    expect(card.results.map(({ population }) => population)).toEqual(
      expect.arrayContaining(['all', 'new_entries', 'bucket:1-29', 'month:2026-07']),
    );
  });

  it('judges fairness by attributes that no model sees', async () => {
    ask();
    const { card, versionId } = await cardOf(await train());
    const groups = card.fairness!.groups.filter(({ attribute }) => attribute === 'sex');
    expect(groups.map(({ group }) => group)).toEqual(['female', 'male']);
    expect(card.fairness!.groups.some(({ attribute }) => attribute === 'birth_year')).toBe(true);
    expect(card.fairness!.absent).toEqual(['education', 'marital_status']);
    expect(card.features.map(({ name }) => name).filter((name) => /sex|birth|^fair_/.test(name))).toEqual([]);
    const matrix = await pull(versionId);
    expect(matrix.schema.fields.map(({ name }) => name).filter((name) => name.startsWith('fair_'))).toEqual(
      [],
    );
  });

  it('learns shares, and says why there is no AUC', async () => {
    models().set('asked-share', askedQuestion({ share: true }) as unknown as Question);
    const { card } = await cardOf(await train({}, 'asked-share'));
    expect(card.results[0]!.auc).toMatchObject({ estimate: null, reason: 'share_target' });
    expect(card.results[0]!.brier).toBeLessThan(card.baselines[0]!.results[0]!.brier!);
    expect(card.population.byDate.reduce((sum, { events }) => sum + events, 0)).toBeCloseTo(
      card.population.events,
      6,
    );
  });
});

const pull = async (versionId: string) => {
  const answer = await fetch(`${server.origin}/api/v1/models/versions/${versionId}/matrix?format=arrow`, {
    headers: { authorization: `Bearer ${await server.token()}` },
  });
  return tableFromIPC(await answer.arrayBuffer());
};
const late = `SELECT account_id, as_of FROM current_snapshots WHERE days_past_due > 0`;

describe('rows a question is identified by', () => {
  it('restrict the matrix, its counts and what a notebook pulls; the card holds the ladder', async () => {
    ask();
    const all = await cardOf(await train());
    ask({ identified: { restrict: raw(`${late} AND account_id >= 'a000150'`) } });
    const { card, versionId } = await cardOf(await train());
    expect(versionId).not.toBe(all.versionId);
    expect(card).toMatchObject({ identification: 'holdout', causalAssumption: { en: 'Under holdout' } });
    expect(card.ladder).toHaveLength(1);
    expect(card.warnings[0]).toMatchObject({ code: 'identification', message: { en: 'Mind' } });
    expect(card.population.n).toBeLessThan(0.8 * all.card.population.n);
    expect(card.population.byDate.reduce((sum, { n }) => sum + n, 0)).toBe(card.population.n);
    const outside = card.population.excluded.find(({ reason }) => reason.en.startsWith('Outside'));
    expect(outside!.n + card.population.n).toBe(all.card.population.n);
    const matrix = await pull(versionId);
    expect(matrix.numRows).toBe(card.population.n);
    expect(matrix.getChild('row_weight')).toBeNull();
  });

  it('weigh every row, in the matrix that is pulled too', async () => {
    ask({
      identified: {
        weights: raw(`SELECT *, 1 + (account_id > 'a000250')::INTEGER AS row_weight FROM (${late})`),
      },
    });
    const { card, versionId } = await cardOf(await train());
    const matrix = await pull(versionId);
    const weights = [...matrix.getChild('row_weight')!].map(Number);
    expect(weights).toHaveLength(card.population.n);
    expect(new Set(weights)).toEqual(new Set([1, 2]));
  });

  it.each([
    ['zero', '0', 'zero_weights'],
    ['negative', `CASE WHEN account_id > 'a000400' THEN -1 ELSE 1 END`, 'bad_weights'],
    ['infinite', `CASE WHEN account_id > 'a000400' THEN 'infinity'::DOUBLE ELSE 1 END`, 'bad_weights'],
  ])('weights that are %s are refused', async (_, weight, code) => {
    ask({ identified: { weights: raw(`SELECT *, ${weight} AS row_weight FROM (${late})`) } });
    const before = await versions();
    expect((await train()).error?.code).toBe(code);
    expect(await versions()).toBe(before);
  });
});

describe('what cannot be trained says why, and leaves nothing', () => {
  it.each([
    [{ learners: ['scorecard', 'nothing'] }, 'not_found'],
    [{ learners: ['scorecard'], optionsOf: { 'boosted-trees': {} } }, 'invalid_input'],
    [{ learners: 'scorecard', optionsOf: { scorecard: { maxBins: 1 } } }, 'invalid_input'],
  ])('%j: %s', async (body, code) => {
    ask();
    await expect(submit(body)).rejects.toMatchObject({ problem: { code } });
  });

  it('thirty rows', async () => {
    ask({ identified: { restrict: raw(`${late} AND account_id < 'a000015'`) } });
    expect((await train()).error?.code).toBe('too_few_rows');
  });

  it('a target that is missing for everybody', async () => {
    ask({ unseen: true });
    expect((await train()).error?.code).toBe('nobody_at_risk');
  });

  it('more than fits into memory, with its size', async () => {
    ask();
    const { config } = server.workspace.context;
    const { trainingMemory } = config;
    config.trainingMemory = '1MB';
    const { error } = await train();
    config.trainingMemory = trainingMemory;
    expect(error?.code).toBe('matrix_too_large');
    expect(error?.details).toMatchObject({ limit: 1, columns: expect.any(Number), rows: expect.any(Number) });
  });
});

describe('a cancel', () => {
  it.each([0, 30, 120, 300, 700])('after %i ms ends the job, and nothing is registered', async (ms) => {
    ask();
    const before = await versions();
    const { jobs } = server.workspace.context;
    const { id } = await submit({ stabilitySeeds: 20, searchSeconds: 20, seed: 100 + ms });
    await new Promise((resolve) => setTimeout(resolve, ms));
    await jobs.cancel(id);
    expect((await jobs.finished(id)).state).toBe('cancelled');
    expect(await versions()).toBe(before);
  });
});
