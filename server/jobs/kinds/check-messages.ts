import { readDesigns } from '../../store/experiments/designs.ts';
import { jobKind } from '../job.ts';
import { lookAgain, type PausedByTexts, publishLooked } from '../messages/looked.ts';

interface Checked {
  experiments: number;
  texts: number;
  paused: PausedByTexts[];
}

/**
 * Counts again what the texts of experiments under way rest on. One figure or consequence that is no longer so pauses
 * all arms of its experiment together, with the reason.
 */
export default jobKind<Record<string, never>>({
  steps: [
    {
      name: 'recount',
      async run({ context, progress, checkCancelled }) {
        const running = (await readDesigns(context.engine)).filter(({ status }) => status === 'running');
        const looked = await lookAgain(context, running, ({ design }, share) => {
          checkCancelled();
          progress(share, design.name);
        });
        const output: Checked = { experiments: running.length, texts: looked.texts.length, paused: [] };
        return {
          output,
          publish: async (session) => {
            output.paused = await publishLooked(context, session, looked);
          },
        };
      },
    },
  ],
  result: (outputs) => outputs.recount,
  audit: (outputs) => {
    const { experiments, texts, paused } = outputs.recount as Checked;
    return { experiments, texts, paused: paused.map(({ experimentId }) => experimentId).join(', ') || null };
  },
});
