import type { PushedFormat } from '#core/contract/models/external.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import { raw, sql } from '#core/sql/sql.ts';
import { dataVersion } from '../../store/data-version.ts';
import { replaceScores } from '../../store/models/scores.ts';
import { layPushed, removePushed } from '../external/pushed.ts';
import { jobKind, type StepResult, type StepRun } from '../job.ts';
import { approvedVersion, atRisk, scoringDate } from '../scoring/plan.ts';
import type { Scored } from './score.ts';

export interface PushScoresInput {
  versionId: string;
  asOf: string;
  format: PushedFormat;
  /** Name of the body among the uploads. */
  file: string;
}

async function push(step: StepRun<PushScoresInput>): Promise<StepResult> {
  const { context, input, jobId } = step;
  const { engine } = context;
  const version = await approvedVersion(engine, input.versionId);
  const { id: versionId, model } = version;
  if (version.learner !== 'external')
    throw new DomainError('not_external', { versionId: versionId.slice(0, 12) });
  const asOf = await scoringDate(engine, input.asOf);
  const run = {
    versionId,
    asOf,
    dataVersion: await dataVersion(engine),
    scoredAt: context.now().toISOString(),
    by: step.by,
  };
  const laid = await layPushed(context, { ...input, jobId }, await atRisk(context, version, asOf), {
    asOf,
    required: raw('true'),
  });
  const output: Scored = { versionId, model, asOf, rows: 0 };
  return {
    output,
    publish: async (session) => {
      output.rows = await replaceScores(session, run, sql`SELECT * FROM ${laid} laid`, raw('probability'));
      if (output.rows === 0) throw new DomainError('nobody_at_risk', { model, asOf });
    },
  };
}

/** Takes scores of a date that were made elsewhere for a version from elsewhere, in place of those it had. */
export default jobKind<PushScoresInput>({
  steps: [
    { name: 'push', run: push },
    {
      name: 'tidy',
      run: async ({ context, jobId, input }) => {
        await removePushed(context, jobId, input.file);
        return { output: null };
      },
    },
  ],
  result: ({ push: scored }) => scored,
  cleanUp: ({ context, jobId, input }) => removePushed(context, jobId, input.file),
  audit: ({ push: scored }) => ({ ...(scored as Scored) }),
});
