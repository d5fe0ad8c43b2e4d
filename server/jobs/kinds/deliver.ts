import { messageKey } from '#core/contact/messages.ts';
import type { ExportRun } from '#core/contract/delivery/exports.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import { touchesOfArms } from '#core/experiment/cadence/due.ts';
import { raw, sql } from '#core/sql/sql.ts';
import type { Context } from '../../context.ts';
import type { Session } from '../../engine/engine.ts';
import { moveBatch } from '../../store/contact/batches.ts';
import { workspaceNow } from '../../store/contact/contact-ledger.ts';
import { insertExcludedRows, insertRun, insertRunRows } from '../../store/delivery/exports.ts';
import { freezeMessages, requireKeys, textsOf } from '../../store/delivery/freeze.ts';
import { keepMappings, readKeptMappings } from '../../store/delivery/mappings.ts';
import { readRetriable } from '../../store/delivery/retriable.ts';
import { readDesign } from '../../store/experiments/designs.ts';
import { instant } from '../../store/workspace.ts';
import { withholdOverCaps } from '../delivering/recount.ts';
import { type Resolved, resolveDestination } from '../delivering/resolve.ts';
import { cleanUpRun, finishStep, sendStep } from '../delivering/steps.ts';
import { clearBatch, messagesFor } from '../exporting.ts';
import { jobKind } from '../job.ts';

interface Input {
  batchId: string;
  destination: string;
  approvedBy?: string;
}

/** Keeps with the run what its texts are called there. @throws template_unmapped */
async function keepMapped(session: Session, resolved: Resolved, exportId: string): Promise<void> {
  if (!resolved.destination.calls?.mapping) return;
  await keepMappings(session, exportId, resolved.id);
  const approved = await readKeptMappings(session, exportId);
  const missing = (await textsOf(session, exportId))
    .map(({ template, language }) => `${template} ${language}`)
    .filter((text) => !approved.has(text));
  if (missing.length)
    throw new DomainError('template_unmapped', { name: resolved.name.es, templates: missing.join(', ') });
}

/** Clears a batch, takes it for this run and keeps its messages as they are now. All in the session's transaction. */
async function freeze(
  context: Context,
  session: Session,
  jobId: string,
  by: string,
  input: Input,
): Promise<void> {
  const resolved = await resolveDestination(context, session, input.destination);
  if (resolved.approval && !input.approvedBy)
    throw new DomainError('approval_needed', { name: resolved.name.es });
  if (!resolved.destination.guarantees(resolved.options).messages)
    throw new DomainError('destination_carries', { name: resolved.name.es, carries: 'messages' });
  const { dialect } = context.engine;
  const batch = await clearBatch(context, session, input.batchId);
  if (!(await moveBatch(session, batch.id, 'reserved', 'exporting')))
    throw new DomainError('batch_exported', { batch: batch.id, state: 'exporting' });
  const run = {
    id: jobId,
    carries: 'messages' as const,
    batchId: batch.id,
    experimentId: batch.experimentId,
    destination: input.destination,
    options: {},
    rows: batch.cleared,
    excluded: batch.assigned - batch.cleared,
    approvedBy: input.approvedBy ?? null,
    startedAt: instant(context.now()),
    by,
  };
  const key = messageKey(
    dialect,
    input.destination,
    raw('c.assignment_id'),
    sql`CAST(${batch.touch} AS INTEGER)`,
  );
  const { design } = await readDesign(session, batch.experimentId);
  await insertRun(session, run);
  await insertRunRows(session, run, key);
  await insertExcludedRows(session, run, batch.touch, touchesOfArms(dialect, design.arms), key);
  await withholdOverCaps(context, session, jobId, batch);
  const personal = resolved.destination.personal(resolved.options);
  const frozen = await freezeMessages(
    session,
    dialect,
    jobId,
    await messagesFor(context, batch, input.destination, personal),
  );
  await requireKeys(session, jobId, frozen);
  await keepMapped(session, resolved, jobId);
  await session.run(
    sql`UPDATE contact_checks SET state = 'sent' WHERE batch_id = ${batch.id} AND state = 'reserved'`,
  );
}

/**
 * Sends a cleared batch to a receiver, call by call. The run has the job's identifier, so that a job taken up again goes on
 * with the same run; a batch that has left, or is leaving, is refused.
 */
export default jobKind<Input>({
  lane: ({ destination }) => `delivery ${destination}`,
  attempts: Number.POSITIVE_INFINITY,
  steps: [
    {
      name: 'freeze',
      run: async ({ context, jobId, by, input }) => ({
        output: { exportId: jobId },
        publish: (session) => freeze(context, session, jobId, by, input),
      }),
    },
    sendStep((jobId) => jobId),
    finishStep((jobId) => jobId),
  ],
  result: (outputs) => outputs.finish,
  cleanUp: ({ context, jobId }) => cleanUpRun(context, jobId),
  /** Rows that earlier runs could not place are tried once more while they may be sent. */
  async followUp({ context, outputs }) {
    const run = outputs.finish as ExportRun;
    const now = await workspaceNow(context, context.engine);
    const earlier = await readRetriable(context.engine, run.destination, run.id, now.replace('Z', ''));
    return earlier.map((exportId) => ({
      kind: 'redeliver',
      input: { exportId, destination: run.destination },
    }));
  },
  audit: (outputs) => {
    const run = outputs.finish as ExportRun;
    return { batch: run.batchId ?? '', destination: run.destination, rows: run.rows, excluded: run.excluded };
  },
});
