import type { RetentionLine } from '#core/contract/portfolio/keeping.ts';
import { countErasure } from '../../store/keeping/epoch.ts';
import { deleteOverAge } from '../../store/keeping/retention.ts';
import { workspaceToday } from '../../store/workspace.ts';
import { jobKind } from '../job.ts';
import { forgetSamples } from '../previewing/sample.ts';

interface Deleted {
  lines: RetentionLine[];
}

/** Deletes what is over age by the times set, in one commit, and writes the database anew: deleted rows stay in a file. */
export default jobKind<unknown>({
  steps: [
    {
      name: 'retain',
      binding: 'once published',
      async run({ context, progress }) {
        const today = await workspaceToday(context);
        const output: Deleted = { lines: [] };
        progress(null);
        return {
          output,
          publish: async (session) => {
            output.lines = await deleteOverAge(session, today);
            if (output.lines.some(({ rows }) => rows > 0)) await countErasure(session);
          },
        };
      },
    },
    {
      name: 'compact',
      async run({ context, outputs, progress }) {
        progress(null);
        const { lines } = outputs.retain as Deleted;
        if (lines.some(({ rows }) => rows > 0)) {
          await context.explore.forget();
          await forgetSamples(context);
          await context.engine.compact();
        }
        return { output: {} };
      },
    },
  ],
  result: (outputs) => outputs.retain,
  audit: (outputs) =>
    Object.fromEntries(
      (outputs.retain as Deleted).lines
        .filter(({ rows }) => rows > 0)
        .map(({ table, rows, before }) => [table, `${rows} < ${before}`]),
    ),
});
