import type { Batch } from '#core/contract/delivery/batches.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import { sql } from '#core/sql/sql.ts';
import type { Session } from '../../engine/engine.ts';

/** reserved and exported as people see them; exporting while a run is at work on it; released once replaced. */
export type BatchState = 'reserved' | 'exporting' | 'exported' | 'released';

interface BatchRow {
  batch_id: string;
  state: BatchState;
  summary: string;
}

/** A batch under export is still reserved for whoever reads it. */
const asBatch = (row: BatchRow): Batch => ({
  ...(JSON.parse(row.summary) as Batch),
  state: row.state === 'exporting' ? 'reserved' : row.state,
});

export async function readBatch(session: Session, id: string): Promise<Batch> {
  const row = await session.first<BatchRow>(
    sql`SELECT batch_id, state, summary FROM batches WHERE batch_id = ${id}`,
  );
  if (!row) throw new DomainError('not_found', { kind: 'batch', id });
  return asBatch(row);
}

export async function readBatches(session: Session): Promise<Batch[]> {
  const rows = await session.rows<BatchRow>(
    sql`SELECT batch_id, state, summary FROM batches ORDER BY checked_at DESC, batch_id DESC`,
  );
  return rows.map(asBatch);
}

/** The batches of one touch of an experiment that have not been replaced. */
export const readLiveBatches = (
  session: Session,
  experimentId: string,
  touch: number,
): Promise<{ batch_id: string; state: BatchState }[]> =>
  session.rows(sql`SELECT batch_id, state FROM batches
    WHERE experiment_id = ${experimentId} AND touch = ${touch} AND state <> 'released' ORDER BY batch_id`);

export async function insertBatch(session: Session, batch: Batch): Promise<void> {
  await session.run(sql`INSERT INTO batches VALUES (${batch.id}, ${batch.experimentId}, ${batch.touch}, ${batch.state},
    ${JSON.stringify(batch)}, ${batch.checkedAt.replace('Z', '')}, ${batch.by})`);
}

/** Moves a batch from one state to another; false when it was not in the first. */
export async function moveBatch(
  session: Session,
  id: string,
  from: BatchState,
  to: BatchState,
): Promise<boolean> {
  const changed = await session.run(
    sql`UPDATE batches SET state = ${to} WHERE batch_id = ${id} AND state = ${from}`,
  );
  return changed === 1;
}

/** Gives back the places a batch held; its exclusions stay as a record of what was checked. */
export async function releaseBatch(session: Session, id: string): Promise<void> {
  await session.run(sql`UPDATE batches SET state = 'released' WHERE batch_id = ${id}`);
  await session.run(sql`UPDATE contact_checks SET state = 'released' WHERE batch_id = ${id}`);
}
