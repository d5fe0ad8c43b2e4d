import type { Context } from '../../context.ts';
import { runPart } from '../course/inline.ts';
import { resolveDestination } from '../delivering/resolve.ts';
import { jobKind, type StepRun } from '../job.ts';

interface Input {
  experimentId: string | null;
  destination: string;
  acceptUnverifiedBy?: string;
  approvedBy?: string;
}

interface Day {
  batches: { id: string; cleared: number }[];
}

const writesFiles = async (context: Context, destination: string): Promise<boolean> =>
  (await resolveDestination(context, context.engine, destination)).destination.writes !== undefined;

/** Judges and reserves what is due, as by hand on the evening before, and hands each cleared batch to a destination. */
export default jobKind<Input>({
  steps: [
    {
      name: 'day',
      async run(step) {
        const { context, input } = step;
        await writesFiles(context, input.destination);
        const { experimentId, acceptUnverifiedBy } = input;
        const day = await runPart<Day>(step as unknown as StepRun<unknown>, 'run-day', 'day', {
          experimentId,
          ...(acceptUnverifiedBy ? { acceptUnverifiedBy } : {}),
        });
        const { destination, approvedBy } = input;
        const cleared = day.batches.filter((batch) => batch.cleared > 0).map(({ id }) => id);
        const kind = (await writesFiles(context, destination)) ? 'export' : 'deliver';
        return { output: { cleared, kind, destination, approvedBy: approvedBy ?? null } };
      },
    },
  ],
  result: (outputs) => outputs.day,
  async followUp({ outputs }) {
    const { cleared, kind, destination, approvedBy } = outputs.day as {
      cleared: string[];
      kind: string;
      destination: string;
      approvedBy: string | null;
    };
    const approval = approvedBy ? { approvedBy } : {};
    return cleared.map((batchId) => ({ kind, input: { batchId, destination, options: {}, ...approval } }));
  },
  audit: (outputs) => ({ batches: (outputs.day as { cleared: string[] }).cleared.length }),
});
