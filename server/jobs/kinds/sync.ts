import type { ExportRun } from '#core/contract/delivery/exports.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import type { Session } from '../../engine/engine.ts';
import { freezeSync, settleSync } from '../../store/delivery/sync/sync-rows.ts';
import { readSyncInUse, requireNoRun } from '../../store/delivery/sync/syncs.ts';
import { freezeForUse } from '../../store/segments/freezes.ts';
import { instant } from '../../store/workspace.ts';
import { resolveDestination } from '../delivering/resolve.ts';
import { cleanUpRun, finishStep, sendStep } from '../delivering/steps.ts';
import { prepareSync } from '../delivering/sync.ts';
import { jobKind, type StepRun } from '../job.ts';

interface Input {
  syncId: string;
  /** Where the sync goes: runs to one destination follow each other. */
  destination: string;
  approvedBy?: string;
}

/** Compares the segment of today, frozen with it, with what the receiver holds, and takes what differs into the run. */
async function compare({ context, jobId, by, input }: StepRun<Input>) {
  const { engine } = context;
  const sync = await readSyncInUse(engine, input.syncId);
  const resolved = await resolveDestination(context, engine, sync.destinationId);
  if (resolved.approval && !input.approvedBy)
    throw new DomainError('approval_needed', { name: resolved.name.es });
  const { comparing, segment } = await prepareSync(context, sync, resolved);
  return {
    output: { exportId: jobId },
    publish: async (session: Session) => {
      await requireNoRun(session, sync);
      const run = {
        id: jobId,
        syncId: sync.id,
        destination: sync.destinationId,
        approvedBy: input.approvedBy ?? null,
        startedAt: instant(context.now()),
        by,
      };
      await freezeSync(session, engine.dialect, run, comparing);
      await freezeForUse(session, engine.dialect, { ...segment, usedBy: jobId, at: run.startedAt, by });
    },
  };
}

/**
 * Brings the profiles at a receiver up to the segment of today. The run has the job's identifier, so that a job taken up again goes
 * on with the same run; what is held there counts from what was acknowledged alone.
 */
export default jobKind<Input>({
  lane: ({ destination }) => `delivery ${destination}`,
  attempts: Number.POSITIVE_INFINITY,
  steps: [
    { name: 'match', run: compare },
    sendStep((jobId) => jobId),
    finishStep((jobId) => jobId),
    {
      name: 'settle',
      run: async ({ jobId }) => ({ output: null, publish: (session) => settleSync(session, jobId) }),
    },
  ],
  result: (outputs) => outputs.finish,
  async cleanUp({ context, jobId }) {
    await cleanUpRun(context, jobId);
    await context.engine.transaction((session) => settleSync(session, jobId));
  },
  audit: (outputs) => {
    const run = outputs.finish as ExportRun;
    return { sync: run.syncId ?? '', destination: run.destination, rows: run.rows, excluded: run.excluded };
  },
});
