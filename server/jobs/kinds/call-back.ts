import type { ExportRun } from '#core/contract/delivery/exports.ts';
import { settleRecalls } from '../../store/delivery/recalls.ts';
import { instant } from '../../store/workspace.ts';
import { cleanUpRun, finishStep, sendStep } from '../delivering/steps.ts';
import { jobKind } from '../job.ts';

interface Input {
  exportId: string;
  destination: string;
}

/** Tells a receiver which messages must not go out any more, or are to be taken off a list. */
export default jobKind<Input>({
  lane: ({ destination }) => `recall ${destination}`,
  attempts: Number.POSITIVE_INFINITY,
  steps: [
    sendStep((_, { exportId }) => exportId),
    finishStep((_, { exportId }) => exportId),
    {
      name: 'settle',
      run: async ({ context, input }) => ({
        output: null,
        publish: (session) => settleRecalls(session, input.exportId, instant(context.now())),
      }),
    },
  ],
  result: (outputs) => outputs.finish,
  async cleanUp({ context, input }) {
    await cleanUpRun(context, input.exportId);
    await context.engine.transaction((session) =>
      settleRecalls(session, input.exportId, instant(context.now())),
    );
  },
  audit: (outputs) => {
    const run = outputs.finish as ExportRun;
    return { run: run.id, destination: run.destination, rows: run.rows };
  },
});
