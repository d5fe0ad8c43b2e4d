import { jobKind, type StepRun } from '../job.ts';
import { cleanUpLoading, loadingAudit, loadingSteps, type PublishOutput } from '../loading/steps.ts';
import { forgetMove, type MovedOn, moveClock, type SimulateInput, setClock } from '../simulating.ts';
import { watchNewData } from '../watching.ts';

const movedOn = (step: StepRun<SimulateInput>): MovedOn => step.outputs.simulate as MovedOn;

/** Moves the clock of a simulated portfolio on: what happened meanwhile is written as files and loaded like any other. */
export default jobKind<SimulateInput>({
  steps: [
    { name: 'simulate', run: async (step) => ({ output: await moveClock(step) }) },
    ...loadingSteps<SimulateInput>({
      request: (step) => ({
        file: movedOn(step).folder,
        recipe: 'ensayo',
        maxRejectedShare: 0,
        simulated: true,
      }),
      alongside: (session, step, load) => setClock(session, step.context, movedOn(step), load.loadId),
    }),
  ],
  result: (outputs) => ({
    today: (outputs.simulate as MovedOn).today,
    load: (outputs.publish as PublishOutput).load,
  }),
  cleanUp: async ({ context, jobId }) => {
    await cleanUpLoading({ context, jobId });
    await forgetMove(context, jobId);
  },
  followUp: ({ context }) => watchNewData(context),
  audit: loadingAudit,
});
