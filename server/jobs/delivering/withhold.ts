import type { Batch } from '#core/contract/delivery/batches.ts';
import { type Sql, sql } from '#core/sql/sql.ts';
import type { Context } from '../../context.ts';
import type { Session } from '../../engine/engine.ts';
import { withheldNow } from '../../store/contact/still-allowed.ts';
import { settleRows } from '../../store/delivery/marks.ts';
import { instant } from '../../store/workspace.ts';
import { clearedSince } from './sending/since.ts';

/** Keeps back, just before a run is written whole, whoever must not get the message any more. */
export async function withholdRows(
  context: Context,
  session: Session,
  exportId: string,
  batch: Batch,
): Promise<void> {
  const { dialect } = context.engine;
  const since = await clearedSince(context, session, batch);
  const found = await withheldNow(session, dialect, exportId, 'waiting', since);
  await settleRows(
    session,
    dialect,
    exportId,
    found.map(({ seq, reason }) => ({ seq, state: 'withheld' as const, reason })),
    instant(context.now()),
  );
}

/** Rows of a run that are to be sent. */
export const countWaiting = async (session: Session, exportId: string): Promise<number> => {
  const found = await session.first<{ n: number }>(
    sql`SELECT CAST(count(*) AS BIGINT) AS n FROM export_rows WHERE export_id = ${exportId} AND state = 'pending'`,
  );
  return found?.n ?? 0;
};

/** The messages of a run but for the withheld, in their order. */
export const stillWaiting = (messages: Sql, exportId: string): Sql =>
  sql`SELECT m.* FROM (${messages}) m WHERE m.message_key NOT IN (
    SELECT message_key FROM export_rows WHERE export_id = ${exportId} AND state = 'withheld') ORDER BY m.customer_id`;
