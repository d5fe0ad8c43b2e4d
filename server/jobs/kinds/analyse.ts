import { rm } from 'node:fs/promises';
import type { Analysis } from '#core/contract/experiments/analyses.ts';
import { dropStaging, stagingOf } from '../../store/loading/staging.ts';
import { compareTable } from '../analysing/compare.ts';
import { type AnalysisInput, type OpenedTable, openTable } from '../analysing/open.ts';
import { jobKind } from '../job.ts';
import { scratchOf } from '../loading/request.ts';

/** Compares the arms of a table made elsewhere: a file, read once and not kept, or a dataset. */
export default jobKind<AnalysisInput>({
  steps: [
    { name: 'read', run: async (step) => ({ output: await openTable(step) }) },
    {
      name: 'compare',
      run: async (step) => ({
        output: await compareTable(step, step.outputs.read as OpenedTable),
        publish: async (session) => {
          await dropStaging(session, stagingOf(step.jobId));
          await rm(scratchOf(step.context, step.jobId), { recursive: true, force: true });
        },
      }),
    },
  ],
  result: (outputs) => outputs.compare,
  cleanUp: async ({ context, jobId }) => {
    await dropStaging(context.engine, stagingOf(jobId));
    await rm(scratchOf(context, jobId), { recursive: true, force: true });
  },
  audit: (outputs) => {
    const { arms, effects, warnings } = outputs.compare as Analysis;
    return { arms: arms.length, effects: effects.length, warnings: warnings.length };
  },
});
