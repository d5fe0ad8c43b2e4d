import type { Guarantee } from '#core/delivery/answer.ts';
import { afterCut } from '#core/delivery/outcome.ts';
import { sql } from '#core/sql/sql.ts';
import type { Session } from '../../engine/engine.ts';
import { moveBatch } from '../contact/batches.ts';
import { hasLeft, readExport } from './exports.ts';
import { settleCut, settleWaiting } from './rows.ts';

/**
 * Ends a run, whole or not: what waited is cancelled, what was under way is settled as the guarantee has it, places of messages
 * that did not leave are given back. A run of which nothing left is as if it had not been: its batch can leave again.
 *
 * @returns rows that left
 */
export async function endRun(
  session: Session,
  id: string,
  state: 'done' | 'failed' | 'cancelled',
  guarantee: Guarantee,
  at: string,
): Promise<number> {
  const run = await readExport(session, id);
  const left = await countLeft(session, id);
  if (run.state !== 'writing') return left;
  await settleCut(session, id, afterCut(guarantee), at);
  await settleWaiting(session, id, 'cancelled', at);
  const gone = await countLeft(session, id);
  await session.run(
    sql`UPDATE export_runs SET state = ${state}, halted = NULL, finished_at = ${at} WHERE export_id = ${id}`,
  );
  await session.run(sql`DELETE FROM export_payloads WHERE export_id = ${id} AND seq IN (
    SELECT seq FROM export_rows WHERE export_id = ${id} AND state NOT IN ('rejected', 'dead', 'uncertain'))`);
  if (run.batch_id === '') return gone;
  const leaves = gone > 0 || state === 'done';
  await session.run(sql`UPDATE contact_checks SET state = ${leaves ? 'released' : 'reserved'} WHERE batch_id = ${run.batch_id} AND state = 'sent'
    AND assignment_id NOT IN (SELECT assignment_id FROM export_rows x WHERE x.export_id = ${id} AND ${hasLeft(sql`x.state`)})`);
  await moveBatch(session, run.batch_id, 'exporting', leaves ? 'exported' : 'reserved');
  if (leaves)
    await session.run(
      sql`UPDATE designs SET state = 'exported' WHERE experiment_id = ${run.experiment_id} AND state IN ('assigned', 'checked')`,
    );
  return gone;
}

async function countLeft(session: Session, id: string): Promise<number> {
  const row = await session.first<{ n: number }>(
    sql`SELECT CAST(count(*) AS BIGINT) AS n FROM export_rows x WHERE x.export_id = ${id} AND ${hasLeft(sql`x.state`)}`,
  );
  return row?.n ?? 0;
}
