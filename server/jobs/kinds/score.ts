import type { z } from 'zod';
import type { contract } from '#core/contract/index.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import type { Session } from '../../engine/engine.ts';
import { dataVersion } from '../../store/data-version.ts';
import { championOf } from '../../store/models/models.ts';
import { readScoreRun, replaceScores, replaceWithScores, type ScoreRun } from '../../store/models/scores.ts';
import { jobKind, type StepResult, type StepRun } from '../job.ts';
import { approvedVersion, scoringDate, type Way, wayToScore } from '../scoring/plan.ts';
import { predictRows } from '../scoring/predict-rows.ts';

type Input = z.output<typeof contract.scores.create.body>;
type Publish = (session: Session) => Promise<number>;

export interface Scored {
  versionId: string;
  model: string;
  asOf: string;
  rows: number;
}

/** The work of a way; what it gives writes the scores in one transaction. @throws external_scores_missing */
async function prepare(step: StepRun<Input>, way: Way, run: ScoreRun): Promise<Publish> {
  const { engine, config } = step.context;
  if (way.kind === 'sql') return (session) => replaceScores(session, run, way.population, way.score);
  if (way.kind === 'threads') {
    const predicted = await predictRows(engine, way.population, way.saved, {
      threads: config.threads,
      onRows: (rows) => step.progress(null, String(rows)),
      checkCancelled: () => step.checkCancelled(),
    });
    return (session) => replaceWithScores(session, run, predicted.batches());
  }
  const there = await readScoreRun(engine, run);
  if (there?.dataVersion !== run.dataVersion)
    throw new DomainError('external_scores_missing', {
      versionId: run.versionId,
      method: way.method,
      asOf: run.asOf,
    });
  return async () => there.rows;
}

/**
 * Scores everybody at risk on the date: where the rows are if the model is a short expression, else in threads over
 * batches of columns. Of a version made elsewhere, whose scores are pushed, it only sees that they are there. Only an
 * approved version is used.
 */
async function score(step: StepRun<Input>): Promise<StepResult> {
  const { context, input } = step;
  const { engine } = context;
  const version = await approvedVersion(engine, input.versionId ?? (await championOf(engine, input.model)));
  const { id: versionId, model } = version;
  const asOf = await scoringDate(engine, input.asOf);
  const way = await wayToScore(context, version, asOf);
  const publish = await prepare(step, way, {
    versionId,
    asOf,
    dataVersion: await dataVersion(engine),
    scoredAt: context.now().toISOString(),
    by: step.by,
  });
  const output: Scored = { versionId, model, asOf, rows: 0 };
  return {
    output,
    publish: async (session) => {
      output.rows = await publish(session);
      if (output.rows === 0) throw new DomainError('nobody_at_risk', { model, asOf });
    },
  };
}

export default jobKind<Input>({
  steps: [{ name: 'score', run: score }],
  result: ({ score: scored }) => scored,
  audit: ({ score: scored }) => ({ ...(scored as Scored) }),
});
