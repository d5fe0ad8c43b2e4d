import type { z } from 'zod';
import type { contract } from '#core/contract/index.ts';
import { sql } from '#core/sql/sql.ts';
import { makeCard, type PopulationCounts } from '#models/card.ts';
import type { TrainResult } from '#models/train.ts';
import { dataVersion } from '../../store/data-version.ts';
import { countLooks, insertVersion } from '../../store/models.ts';
import { runInWorker } from '../../threads/workers.ts';
import { jobKind, type StepResult, type StepRun } from '../job.ts';
import { readTrainingSet, type TrainingSet } from '../training/matrix.ts';
import {
  type Dates,
  decisionDatesOf,
  familiesAtHand,
  learnerOf,
  questionOf,
  readParameters,
} from '../training/plan.ts';
import { guardPopulation, ratesOf, readPopulation } from '../training/population.ts';
import { dayOf, featureSetIdOf, headline, isoDay, versionIdOf } from '../training/version.ts';
import type { WorkerTask } from '../training/worker.ts';

export type TrainInput = z.output<typeof contract.models.train.body> & { model: string };

interface Counted {
  dataVersion: string;
  dates: Dates;
  counts: PopulationCounts[];
}

type Trained = ReturnType<typeof headline> & { versionId: string; model: string; identification: string };

/** Rows a training reads at most; of a larger portfolio, whole customers are drawn. */
const rowLimit = 100_000;
const workerFile = new URL('../training/worker.ts', import.meta.url);

/** What is asked, by whom it can be answered and with what. */
async function resolve({ context, input }: StepRun<TrainInput>) {
  const question = questionOf(context.registry, input.model);
  const learner = learnerOf(context.registry, input.learner);
  const parameters = readParameters(question.parameters, input.question, 'question');
  const options = readParameters(learner.options, input.options, 'options');
  return { question, learner, parameters, options, ...(await familiesAtHand(context, question)) };
}

async function count(step: StepRun<TrainInput>): Promise<StepResult> {
  const { context, input } = step;
  const { question, parameters } = await resolve(step);
  const version = await dataVersion(context.engine);
  const dates = await decisionDatesOf(context, question, parameters, input.asOf);
  step.progress(null, dates.chosen.map(({ asOf }) => asOf).join(', '));
  const counts = await readPopulation(context.engine, question, parameters, dates);
  step.checkCancelled();
  await guardPopulation(context.engine, dates, counts, input.model);
  return { output: { dataVersion: version, dates, counts } satisfies Counted };
}

async function train(step: StepRun<TrainInput>): Promise<StepResult> {
  const { context, input } = step;
  const { engine } = context;
  const { question, parameters, options, families, absent } = await resolve(step);
  const { dates, counts, dataVersion: version } = step.outputs.count as Counted;
  const asOf = dates.chosen.map((date) => date.asOf);
  const total = ratesOf(counts)
    .filter((rate) => asOf.includes(rate.asOf))
    .reduce((sum, { n }) => sum + n, 0);
  const sampled = Math.min(1, rowLimit / total);
  const set = await readTrainingSet(engine, { question, parameters, dates: dates.chosen }, families, {
    share: sampled,
    seed: input.seed,
  });
  step.checkCancelled();
  const result = await fitInWorker(step, set, dates, question.baseline);
  const familyIds = families.map(({ id }) => id);
  const columns = set.matrix.columns.map(({ name }) => name);
  const id = versionIdOf({
    model: input.model,
    parameters,
    learner: input.learner,
    options,
    seed: input.seed,
    asOf,
    families: familyIds,
    dataVersion: version,
  });
  const testedOn = result.validation.testDays.map(isoDay);
  const loads = await engine.rows<{ load_id: number }>(
    sql`SELECT load_id FROM loads WHERE state = 'live' ORDER BY load_id`,
  );
  const look = { model: input.model, except: id, dataVersion: version, testedOn };
  const createdAt = context.now();
  const card = makeCard({
    question,
    parameters,
    calendar: dates.calendar,
    families,
    absent,
    counts,
    asOf,
    customers: set.customers,
    rows: set.matrix.rows,
    events: set.events,
    sampled,
    result,
    learner: { id: input.learner, options, seed: input.seed },
    data: { dataVersion: version, loads: loads.map(({ load_id }) => load_id) },
    earlierLooks: await countLooks(engine, look),
    createdAt,
  });
  const output: Trained = {
    versionId: id,
    model: input.model,
    identification: question.identification,
    ...headline(result, question.baseline.column),
  };
  return {
    output,
    publish: (session) =>
      insertVersion(session, {
        id,
        model: input.model,
        learner: input.learner,
        card,
        saved: {
          model: result.saved,
          parameters: parameters as Record<string, unknown>,
          families: familyIds,
        },
        featureSetId: featureSetIdOf(familyIds, columns),
        dataVersion: version,
        createdAt: createdAt.toISOString(),
        by: step.by,
      }),
  };
}

function fitInWorker(
  step: StepRun<TrainInput>,
  set: TrainingSet,
  dates: Dates,
  baseline: WorkerTask['baseline'],
): Promise<TrainResult> {
  const task: WorkerTask = {
    matrix: set.matrix,
    slices: set.slices,
    learnerId: step.input.learner,
    options: step.input.options,
    seed: step.input.seed,
    labelEnd: new Map(dates.chosen.map(({ asOf, labelEnd }) => [dayOf(asOf), dayOf(labelEnd)])),
    baseline,
  };
  return runInWorker<WorkerTask, TrainResult>(workerFile, task, {
    onProgress: ({ done, note }) => step.progress(done, note),
    checkCancelled: () => step.checkCancelled(),
  });
}

/** Trains a version of a model: counts and guards the population, fits out of the event loop, writes the card. */
export default jobKind<TrainInput>({
  steps: [
    { name: 'count', run: count },
    { name: 'train', run: train },
  ],
  result: ({ train: trained }) => trained,
  audit({ train: trained }) {
    const { versionId, model, rows } = trained as Trained;
    return { versionId, model, rows };
  },
});
