import { createHash } from 'node:crypto';
import type { Text } from '#core/text/text.ts';
import { makeCard } from '#models/card.ts';
import type { Judged } from '#models/train.ts';
import type { SavedModel } from '#models/training/trained.ts';
import { liveLoads } from '../../store/loading/live-loads.ts';
import { countLooks, insertVersion } from '../../store/models/models.ts';
import { runInWorker } from '../../threads/workers.ts';
import type { StepResult, StepRun } from '../job.ts';
import { readTrainingSet } from '../training/matrix.ts';
import { readPopulation } from '../training/population.ts';
import { dayOf, featureSetIdOf, headline, isoDay } from '../training/version.ts';
import { datesOfRows, type RowsOfVersion } from './rows.ts';
import type { ElsewhereTask } from './worker.ts';

const workerFile = new URL('./worker.ts', import.meta.url);

/** A model made elsewhere, as it is to be registered. */
export interface Elsewhere {
  saved: SavedModel;
  /** Shown on the card as what it was made with. */
  options: Record<string, unknown>;
  /** One for each row of the matrix in its order, NaN where none came; null: the model itself gives them. */
  probabilities: Float64Array | null;
  /** What a reader must not conclude. */
  limit: Text;
}

/**
 * Judges a model made elsewhere on the rows of a version and leaves it as a candidate with a card like any other. The
 * same model on the same rows is the same version.
 */
export async function registerElsewhere(
  step: StepRun<unknown>,
  rows: RowsOfVersion,
  elsewhere: Elsewhere,
): Promise<StepResult> {
  const { engine } = step.context;
  const { version, question, parameters, families, dataVersion } = rows;
  const { seed } = version.card.learner;
  const { sampled } = version.card.population;
  const { dates, identified } = await datesOfRows(step.context, rows);
  const scope = { question, parameters, dates: dates.chosen, identified };
  const set = await readTrainingSet(engine, scope, families, { share: sampled, seed });
  step.checkCancelled();
  const { probabilities, saved, options, limit } = elsewhere;
  const task: ElsewhereTask = {
    matrix: set.matrix,
    slices: set.slices,
    parts: set.parts,
    attributes: set.attributes,
    baseline: question.baseline,
    seed,
    labelEnd: new Map(dates.chosen.map(({ asOf, labelEnd }) => [dayOf(asOf), dayOf(labelEnd)])),
    probabilities,
    saved,
    options,
  };
  const result = await runInWorker<ElsewhereTask, Judged>(workerFile, task, {
    onProgress: ({ done, note }) => step.progress(done, note),
    checkCancelled: () => step.checkCancelled(),
  });
  const named = {
    saved,
    options,
    matrix: rows.matrixHash,
    given: probabilities && hashOfNumbers(probabilities),
  };
  const id = createHash('sha256').update(JSON.stringify(named)).digest('hex');
  const testedOn = result.validation.testDays.map(isoDay);
  const asOf = dates.chosen.map((date) => date.asOf);
  const createdAt = step.context.now();
  const card = makeCard({
    question,
    parameters,
    calendar: dates.calendar,
    identified,
    families,
    absent: [],
    counts: await readPopulation(engine, question, parameters, dates, identified),
    asOf,
    customers: set.customers,
    rows: set.matrix.rows,
    events: set.events,
    sampled,
    result,
    seed,
    reasons: {},
    data: { dataVersion, ...(await liveLoads(engine)) },
    earlierLooks: await countLooks(engine, { model: version.model, except: id, dataVersion, testedOn }),
    owner: step.by,
    createdAt,
  });
  return {
    output: {
      versionId: id,
      model: version.model,
      learner: saved.learner,
      identification: identified.identification,
      ...headline(result, question.baseline.column),
      sameRowsAs: { versionId: version.id, auc: version.card.results[0]?.auc.estimate ?? null },
    },
    publish: (session) =>
      insertVersion(session, {
        id,
        model: version.model,
        learner: saved.learner,
        card: { ...card, limits: [...card.limits, limit] },
        saved: { ...rows.saved, model: saved },
        featureSetId: featureSetIdOf(
          rows.saved.families,
          set.matrix.columns.map(({ name }) => name),
        ),
        dataVersion,
        createdAt: createdAt.toISOString(),
        by: step.by,
      }),
  };
}

const hashOfNumbers = ({ buffer, byteOffset, byteLength }: Float64Array): string =>
  createHash('sha256')
    .update(new Uint8Array(buffer, byteOffset, byteLength))
    .digest('hex');
