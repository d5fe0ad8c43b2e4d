import { sql } from '#core/sql/sql.ts';
import type { Context } from '../../context.ts';
import { remembered } from '../remembered.ts';
import { isSimulated, workspaceToday } from '../workspace.ts';

/**
 * Last day whose events are known: in a simulated workspace its own today; else that of the newest balance, payment or
 * contact loaded, today at the latest.
 */
export async function lastKnownDay(context: Context, stated?: string): Promise<string> {
  const today = await workspaceToday(context, stated);
  if (await isSimulated(context.engine)) return today;
  const { engine } = context;
  const row = await remembered(engine, 'last known day', () =>
    engine.first<{ last: string | null }>(sql`
    SELECT CAST(max(day) AS VARCHAR) AS last FROM (
      SELECT max(as_of) AS day FROM current_snapshots
      UNION ALL SELECT CAST(max(paid_at) AS DATE) FROM current_payments
      UNION ALL SELECT CAST(max(sent_at) AS DATE) FROM current_contacts
    ) d`),
  );
  return row?.last && row.last < today ? row.last : today;
}
