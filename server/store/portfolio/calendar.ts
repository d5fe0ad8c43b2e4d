import { raw, sql } from '#core/sql/sql.ts';
import type { Calendar } from '#models/question.ts';
import type { Engine } from '../../engine/engine.ts';
import { snapshotDates } from './facts.ts';

/**
 * The dates with balances and how often an account is seen: by the median, over accounts, of the mean number of days
 * between its snapshots (3 days or less: daily; 10 or less: weekly).
 */
export async function readCalendar(engine: Engine): Promise<Calendar> {
  const { dialect } = engine;
  const dates = await snapshotDates(engine);
  const gap = await engine.first<{
    days: number | null;
  }>(sql`SELECT ${dialect.median(sql`days`)} AS days FROM (
    SELECT ${dialect.float(dialect.daysBetween(sql`min(as_of)`, sql`max(as_of)`))} / (count(*) - 1) AS days
    FROM current_snapshots GROUP BY account_id HAVING ${raw('count(*) > 1')}) g`);
  const days = gap?.days ?? 30;
  return { dates, observed: days <= 3 ? 'daily' : days <= 10 ? 'weekly' : 'monthly' };
}
