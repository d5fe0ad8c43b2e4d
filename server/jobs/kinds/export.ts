import { messageKey } from '#core/contact/messages.ts';
import type { ExportRun } from '#core/contract/delivery/exports.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import { touchesOfArms } from '#core/experiment/cadence/due.ts';
import { raw, sql } from '#core/sql/sql.ts';
import type { Delivered } from '../../destinations/destination.ts';
import { writeAudit } from '../../store/audit.ts';
import { moveBatch, readBatch } from '../../store/contact/batches.ts';
import {
  abandonDeadExports,
  abandonExport,
  finishExport,
  insertExcludedRows,
  insertRun,
  insertRunRows,
} from '../../store/delivery/exports.ts';
import { requireKeys } from '../../store/delivery/freeze.ts';
import { readDesign } from '../../store/experiments/designs.ts';
import { instant } from '../../store/workspace.ts';
import { describeRun } from '../delivering/describe.ts';
import { deliverFiles } from '../delivering/files/deliver-files.ts';
import { cutByCapacity, inRank, rankColumn, rankRequest } from '../delivering/rank.ts';
import { withholdOverCaps } from '../delivering/recount.ts';
import { resolveDestination } from '../delivering/resolve.ts';
import { countWaiting, stillWaiting, withholdRows } from '../delivering/withhold.ts';
import { openWorld } from '../delivering/world.ts';
import { assumptionsOf, clearBatch, messagesFor } from '../exporting.ts';
import { jobKind } from '../job.ts';

interface Input {
  batchId: string;
  destination: string;
  options: Record<string, unknown>;
  approvedBy?: string;
}

/**
 * Hands a cleared batch to a destination, once. The run has the job's identifier, so that a job taken up again goes on with the
 * same run; a batch that has left, or is leaving, is refused.
 */
export default jobKind<Input>({
  /** What leaves for another machine mostly waits for it. */
  lane: ({ destination }) => (destination === 'file' ? null : `delivery ${destination}`),
  steps: [
    {
      name: 'reserve',
      async run({ context, jobId, by, input }) {
        const at = instant(context.now());
        return {
          output: { exportId: jobId },
          publish: async (session) => {
            const resolved = await resolveDestination(context, session, input.destination, input.options);
            if (resolved.approval && !input.approvedBy)
              throw new DomainError('approval_needed', { name: resolved.name.es });
            await abandonDeadExports(session, input.batchId, at);
            const batch = await clearBatch(context, session, input.batchId);
            if (!(await moveBatch(session, batch.id, 'reserved', 'exporting')))
              throw new DomainError('batch_exported', { batch: batch.id, state: 'exporting' });
            const record = await readDesign(session, batch.experimentId);
            const { dialect } = context.engine;
            const run = {
              id: jobId,
              carries: 'messages' as const,
              batchId: batch.id,
              experimentId: batch.experimentId,
              destination: input.destination,
              options: resolved.kind === input.destination ? resolved.options : {},
              approvedBy: input.approvedBy ?? null,
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
            await insertRun(session, run);
            await insertRunRows(session, run, key);
            await requireKeys(session, jobId);
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
      async run(step) {
        const { context, jobId, input, progress, checkCancelled } = step;
        const { engine } = context;
        const { destination, options } = await resolveDestination(
          context,
          engine,
          input.destination,
          input.options,
        );
        if (!destination.writes) throw new DomainError('not_found', { kind: 'file', id: input.destination });
        const batch = await clearBatch(context, engine, input.batchId);
        const personal = destination.personal(options);
        const { columns, query } = await messagesFor(context, batch, input.destination, personal);
        const ranking = destination.writes.ranking?.(options) ?? null;
        const ranked = ranking && (await rankRequest(engine, jobId, batch, ranking));
        const rows = await engine.transaction(async (session) => {
          await withholdRows(context, session, jobId, batch);
          await withholdOverCaps(context, session, jobId, batch);
          if (ranked)
            await cutByCapacity(context, session, ranked, {
              batch,
              destination: input.destination,
              capacity: ranking.capacity,
            });
          return countWaiting(session, jobId);
        });
        const waiting = rows < batch.cleared ? stillWaiting(query, jobId) : query;
        const messages = ranked ? inRank(context, query, ranked) : waiting;
        const world = openWorld(context);
        try {
          const delivered: Delivered = await deliverFiles(step as never, destination.writes, {
            batch,
            rows,
            run: jobId,
            options,
            columns: ranked ? [...columns, rankColumn] : columns,
            messages,
            assumptions: await assumptionsOf(context, batch),
            engine,
            workspace: context.config.workspace,
            world,
            progress,
            checkCancelled,
          });
          return { output: delivered };
        } finally {
          await world.dispatcher.close();
        }
      },
    },
    {
      name: 'finish',
      async run({ context, jobId, by, input, outputs }) {
        const delivered = outputs.write as Delivered;
        const at = instant(context.now());
        const output: Partial<ExportRun> = {};
        return {
          output,
          publish: async (session) => {
            const batch = await readBatch(session, input.batchId);
            await finishExport(session, jobId, { ...delivered, at });
            if (!(await moveBatch(session, batch.id, 'exporting', 'exported')))
              throw new DomainError('batch_exported', { batch: batch.id, state: batch.state });
            await session.run(sql`UPDATE contact_checks SET state = 'sent' WHERE batch_id = ${batch.id}
              AND assignment_id NOT IN (SELECT assignment_id FROM export_rows WHERE export_id = ${jobId} AND state = 'withheld')`);
            await session.run(
              sql`UPDATE contact_checks SET state = 'released' WHERE batch_id = ${batch.id} AND state = 'reserved'`,
            );
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
            Object.assign(output, await describeRun(context, session, jobId));
          },
        };
      },
    },
  ],
  result: (outputs) => outputs.finish,
  async cleanUp({ context, jobId, input }) {
    const world = openWorld(context);
    try {
      const { destination, options } = await resolveDestination(
        context,
        context.engine,
        input.destination,
        input.options,
      );
      await destination.writes?.discard(jobId, options, context.config.workspace, world);
    } catch (error) {
      context.log.warn({ err: error, job: jobId }, 'what the export left behind could not be removed');
    } finally {
      await world.dispatcher.close();
      await context.engine.transaction((session) => abandonExport(session, jobId, instant(context.now())));
    }
  },
  audit: (outputs) => {
    const run = outputs.finish as ExportRun;
    return { batch: run.batchId ?? '', destination: run.destination, rows: run.rows, excluded: run.excluded };
  },
});
