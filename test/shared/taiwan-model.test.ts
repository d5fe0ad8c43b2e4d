import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contract } from '#core/contract/index.ts';
import type { ModelCard } from '#core/contract/models/card.ts';
import type { Learner } from '#models/learner.ts';
import { trainModel } from '#models/train.ts';
import { readTrainingSet } from '#server/jobs/training/matrix.ts';
import { decisionDatesOf, familiesAtHand, questionOf } from '#server/jobs/training/plan.ts';
import { readVersion } from '#server/store/models/models.ts';
import { loadFile, runJob } from '../support/files/load.ts';
import { hasShared, shared } from '../support/shared.ts';
import { openTestWorkspace, type TestWorkspace } from '../support/workspace.ts';

const question = { minDaysPastDue: 1, maxDaysPastDue: 240, rows: 'late_dates' };
const july = { asOf: ['2005-07-31'], question };
const body = contract.models.train.body.parse({});

describe.runIf(hasShared)('late in July 2005, at 0 in August', () => {
  let workspace: TestWorkspace;
  let card: ModelCard;
  beforeAll(async () => {
    workspace = await openTestWorkspace();
    await loadFile(workspace, shared('data/taiwan_credit_default/UCI_Credit_Card.csv.gz'), 'taiwan');
    const job = await runJob(workspace, 'train', { ...body, model: 'self-cure', ...july });
    expect(job.error).toBeNull();
    const { versionId } = job.result as { versionId: string };
    ({ card } = await readVersion(workspace.context.engine, versionId));
  });
  afterAll(() => workspace?.close());

  it('is 4,213 people of whom 30.29 % cured, and 1,624 newly late of whom half did', () => {
    expect(card.population).toMatchObject({ n: 4213, events: 1276, customers: 4213, sampled: 1 });
    const [all, entries] = card.results;
    expect([all!.n, all!.events]).toEqual([4213, 1276]);
    expect([entries!.population, entries!.n, entries!.events]).toEqual(['new_entries', 1624, 812]);
  });

  it('reads no protected attribute', () => {
    const names = card.features.map(({ name }) => name);
    for (const name of ['sex', 'education', 'marital_status', 'birth_year', 'age'])
      expect(names).not.toContain(name);
  });

  it('says that it is the cure under the current policy, and that one date was there', () => {
    expect(card.identification).toBe('current_policy');
    expect(card.validation.kind).toBe('grouped_cross_validation');
    expect(card.warnings.map(({ code }) => code)).toContain('one_date');
  });

  it('stops on August to September, naming the code and the month', async () => {
    for (const asked of [{ ...july, asOf: ['2005-08-31'] }, { question }]) {
      const job = await runJob(workspace, 'train', { ...body, model: 'self-cure', ...asked });
      expect(job.error?.code).toBe('leak_status_code');
      expect(job.error?.details).toMatchObject({ code: 'late_1', asOf: '2005-09-30' });
    }
  });

  it('reaches the floor over ten fold seeds, out of sample', async () => {
    const { context } = workspace;
    const asked = questionOf(context.registry, 'self-cure');
    const parameters = asked.parameters.parse(question);
    const { families } = await familiesAtHand(context, asked);
    const { chosen } = await decisionDatesOf(context, asked, parameters, july.asOf);
    const set = await readTrainingSet(
      context.engine,
      { question: asked, parameters, dates: chosen },
      families,
      {
        share: 1,
        seed: 1,
      },
    );
    const aucs: { all: number; entries: number }[] = [];
    for (let seed = 1; seed <= 10; seed++) {
      const { results } = await trainModel({
        matrix: set.matrix,
        slices: set.slices,
        learners: [
          {
            id: 'scorecard',
            open: () => context.registry.learners.get('scorecard') as unknown as Learner,
            options: {},
          },
        ],
        seed,
        labelEnd: new Map(),
        baseline: asked.baseline,
        onProgress: () => {},
        checkCancelled: () => {},
      });
      aucs.push({ all: results[0]!.auc.estimate!, entries: results[1]!.auc.estimate! });
    }
    const mean = (of: 'all' | 'entries') => aucs.reduce((sum, found) => sum + found[of], 0) / aucs.length;
    console.info(
      `AUC over ten seeds: all ${mean('all').toFixed(4)}, newly late ${mean('entries').toFixed(4)}`,
    );
    expect(mean('all')).toBeGreaterThanOrEqual(0.765);
    expect(mean('entries')).toBeGreaterThanOrEqual(0.655);
  }, 180_000);
});
