import { makeCard, type PopulationCounts } from '#models/card.ts';
import { meanOf } from '#models/metrics/mean.ts';
import type { Identified, Question } from '#models/question.ts';
import type { TrainResult } from '#models/train.ts';
import { dataVersion, requireUnchanged } from '../../store/data-version.ts';
import { liveLoads } from '../../store/loading/live-loads.ts';
import { countLooks, insertVersion } from '../../store/models/models.ts';
import { runInWorker } from '../../threads/workers.ts';
import { jobKind, type StepResult, type StepRun } from '../job.ts';
import { learnersAsked, type TrainBody } from '../training/asked.ts';
import { readTrainingSet, type TrainingSet } from '../training/matrix.ts';
import { shareThatFits, withinMemory } from '../training/memory.ts';
import { type Dates, decisionDatesOf, familiesAtHand, questionOf, readParameters } from '../training/plan.ts';
import { guardPopulation, identify, readPopulation, rowsAtHand } from '../training/population.ts';
import { dayOf, featureSetIdOf, headline, isoDay, versionIdOf } from '../training/version.ts';
import type { WorkerTask } from '../training/worker.ts';

export type TrainInput = TrainBody & { model: string };

interface Counted {
  dataVersion: string;
  dates: Dates;
  identified: Identified;
  counts: PopulationCounts[];
}

type Trained = ReturnType<typeof headline> & {
  versionId: string;
  model: string;
  learner: string;
  identification: string;
};

const workerFile = new URL('../training/worker.ts', import.meta.url);

/** What is asked, by whom it can be answered and with what. */
async function resolve({ context, input }: StepRun<TrainInput>) {
  const question = questionOf(context.registry, input.model);
  const learners = learnersAsked(context.registry, input);
  const parameters = readParameters(question.parameters, input.question, 'question');
  return { question, learners, parameters, ...(await familiesAtHand(context, question)) };
}

async function count(step: StepRun<TrainInput>): Promise<StepResult> {
  const { context, input } = step;
  const { question, parameters } = await resolve(step);
  const version = await dataVersion(context.engine);
  const dates = await decisionDatesOf(context, question, parameters, input.asOf);
  step.progress(null, dates.chosen.map(({ asOf }) => asOf).join(', '));
  const identified = await identify(context.engine, question, parameters, dates);
  step.checkCancelled();
  const counts = await readPopulation(context.engine, question, parameters, dates, identified);
  step.checkCancelled();
  await guardPopulation(context.engine, dates, counts, input.model);
  return { output: { dataVersion: version, dates, identified, counts } satisfies Counted };
}

async function train(step: StepRun<TrainInput>): Promise<StepResult> {
  const { context, input } = step;
  const { engine } = context;
  const { question, learners, parameters, families, absent } = await resolve(step);
  const { dates, identified, counts, dataVersion: version } = step.outputs.count as Counted;
  const asOf = dates.chosen.map((date) => date.asOf);
  const rows = rowsAtHand(counts, asOf);
  const memory = context.config.trainingMemory;
  const sampled = shareThatFits(rows, families, memory);
  const { set, result } = await withinMemory({ rows, families, memory }, async () => {
    const scope = { question, parameters, dates: dates.chosen, identified };
    const read = await readTrainingSet(engine, scope, families, { share: sampled, seed: input.seed });
    await requireUnchanged(engine, version);
    step.checkCancelled();
    return { set: read, result: await fitInWorker(step, read, { question, dates, learners }) };
  });
  const familyIds = families.map(({ id }) => id);
  const id = versionIdOf({
    model: input.model,
    parameters,
    learner: result.chosen.id,
    options: result.chosen.options,
    asked: { learners, search: input.searchSeconds, seeds: input.stabilitySeeds, reasons: input.reasons },
    seed: input.seed,
    asOf,
    families: familyIds,
    identified: [identified.identification, identified.restrict ?? null, identified.weights ?? null],
    sampled,
    dataVersion: version,
  });
  const testedOn = result.validation.testDays.map(isoDay);
  const createdAt = context.now();
  const card = makeCard({
    question,
    parameters,
    calendar: dates.calendar,
    identified,
    families,
    absent,
    counts,
    asOf,
    customers: set.customers,
    rows: set.matrix.rows,
    events: set.events,
    rate: meanOf(set.matrix.target!, set.matrix).mean ?? undefined,
    unfinished: dates.chosen.filter(({ censored }) => censored).map((date) => date.asOf),
    sampled,
    result,
    seed: input.seed,
    reasons: input.reasons,
    data: { dataVersion: version, ...(await liveLoads(engine)) },
    earlierLooks: await countLooks(engine, {
      model: input.model,
      except: id,
      dataVersion: version,
      testedOn,
    }),
    owner: step.by,
    createdAt,
  });
  const output: Trained = {
    versionId: id,
    model: input.model,
    learner: result.chosen.id,
    identification: identified.identification,
    ...headline(result, question.baseline.column),
  };
  const columns = set.matrix.columns.map(({ name }) => name);
  return {
    output,
    publish: (session) =>
      insertVersion(session, {
        id,
        model: input.model,
        learner: result.chosen.id,
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
  { matrix, slices, parts, attributes }: TrainingSet,
  { question, dates, learners }: { question: Question; dates: Dates; learners: WorkerTask['learners'] },
): Promise<TrainResult> {
  const { seed, searchSeconds, stabilitySeeds } = step.input;
  const task: WorkerTask = {
    matrix,
    slices,
    parts,
    attributes,
    learners,
    threads: step.context.config.threads,
    seed,
    searchSeconds,
    stabilitySeeds,
    labelEnd: new Map(dates.chosen.map(({ asOf, labelEnd }) => [dayOf(asOf), dayOf(labelEnd)])),
    baseline: question.baseline,
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
