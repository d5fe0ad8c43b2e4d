import type { z } from 'zod';
import type { contract } from '#core/contract/index.ts';
import { jobKind } from '../job.ts';
import {
  cleanUpLoading,
  loadingAudit,
  loadingResult,
  loadingSteps,
  type PublishOutput,
} from '../loading/steps.ts';
import { recallsWanted } from '../receiving/after.ts';
import { watchNewData } from '../watching.ts';

type Input = z.output<typeof contract.loads.create.body>;

/** Loads a file, or a folder of files, through a recipe. */
export default jobKind<Input>({
  steps: loadingSteps({ request: ({ input }) => ({ ...input, simulated: false }) }),
  result: loadingResult,
  cleanUp: cleanUpLoading,
  followUp: async ({ context, outputs }) => [
    ...recallsWanted(context, (outputs.publish as PublishOutput).recalls ?? 0),
    ...(await watchNewData(context)),
  ],
  audit: loadingAudit,
});
