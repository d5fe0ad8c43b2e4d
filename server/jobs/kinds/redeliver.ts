import type { ExportRun } from '#core/contract/delivery/exports.ts';
import type { Context } from '../../context.ts';
import type { Session } from '../../engine/engine.ts';
import { readBatch } from '../../store/contact/batches.ts';
import { readExport } from '../../store/delivery/exports.ts';
import { settleRecalls } from '../../store/delivery/recalls.ts';
import { reopenRun } from '../../store/delivery/retriable.ts';
import { settleSync } from '../../store/delivery/sync/sync-rows.ts';
import { readJob } from '../../store/jobs.ts';
import { instant } from '../../store/workspace.ts';
import { withholdOverCaps } from '../delivering/recount.ts';
import { cleanUpRun, finishStep, sendStep } from '../delivering/steps.ts';
import { jobKind } from '../job.ts';

interface Input {
  exportId: string;
  destination: string;
  /** null: all rejected rows. */
  keys?: string[] | null;
}

/** What is known of people at a receiver, and of what was called back, follows the rows of the run. */
async function settle(context: Context, session: Session, { exportId }: Input): Promise<void> {
  await settleSync(session, exportId);
  await settleRecalls(session, exportId, instant(context.now()));
}

/** Tries rows again that a receiver refused. What may have arrived is never among them. */
export default jobKind<Input>({
  lane: ({ destination }) => `delivery ${destination}`,
  attempts: Number.POSITIVE_INFINITY,
  steps: [
    {
      name: 'reopen',
      run: async ({ context, input }) => {
        const output = { rows: 0 };
        return {
          output,
          publish: async (session) => {
            const { dialect } = context.engine;
            const at = instant(context.now());
            output.rows = await reopenRun(session, dialect, input.exportId, input.keys ?? null, at);
            const { batch_id: batchId } = await readExport(session, input.exportId);
            if (batchId)
              await withholdOverCaps(context, session, input.exportId, await readBatch(session, batchId));
            await settleRecalls(session, input.exportId, at);
          },
        };
      },
    },
    sendStep((_, { exportId }) => exportId),
    finishStep((_, { exportId }) => exportId),
    {
      name: 'settle',
      run: async ({ context, input }) => ({
        output: null,
        publish: (session) => settle(context, session, input),
      }),
    },
  ],
  result: (outputs) => outputs.finish,
  /** A run that this job did not open is another's to end. */
  async cleanUp({ context, jobId, input }) {
    const job = await readJob(context.engine, jobId);
    if (!job || !('reopen' in (JSON.parse(job.outputs) as object))) return;
    await cleanUpRun(context, input.exportId);
    await context.engine.transaction((session) => settle(context, session, input));
  },
  audit: (outputs) => {
    const run = outputs.finish as ExportRun;
    return { run: run.id, destination: run.destination };
  },
});
