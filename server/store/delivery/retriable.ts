import { DomainError } from '#core/errors/domain-error.ts';
import type { Dialect } from '#core/sql/dialects/dialect.ts';
import { type Sql, sql } from '#core/sql/sql.ts';
import type { Session } from '../../engine/engine.ts';
import { readExport } from './exports.ts';

/** Ended runs to a destination, but for one, that have rejected rows which may still be sent; attributes have their next sync for that. */
export async function readRetriable(
  session: Session,
  destination: string,
  except: string,
  now: string,
): Promise<string[]> {
  const rows = await session.rows<{ export_id: string }>(sql`SELECT DISTINCT x.export_id FROM export_rows x
    JOIN export_runs r ON r.export_id = x.export_id JOIN export_payloads p ON p.export_id = x.export_id AND p.seq = x.seq
    WHERE r.destination = ${destination} AND r.export_id <> ${except} AND r.state = 'done' AND r.carries <> 'attributes' AND x.state = 'rejected'
      AND (p.send_before IS NULL OR p.send_before > ${now}) ORDER BY x.export_id`);
  return rows.map(({ export_id }) => export_id);
}

/**
 * Messages of a batch that has left whose places were given back and not taken since: neither by the same message in another batch
 * or run, nor by a later one to the same person, who has used up what the rules leave.
 */
const free = (batchId: string): Sql => sql`SELECT o.assignment_id FROM contact_checks o
    JOIN batches b ON b.batch_id = o.batch_id AND b.state = 'exported'
    ANTI JOIN (SELECT customer_id, assignment_id, touch, planned_at FROM contact_checks
      WHERE batch_id <> ${batchId} AND state IN ('reserved', 'sent')) k ON k.customer_id = o.customer_id
      AND ((k.assignment_id = o.assignment_id AND k.touch = o.touch) OR k.planned_at >= o.planned_at)
    WHERE o.batch_id = ${batchId} AND o.state = 'released'`;

/**
 * Opens an ended run again for its rejected rows; with keys, for those alone, dead ones among them. A message that another batch or
 * run has taken up meanwhile is left to it, and so are attributes of people a later run has tried.
 *
 * @returns rows that wait now
 * @throws not_found, nothing_to_retry
 */
export async function reopenRun(
  session: Session,
  dialect: Dialect,
  id: string,
  keys: readonly string[] | null,
  at: string,
): Promise<number> {
  const run = await readExport(session, id);
  const chosen =
    keys === null
      ? sql`state = 'rejected'`
      : sql`state IN ('rejected', 'dead') AND message_key IN (SELECT message_key FROM ${dialect.jsonRows([['message_key', 'text']], sql`${JSON.stringify(keys.map((key) => ({ message_key: key })))}`)} k)`;
  const rows =
    run.state === 'writing'
      ? 0
      : await session.run(sql`UPDATE export_rows SET state = 'pending', attempts = 0, call_id = NULL, not_before = NULL, changed_at = ${at}
          WHERE export_id = ${id} AND ${chosen} AND (${run.batch_id} = '' OR assignment_id IN (${free(run.batch_id)}))
            AND (${run.sync_id} IS NULL OR customer_id IN (SELECT s.customer_id FROM sync_states s WHERE s.sync_id = ${run.sync_id} AND s.export_id = ${id}))`);
  if (rows === 0) throw new DomainError('nothing_to_retry', { run: id });
  await session.run(
    sql`UPDATE export_runs SET state = 'writing', control = 'run', halted = NULL, finished_at = NULL WHERE export_id = ${id}`,
  );
  if (run.batch_id) {
    await session.run(sql`UPDATE contact_checks SET state = 'sent' WHERE batch_id = ${run.batch_id} AND state = 'released'
      AND assignment_id IN (SELECT assignment_id FROM export_rows WHERE export_id = ${id} AND state = 'pending')`);
    await session.run(
      sql`UPDATE batches SET state = 'exporting' WHERE batch_id = ${run.batch_id} AND state = 'exported'`,
    );
  }
  return rows;
}
