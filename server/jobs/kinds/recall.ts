import type { Context } from '../../context.ts';
import type { Session } from '../../engine/engine.ts';
import {
  destinationsToCall,
  dropUnneeded,
  freezeRecalls,
  markImpossible,
} from '../../store/delivery/recalls.ts';
import { instant } from '../../store/workspace.ts';
import { partOf } from '../course/inline.ts';
import { resolveDestination } from '../delivering/resolve.ts';
import { jobKind } from '../job.ts';

interface Gathered {
  runs: { exportId: string; destination: string }[];
}

/** Whether a receiver can be told to forget a message; one that is retired or does not carry recalls cannot. */
async function canCall(context: Context, session: Session, id: string): Promise<boolean> {
  const found = await resolveDestination(context, session, id).catch(() => null);
  return found !== null && found.destination.guarantees(found.options).recalls !== null;
}

/** Puts messages to be called back into runs, one for each destination; those runs are jobs of their own. */
export default jobKind<Record<string, never>>({
  lane: () => 'recall',
  steps: [
    {
      name: 'gather',
      async run({ context, jobId, by }) {
        const output: Gathered = { runs: [] };
        return {
          output,
          publish: async (session) => {
            await dropUnneeded(session);
            for (const destination of await destinationsToCall(session)) {
              if (!(await canCall(context, session, destination))) {
                await markImpossible(session, destination);
                continue;
              }
              const exportId = partOf(jobId, destination);
              const run = { id: exportId, destination, startedAt: instant(context.now()), by };
              const rows = await freezeRecalls(session, context.engine.dialect, run);
              if (rows > 0) output.runs.push({ exportId, destination });
            }
          },
        };
      },
    },
  ],
  result: (outputs) => outputs.gather,
  followUp: async ({ outputs }) =>
    (outputs.gather as Gathered).runs.map((run) => ({ kind: 'call-back', input: run })),
  audit: (outputs) => ({ runs: (outputs.gather as Gathered).runs.length }),
});
