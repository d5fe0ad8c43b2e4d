import { methods } from '#models/uplift/fit/learners.ts';
import type { RespondersFound } from '#models/uplift/responders/value.ts';
import { dataVersion, requireUnchanged } from '../../store/data-version.ts';
import { keepReport } from '../../store/portfolio/reports.ts';
import { runInWorker } from '../../threads/workers.ts';
import { jobKind, type StepResult, type StepRun } from '../job.ts';
import { describeResponders } from '../responding/describe.ts';
import { decidedExperiment, readPeople } from '../responding/read.ts';
import type { RespondersCall } from '../responding/worker.ts';
import { learnerOf, readParameters } from '../training/plan.ts';

export interface RespondersInput {
  experimentId: string;
}

const workerFile = new URL('../responding/worker.ts', import.meta.url);
const learnerId = 'boosted-trees';
const seed = 7;

async function train(step: StepRun<RespondersInput>): Promise<StepResult> {
  const { context, input } = step;
  const { engine } = context;
  const version = await dataVersion(engine);
  const about = await decidedExperiment(context, input.experimentId);
  const { logged, ...people } = await readPeople(context, about);
  await requireUnchanged(engine, version);
  step.checkCancelled();
  const { rows } = logged.matrix;
  const options = readParameters(
    learnerOf(context.registry, learnerId).options,
    {
      rounds: 50,
      leaves: 3,
      minRows: Math.max(50, Math.floor(rows / 20)),
      learningRate: 0.08,
      bins: 32,
      patience: 0,
    },
    'options',
  );
  const found = await runInWorker<RespondersCall, RespondersFound>(
    workerFile,
    { learnerId, options, seed, methods, logged, ruleColumns: people.ruleColumns },
    {
      onProgress: ({ done, note }) => step.progress(done, note),
      checkCancelled: () => step.checkCancelled(),
    },
  );
  const report = await describeResponders(context, about, { ...people, arms: logged.arms }, found);
  const madeAt = context.now().toISOString();
  return {
    output: {
      experimentId: input.experimentId,
      people: rows,
      verdict: report.verdict.kind,
      segments: report.segments.length,
    },
    publish: (session) =>
      keepReport(
        session,
        { kind: 'responders', subject: input.experimentId, dataVersion: version, madeAt, by: step.by },
        report,
      ),
  };
}

/** Learns who responds to which arm of a decided experiment, and what telling people apart would have been worth. */
export default jobKind<RespondersInput>({
  steps: [{ name: 'train', run: train }],
  result: (outputs) => outputs.train,
  audit: (outputs) => ({ ...(outputs.train as { experimentId: string; people: number; verdict: string }) }),
});
