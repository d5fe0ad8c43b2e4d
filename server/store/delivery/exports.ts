import type { ExportRun, Manifest } from '#core/contract/delivery/exports.ts';
import { type Carried, leftStates } from '#core/delivery/answer.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import { join, raw, type Sql, sql } from '#core/sql/sql.ts';
import type { Text } from '#core/text/text.ts';
import type { Session } from '../../engine/engine.ts';

export interface ExportRow {
  export_id: string;
  batch_id: string;
  experiment_id: string;
  sync_id: string | null;
  carries: Carried;
  destination: string;
  options: string;
  state: 'writing' | 'done' | 'failed' | 'cancelled';
  control: 'run' | 'pause' | 'cancel';
  halted: string | null;
  rows_sent: number;
  rows_excluded: number;
  manifest_path: string | null;
  manifest: string | null;
  approved_by: string | null;
  started_at: string;
  finished_at: string | null;
  by_principal: string;
}

/** Rows that a receiver has, or may have: a condition on their state. */
export const hasLeft = (state: Sql): Sql =>
  sql`${state} IN (${join(leftStates.map((name) => sql`${name}`))})`;

export async function readExport(session: Session, id: string): Promise<ExportRow> {
  const row = await session.first<ExportRow>(sql`SELECT * FROM export_runs WHERE export_id = ${id}`);
  if (!row) throw new DomainError('not_found', { kind: 'export', id });
  return row;
}

export const readExports = (session: Session): Promise<ExportRow[]> =>
  session.rows<ExportRow>(sql`SELECT * FROM export_runs ORDER BY started_at DESC, export_id DESC`);

/** How many rows of each run stand where. */
export async function readRowStates(
  session: Session,
  id?: string,
): Promise<Map<string, Record<string, number>>> {
  const rows = await session.rows<{ export_id: string; state: string; n: number }>(
    sql`SELECT export_id, state, CAST(count(*) AS BIGINT) AS n FROM export_rows
      WHERE ${id === undefined ? raw('true') : sql`export_id = ${id}`} GROUP BY export_id, state ORDER BY export_id, state`,
  );
  const found = new Map<string, Record<string, number>>();
  for (const { export_id, state, n } of rows) found.set(export_id, { ...found.get(export_id), [state]: n });
  return found;
}

export const asExportRun = (
  row: ExportRow,
  states: Record<string, number>,
  destination: { name: Text; guarantee: ExportRun['guarantee'] },
): ExportRun => ({
  id: row.export_id,
  batchId: row.batch_id || null,
  experimentId: row.experiment_id || null,
  syncId: row.sync_id,
  carries: row.carries,
  destination: row.destination,
  destinationName: destination.name,
  guarantee: destination.guarantee,
  state: row.state === 'writing' && (row.control === 'pause' || row.halted !== null) ? 'paused' : row.state,
  halted: row.halted,
  rows: row.rows_sent,
  excluded: row.rows_excluded,
  states,
  manifestPath: row.manifest_path,
  manifest: row.manifest === null ? null : (JSON.parse(row.manifest) as Manifest),
  approvedBy: row.approved_by,
  startedAt: row.started_at,
  finishedAt: row.finished_at,
  by: row.by_principal,
});

export interface NewExport {
  id: string;
  carries: Carried;
  batchId?: string;
  experimentId?: string;
  syncId?: string;
  destination: string;
  options: unknown;
  rows: number;
  excluded: number;
  approvedBy?: string | null;
  startedAt: string;
  by: string;
}

export async function insertRun(session: Session, run: NewExport): Promise<void> {
  await session.run(sql`INSERT INTO export_runs (export_id, batch_id, experiment_id, sync_id, carries, destination, options, state,
      rows_sent, rows_excluded, approved_by, started_at, by_principal)
    VALUES (${run.id}, ${run.batchId ?? ''}, ${run.experimentId ?? ''}, ${run.syncId ?? null}, ${run.carries}, ${run.destination},
      ${JSON.stringify(run.options)}, 'writing', ${run.rows}, ${run.excluded}, ${run.approvedBy ?? null}, ${run.startedAt}, ${run.by})`);
}

/** One line for each person of a batch that may get the message, numbered from 0 in the order they are sent. */
export const insertRunRows = (
  session: Session,
  run: { id: string; batchId: string },
  key: Sql,
): Promise<number> =>
  session.run(sql`INSERT INTO export_rows (export_id, message_key, assignment_id, customer_id, arm, touch, channel, state, rule, seq)
    SELECT ${run.id}, ${key}, assignment_id, customer_id, arm, touch, channel, 'pending', NULL,
      CAST(row_number() OVER (ORDER BY customer_id) AS INTEGER) - 1 FROM contact_checks c WHERE batch_id = ${run.batchId}`);

/** Adds the people the rules kept back, so that the lines of a run add up to those assigned. */
export const insertExcludedRows = (
  session: Session,
  run: { id: string; batchId: string },
  touch: number,
  touches: Sql,
  key: Sql,
): Promise<number> =>
  session.run(sql`INSERT INTO export_rows (export_id, message_key, assignment_id, customer_id, arm, touch, channel, state, rule)
    SELECT ${run.id}, ${key}, c.assignment_id, c.customer_id, c.arm, ${touch}, x.channel, 'excluded', c.rule FROM exclusions c
    JOIN ${touches} x ON x.arm = c.arm AND x.touch = ${touch} WHERE c.batch_id = ${run.batchId} AND c.decides`);

/** What waited of a run stands in files now. */
export async function noteWritten(
  session: Session,
  id: string,
  done: { manifestPath: string | null; manifest: Manifest; at: string },
): Promise<void> {
  await session.run(sql`UPDATE export_runs SET manifest_path = ${done.manifestPath}, manifest = ${JSON.stringify(done.manifest)}
    WHERE export_id = ${id}`);
  await session.run(
    sql`UPDATE export_rows SET state = 'written', changed_at = ${done.at} WHERE export_id = ${id} AND state = 'pending'`,
  );
}

export async function finishExport(
  session: Session,
  id: string,
  done: { manifestPath: string | null; manifest: Manifest; at: string },
): Promise<void> {
  await noteWritten(session, id, done);
  await session.run(
    sql`UPDATE export_runs SET state = 'done', finished_at = ${done.at} WHERE export_id = ${id}`,
  );
}

/** A run that came to nothing: its lines go, its record stays, and its batch can be exported again. */
export async function abandonExport(session: Session, id: string, finishedAt: string): Promise<void> {
  const run = await session.first<{ batch_id: string }>(
    sql`SELECT batch_id FROM export_runs WHERE export_id = ${id} AND state = 'writing'`,
  );
  if (!run) return;
  await session.run(
    sql`UPDATE export_runs SET state = 'failed', finished_at = ${finishedAt} WHERE export_id = ${id}`,
  );
  await session.run(sql`DELETE FROM export_rows WHERE export_id = ${id}`);
  await session.run(sql`DELETE FROM export_payloads WHERE export_id = ${id}`);
  await session.run(
    sql`UPDATE batches SET state = 'reserved' WHERE batch_id = ${run.batch_id} AND state = 'exporting'`,
  );
}

/**
 * Runs still marked as writing that no job is at work on: cancelled before it could clean up. One opened again for its rejected
 * rows has another job than its first, and one of which anything may have left is never given up.
 */
export const readAbandoned = async (session: Session, batchId: string): Promise<string[]> => {
  const rows = await session.rows<{ export_id: string }>(sql`SELECT r.export_id FROM export_runs r
    WHERE r.batch_id = ${batchId} AND r.state = 'writing' AND NOT EXISTS (
      SELECT 1 FROM jobs j WHERE j.state NOT IN ('done', 'failed', 'cancelled')
        AND (j.job_id = r.export_id OR (j.input ->> '$.exportId') = r.export_id))
      AND NOT EXISTS (SELECT 1 FROM export_rows x WHERE x.export_id = r.export_id AND (x.state = 'sending' OR ${hasLeft(sql`x.state`)}))
    ORDER BY r.export_id`);
  return rows.map((row) => row.export_id);
};

/** Gives up every abandoned run of a batch. */
export async function abandonDeadExports(session: Session, batchId: string, at: string): Promise<void> {
  for (const id of await readAbandoned(session, batchId)) await abandonExport(session, id, at);
}
