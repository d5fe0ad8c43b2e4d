import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { DomainError } from '#core/errors/domain-error.ts';
import { featureNames } from '#models/uplift/data/decision-set.ts';
import { makeUpliftCard, type Trained } from '#models/uplift/report/card.ts';
import type { SavedUplift } from '#models/uplift/saved.ts';
import { dataVersion, requireUnchanged } from '../../store/data-version.ts';
import { liveLoads } from '../../store/loading/live-loads.ts';
import { countLooks, insertVersion } from '../../store/models/models.ts';
import { runInWorker } from '../../threads/workers.ts';
import { jobKind, type StepResult, type StepRun } from '../job.ts';
import { type Dates, decisionDatesOf, familiesAtHand, learnerOf, readParameters } from '../training/plan.ts';
import {
  type CountRow,
  readAmounts,
  readCosts,
  readCounts,
  readExcluded,
  readSet,
  upliftQuestionOf,
} from '../uplift/read.ts';
import type { UpliftAnswer, UpliftCall } from '../uplift/worker.ts';

export interface UpliftInput {
  model: string;
  learner: string;
  learners?: string[] | undefined;
  asOf?: string[] | undefined;
  question: Record<string, unknown>;
  options: Record<string, unknown>;
  seed: number;
}

interface Counted {
  dataVersion: string;
  dates: Dates;
  counts: CountRow[];
}

/** Decisions a training reads at most; of more, whole customers are drawn. */
const rowLimit = 100_000;
/** Raised whenever training itself changes, so that equal inputs no longer mean an equal model. */
const method = 2;
const workerFile = new URL('../uplift/worker.ts', import.meta.url);

async function resolve({ context, input }: StepRun<UpliftInput>) {
  const question = upliftQuestionOf(context, input.model);
  if ((input.learners?.length ?? 0) > 1)
    throw new DomainError('uplift_one_learner', {
      count: input.learners!.length,
      learners: input.learners!.join(', '),
    });
  const learnerId = input.learners?.[0] ?? input.learner;
  const learner = learnerOf(context.registry, learnerId);
  const parameters = readParameters(question.parameters, input.question, 'question');
  const options = readParameters(learner.options, input.options, 'options');
  return { question, learnerId, parameters, options, ...(await familiesAtHand(context, question)) };
}

async function count(step: StepRun<UpliftInput>): Promise<StepResult> {
  const { context, input } = step;
  const scope = await resolve(step);
  const dates = await decisionDatesOf(context, scope.question, scope.parameters, input.asOf);
  step.progress(null, dates.chosen.map(({ asOf }) => asOf).join(', '));
  const counts = await readCounts(context.engine, scope, dates.chosen);
  if (counts.length === 0)
    throw new DomainError('uplift_no_decisions', {
      first: dates.chosen[0]!.asOf,
      last: dates.chosen.at(-1)!.labelEnd,
      windowDays: scope.question.windowDays(scope.parameters),
    });
  return { output: { dataVersion: await dataVersion(context.engine), dates, counts } satisfies Counted };
}

async function train(step: StepRun<UpliftInput>): Promise<StepResult> {
  const { context, input } = step;
  const { engine } = context;
  const scope = await resolve(step);
  const { question, parameters, options, learnerId, families } = scope;
  const { dates, counts, dataVersion: version } = step.outputs.count as Counted;
  const total = counts.reduce((sum, { n }) => sum + n, 0);
  const sampled = Math.min(1, rowLimit / total);
  const set = await readSet(engine, scope, dates.chosen, { share: sampled, seed: input.seed });
  await requireUnchanged(engine, version);
  step.checkCancelled();
  const answers = await runInWorker<UpliftCall, UpliftAnswer>(
    workerFile,
    {
      learnerId,
      options,
      seed: input.seed,
      method: question.method(parameters),
      windowDays: question.windowDays(parameters),
      trim: question.trim(parameters),
      strata: set.strata,
    },
    {
      onProgress: ({ done, note }) => step.progress(done, note),
      checkCancelled: () => step.checkCancelled(),
    },
  );
  const trained: Trained[] = set.strata.map((stratum, i) => ({ stratum, ...answers[i]! }));
  const familyIds = families.map(({ id }) => id);
  const columns = featureNames(question, families);
  const id = hashOf({
    method,
    model: input.model,
    parameters,
    learner: learnerId,
    options,
    seed: input.seed,
    asOf: dates.chosen.map(({ asOf }) => asOf),
    families: familyIds,
    dataVersion: version,
  });
  const createdAt = context.now();
  const testedOn = trained
    .flatMap(({ result }) => result?.validation.testDays ?? [])
    .map((day) => new Date(day * 86_400_000).toISOString().slice(0, 10));
  const card = makeUpliftCard({
    ...scope,
    calendar: dates.calendar,
    dates: dates.chosen,
    counts,
    excluded: await readExcluded(engine, scope, dates.chosen),
    trained,
    againstPermission: set.againstPermission,
    amounts: await readAmounts(engine, scope, dates.chosen),
    costs: await readCosts(engine),
    sampled,
    learner: { id: learnerId, options, seed: input.seed },
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
  const saved: SavedUplift = {
    columns,
    strata: trained.flatMap(({ stratum, result }) =>
      result
        ? [
            {
              id: stratum.id,
              identification: stratum.identification,
              places: stratum.places.map(({ place }) => place),
              arms: result.saved,
              untreated: result.untreated,
            },
          ]
        : [],
    ),
  };
  const output = {
    versionId: id,
    model: input.model,
    identification: card.identification,
    rows: card.population.n,
    strata: card.uplift!.strata.map(({ id: name, identification, rows, refused, effects }) => ({
      id: name,
      identification,
      rows,
      refused: refused?.code ?? null,
      effects: effects.map(({ arm, effect }) => ({ arm, ...effect })),
    })),
  };
  return {
    output,
    publish: (session) =>
      insertVersion(session, {
        id,
        model: input.model,
        learner: learnerId,
        card,
        saved: {
          model: { learner: learnerId, fitted: saved, calibration: null },
          parameters: parameters as Record<string, unknown>,
          families: familyIds,
        },
        featureSetId: hashOf({ families: familyIds, columns }),
        dataVersion: version,
        createdAt: createdAt.toISOString(),
        by: step.by,
      }),
  };
}

const hashOf = (value: unknown): string => bytesToHex(sha256(utf8ToBytes(JSON.stringify(value))));

/** Trains a version of a question about what an action changes: counts, fits in a worker, writes the card. */
export default jobKind<UpliftInput>({
  steps: [
    { name: 'count', run: count },
    { name: 'train', run: train },
  ],
  result: ({ train: trained }) => trained,
  audit({ train: trained }) {
    const { versionId, model, rows } = trained as { versionId: string; model: string; rows: number };
    return { versionId, model, rows };
  },
});
