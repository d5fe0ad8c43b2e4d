import type { z } from 'zod';
import type { contract } from '#core/contract/index.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import type { Dialect } from '#core/sql/dialects/dialect.ts';
import type { Sql } from '#core/sql/sql.ts';
import { restoreModel, type SavedModel } from '#models/trained.ts';
import { selectScoringSet } from '#models/training-set.ts';
import type { Session } from '../../engine/engine.ts';
import { dataVersion } from '../../store/data-version.ts';
import { lastSnapshot, snapshotDates } from '../../store/facts.ts';
import { championOf, readSavedVersion, readVersion } from '../../store/models.ts';
import { replaceScores, replaceWithScores, type ScoreRun } from '../../store/scores.ts';
import { jobKind, type StepResult, type StepRun } from '../job.ts';
import { predictRows } from '../scoring/predict-rows.ts';
import { familiesAtHand, familyOf, learnerOf, questionOf, readParameters } from '../training/plan.ts';

type Input = z.output<typeof contract.scores.create.body>;

interface Scored {
  versionId: string;
  model: string;
  asOf: string;
  rows: number;
}

/** The date asked for, or the last one with balances. @throws as_of_not_snapshot, no_snapshots */
async function scoringDate({ context, input }: StepRun<Input>): Promise<string> {
  const last = await lastSnapshot(context.engine);
  if (!input.asOf || input.asOf === last) return last;
  const dates = await snapshotDates(context.engine);
  if (!dates.includes(input.asOf))
    throw new DomainError('as_of_not_snapshot', { asOf: input.asOf, first: dates[0] ?? null, last });
  return input.asOf;
}

type Publish = (session: Session) => Promise<number>;
type Model = ReturnType<typeof restoreModel>;

/** Parameters up to which an expression is the faster way; beyond, threads are. */
const shortExpression = 500;
const isShort = (model: Model): boolean =>
  model.toSql !== undefined && (model.describe?.().complexity ?? 0) <= shortExpression;

const inEngine =
  async (dialect: Dialect, model: Model, run: ScoreRun, population: Sql): Promise<Publish> =>
  (session) =>
    replaceScores(session, run, population, model.toSql!(dialect));

async function inThreads(
  step: StepRun<Input>,
  saved: SavedModel,
  run: ScoreRun,
  population: Sql,
): Promise<Publish> {
  const { engine, config } = step.context;
  const predicted = await predictRows(engine, population, saved, {
    threads: config.threads,
    onRows: (rows) => step.progress(null, String(rows)),
    checkCancelled: () => step.checkCancelled(),
  });
  return (session) => replaceWithScores(session, run, predicted.batches());
}

/**
 * Scores everybody at risk on the date: where the rows are if the model is a short expression, else in threads over
 * batches of columns. Only an approved version is used.
 */
async function score(step: StepRun<Input>): Promise<StepResult> {
  const { context, input } = step;
  const { engine, registry } = context;
  const versionId = input.versionId ?? (await championOf(engine, input.model));
  const version = await readVersion(engine, versionId);
  if (version.state === 'retired') throw new DomainError('version_retired', { versionId });
  if (version.approvedBy === null)
    throw new DomainError('model_not_approved', { versionId, model: version.model });
  const asOf = await scoringDate(step);
  const saved = await readSavedVersion(engine, versionId);
  const question = questionOf(registry, version.model);
  const parameters = readParameters(question.parameters, saved.parameters, 'question');
  const model = restoreModel(learnerOf(registry, version.learner), saved.model);
  const { absent } = await familiesAtHand(context, question);
  const used = new Set(model.describe?.().used);
  const lost = absent
    .filter(({ id }) => saved.families.includes(id))
    .flatMap(({ family }) => family.columns)
    .find(({ name }) => used.has(name));
  if (lost) throw new DomainError('model_column_missing', { column: lost.name });
  const families = saved.families
    .map((id) => familyOf(registry, id))
    .filter(({ family }) => family.columns.some(({ name }) => used.has(name)));
  const population = selectScoringSet(engine.dialect, question, parameters, asOf, families);
  const run = {
    versionId,
    asOf,
    dataVersion: await dataVersion(engine),
    scoredAt: context.now().toISOString(),
    by: step.by,
  };
  const publish = await (isShort(model)
    ? inEngine(engine.dialect, model, run, population)
    : inThreads(step, saved.model, run, population));
  const output: Scored = { versionId, model: version.model, asOf, rows: 0 };
  return {
    output,
    publish: async (session) => {
      output.rows = await publish(session);
      if (output.rows === 0) throw new DomainError('nobody_at_risk', { model: version.model, asOf });
    },
  };
}

export default jobKind<Input>({
  steps: [{ name: 'score', run: score }],
  result: ({ score: scored }) => scored,
  audit: ({ score: scored }) => ({ ...(scored as Scored) }),
});
