import type { SampleInput } from '#data/generator/plan.ts';
import { jobKind, type StepRun } from '../job.ts';
import type { ReadOutput } from '../loading/read.ts';
import { cleanUpLoading, loadingAudit, loadingResult, loadingSteps } from '../loading/steps.ts';
import { forgetSample, generateSample, startClock } from '../sampling.ts';

const folderOf = (step: StepRun<SampleInput>): string => (step.outputs.generate as { folder: string }).folder;

/** Generates a simulated portfolio and loads it as any folder of canonical files is loaded. */
export default jobKind<SampleInput>({
  steps: [
    { name: 'generate', run: async (step) => ({ output: await generateSample(step) }) },
    ...loadingSteps<SampleInput>({
      request: (step) => ({
        file: folderOf(step),
        recipe: 'ensayo',
        maxRejectedShare: 0,
        simulated: true,
      }),
      alongside: async (session, step, load) => {
        const loadedBefore = (step.outputs.read as ReadOutput).same !== null;
        if (!loadedBefore) await startClock(session, step, folderOf(step), load.loadId);
      },
    }),
  ],
  result: loadingResult,
  cleanUp: async ({ context, jobId, input }) => {
    await cleanUpLoading({ context, jobId });
    await forgetSample(context, jobId, input);
  },
  audit: loadingAudit,
});
