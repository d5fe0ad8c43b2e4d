import { type FoundLooks, findLooks, withDueLooks } from '../../store/results/due.ts';
import { recordLook } from '../../store/results/looks.ts';
import { jobKind } from '../job.ts';

interface Recorded {
  experiments: number;
  looks: number;
}

/**
 * Writes down what planned looks found once their day has come, in every experiment. What is written stays: data
 * corrected later show beside it. Run twice it does the same once.
 */
export default jobKind<Record<string, never>>({
  steps: [
    {
      name: 'look',
      async run({ context, progress, checkCancelled }) {
        const due = await withDueLooks(context);
        const found: FoundLooks[] = [];
        for (const [i, record] of due.entries()) {
          checkCancelled();
          progress(i / due.length, record.design.name);
          found.push(await findLooks(context, record));
        }
        const output: Recorded = {
          experiments: due.length,
          looks: found.reduce((sum, { looks }) => sum + looks.length, 0),
        };
        return {
          output,
          publish: async (session) => {
            for (const { record, dataVersion, looks } of found)
              for (const look of looks) await recordLook(session, record.id, look, dataVersion);
          },
        };
      },
    },
  ],
  result: (outputs) => outputs.look,
  audit: (outputs) => ({ ...(outputs.look as Recorded) }),
});
