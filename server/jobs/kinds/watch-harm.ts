import { jobKind } from '../job.ts';
import { type Counted, countHarm, publishHarm, type Stopped, underWatch } from '../watching.ts';

interface Watched {
  experiments: number;
  stopped: Stopped[];
}

/**
 * The daily watch for harm over every experiment under way: counts the days that are new, and pauses an arm whose
 * boundary was crossed, with a notice. Run twice it does the same once.
 */
export default jobKind<Record<string, never>>({
  steps: [
    {
      name: 'watch',
      async run({ context, progress, checkCancelled }) {
        const records = await underWatch(context.engine);
        const counted: Counted[] = [];
        for (const [i, record] of records.entries()) {
          progress(i / records.length, record.design.name);
          counted.push(await countHarm(context, record, checkCancelled));
        }
        const output: Watched = { experiments: records.length, stopped: [] };
        return {
          output,
          publish: async (session) => {
            output.stopped = [];
            for (const one of counted) output.stopped.push(...(await publishHarm(context, session, one)));
          },
        };
      },
    },
  ],
  result: (outputs) => outputs.watch,
  audit: (outputs) => {
    const { experiments, stopped } = outputs.watch as Watched;
    return {
      experiments,
      stopped: stopped.map(({ experimentId, arm }) => `${experimentId} ${arm}`).join(', ') || null,
    };
  },
});
