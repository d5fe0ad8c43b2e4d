import type { ExportRun } from '#core/contract/exports.ts';
import { reopenRun } from '../../store/delivery/retriable.ts';
import { settleSync } from '../../store/delivery/sync-rows.ts';
import { readJob } from '../../store/jobs.ts';
import { instant } from '../../store/workspace.ts';
import { cleanUpRun, finishStep, sendStep } from '../delivering/steps.ts';
import { jobKind } from '../job.ts';

interface Input {
  exportId: string;
  destination: string;
  /** null: all rejected rows. */
  keys?: string[] | null;
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
          },
        };
      },
    },
    sendStep((_, { exportId }) => exportId),
    finishStep((_, { exportId }) => exportId),
    {
      name: 'settle',
      run: async ({ input }) => ({
        output: null,
        publish: (session) => settleSync(session, input.exportId),
      }),
    },
  ],
  result: (outputs) => outputs.finish,
  /** A run that this job did not open is another's to end. */
  async cleanUp({ context, jobId, input }) {
    const job = await readJob(context.engine, jobId);
    if (!job || !('reopen' in (JSON.parse(job.outputs) as object))) return;
    await cleanUpRun(context, input.exportId);
    await context.engine.transaction((session) => settleSync(session, input.exportId));
  },
  audit: (outputs) => {
    const run = outputs.finish as ExportRun;
    return { run: run.id, destination: run.destination };
  },
});
