import type { ExportRun } from '#core/contract/delivery/exports.ts';
import type { Context } from '../../context.ts';
import { writeAudit } from '../../store/audit.ts';
import { endRun } from '../../store/delivery/end.ts';
import { readExport, readRowStates } from '../../store/delivery/exports.ts';
import { instant } from '../../store/workspace.ts';
import type { Step } from '../job.ts';
import { describeRun } from './describe.ts';
import { writeFrozen } from './files/write-frozen.ts';
import { loadRun } from './load-run.ts';
import { describeDestination, resolveDestination } from './resolve.ts';
import { sendRun } from './sending/send.ts';

/** Sends what a run has frozen; `of` says which run. */
export const sendStep = <I>(of: (jobId: string, input: I) => string): Step<I> => ({
  name: 'send',
  async run(step) {
    const { context } = step;
    const id = of(step.jobId, step.input);
    const row = await readExport(context.engine, id);
    const resolved = await resolveDestination(
      context,
      context.engine,
      row.destination,
      JSON.parse(row.options),
    );
    if (resolved.destination.writes) {
      await writeFrozen(step as never, row, resolved);
      return { output: { whole: true } };
    }
    const load = async () =>
      loadRun(
        context,
        row,
        await resolveDestination(context, context.engine, row.destination, JSON.parse(row.options)),
      );
    return { output: { whole: await sendRun(step as never, load) } };
  },
});

export const finishStep = <I>(of: (jobId: string, input: I) => string): Step<I> => ({
  name: 'finish',
  async run({ context, jobId, by, input, outputs }) {
    const id = of(jobId, input);
    const { whole } = outputs.send as { whole: boolean };
    const output: Partial<ExportRun> = {};
    return {
      output,
      publish: async (session) => {
        const run = await readExport(session, id);
        const { guarantee } = await describeDestination(context, session, run.destination, run.carries);
        const at = instant(context.now());
        const left = await endRun(session, id, whole ? 'done' : 'cancelled', guarantee, at);
        const states = (await readRowStates(session, id)).get(id) ?? {};
        await writeAudit(session, {
          at,
          by,
          action: whole ? 'export.done' : 'export.cancelled',
          subject: id,
          details: { destination: run.destination, carries: run.carries, rows: left, ...states },
        });
        Object.assign(output, await describeRun(context, session, id));
      },
    };
  },
});

/** Ends a run whose job failed or was cancelled: what left stays recorded, the rest is given back. */
export async function cleanUpRun(context: Context, id: string): Promise<void> {
  await context.engine.transaction(async (session) => {
    const run = await session.first({
      text: 'SELECT 1 AS one FROM export_runs WHERE export_id = ?',
      values: [id],
    });
    if (!run) return;
    const { destination, carries } = await readExport(session, id);
    const { guarantee } = await describeDestination(context, session, destination, carries);
    await endRun(session, id, 'failed', guarantee, instant(context.now()));
  });
}
