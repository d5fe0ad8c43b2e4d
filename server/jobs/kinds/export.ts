import { messageKey } from '#core/contact/messages.ts';
import type { ExportRun } from '#core/contract/exports.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import { touchesOfArms } from '#core/experiment/cadence/due.ts';
import { raw, sql } from '#core/sql/sql.ts';
import type { Delivered } from '../../destinations/destination.ts';
import { writeAudit } from '../../store/audit.ts';
import { moveBatch, readBatch } from '../../store/batches.ts';
import { readDesign } from '../../store/designs.ts';
import {
  abandonDeadExports,
  abandonExport,
  asExportRun,
  finishExport,
  insertExcludedRows,
  insertExport,
  readExport,
} from '../../store/exports.ts';
import { instant } from '../../store/workspace.ts';
import { assumptionsOf, clearBatch, destinationNamed, messagesFor, parseOptions } from '../exporting.ts';
import { jobKind } from '../job.ts';

interface Input {
  batchId: string;
  destination: string;
  options: Record<string, unknown>;
}

/**
 * Hands a cleared batch to a destination, once. The run has the job's identifier, so that a job taken up again goes on with the
 * same run; a batch that has left, or is leaving, is refused.
 */
export default jobKind<Input>({
  steps: [
    {
      name: 'reserve',
      async run({ context, jobId, by, input }) {
        const destination = destinationNamed(context, input.destination);
        const options = parseOptions(destination, input.destination, input.options);
        const at = instant(context.now());
        return {
          output: { exportId: jobId },
          publish: async (session) => {
            await abandonDeadExports(session, input.batchId, at);
            const batch = await clearBatch(context, session, input.batchId);
            if (!(await moveBatch(session, batch.id, 'reserved', 'exporting')))
              throw new DomainError('batch_exported', { batch: batch.id, state: 'exporting' });
            const record = await readDesign(session, batch.experimentId);
            const { dialect } = context.engine;
            const run = {
              id: jobId,
              batchId: batch.id,
              experimentId: batch.experimentId,
              destination: input.destination,
              options,
              rows: batch.cleared,
              excluded: batch.assigned - batch.cleared,
              startedAt: at,
              by,
            };
            const key = messageKey(
              dialect,
              input.destination,
              raw('c.assignment_id'),
              sql`CAST(${batch.touch} AS INTEGER)`,
            );
            await insertExport(session, run, key);
            await insertExcludedRows(
              session,
              run,
              batch.touch,
              touchesOfArms(dialect, record.design.arms),
              key,
            );
          },
        };
      },
    },
    {
      name: 'write',
      binding: true,
      async run({ context, jobId, input, progress, checkCancelled }) {
        const destination = destinationNamed(context, input.destination);
        const options = parseOptions(destination, input.destination, input.options);
        const batch = await clearBatch(context, context.engine, input.batchId);
        const { columns, query } = await messagesFor(
          context,
          batch,
          input.destination,
          destination.personal(options),
        );
        const delivered: Delivered = await destination.deliver({
          batch,
          run: jobId,
          options,
          columns,
          messages: query,
          assumptions: await assumptionsOf(context, batch),
          engine: context.engine,
          workspace: context.config.workspace,
          progress,
          checkCancelled,
        });
        return { output: delivered };
      },
    },
    {
      name: 'finish',
      async run({ context, jobId, by, input, outputs }) {
        const { guarantee } = destinationNamed(context, input.destination);
        const delivered = outputs.write as Delivered;
        const at = instant(context.now());
        const output: Partial<ExportRun> = {};
        return {
          output,
          publish: async (session) => {
            const batch = await readBatch(session, input.batchId);
            await finishExport(session, jobId, { ...delivered, finishedAt: at });
            if (!(await moveBatch(session, batch.id, 'exporting', 'exported')))
              throw new DomainError('batch_exported', { batch: batch.id, state: batch.state });
            await session.run(sql`UPDATE contact_checks SET state = 'sent' WHERE batch_id = ${batch.id}`);
            await session.run(
              sql`UPDATE designs SET state = 'exported' WHERE experiment_id = ${batch.experimentId}`,
            );
            await writeAudit(session, {
              at,
              by,
              action: 'export.done',
              subject: jobId,
              details: {
                batch: batch.id,
                destination: input.destination,
                rows: delivered.manifest.rows,
                excluded: batch.assigned - batch.cleared,
                acceptedUnverifiedBy: batch.acceptedUnverifiedBy,
              },
            });
            Object.assign(output, asExportRun(await readExport(session, jobId), guarantee));
          },
        };
      },
    },
  ],
  result: (outputs) => outputs.finish,
  async cleanUp({ context, jobId, input }) {
    try {
      const destination = destinationNamed(context, input.destination);
      const options = destination.options.safeParse(input.options);
      if (options.success) await destination.discard(jobId, options.data, context.config.workspace);
    } finally {
      await context.engine.transaction((session) => abandonExport(session, jobId, instant(context.now())));
    }
  },
  audit: (outputs) => {
    const run = outputs.finish as ExportRun;
    return { batch: run.batchId, destination: run.destination, rows: run.rows, excluded: run.excluded };
  },
});
