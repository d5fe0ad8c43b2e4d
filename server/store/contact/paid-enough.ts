import type { Dialect } from '#core/sql/dialects/dialect.ts';
import { current } from '#core/sql/dialects/duckdb.ts';
import { type Sql, sql } from '#core/sql/sql.ts';

/**
 * Those accounts past due on which enough has been paid for a message about them not to be wanted any more: at least the minimum due
 * at their newest balances (else the arrears; where neither is known, anything), by all payments made after the day of those
 * balances or known since the message was cleared. A payment sent back does not count.
 *
 * @param accounts relation(account_id, cleared_at), of few: those on which something came since
 * @returns relation(account_id, cleared_at)
 */
export const paidEnough = (dialect: Dialect, accounts: Sql): Sql => {
  const newest = (value: Sql) => dialect.argMax(value, sql`s.as_of`);
  return sql`(
  SELECT w.account_id, w.cleared_at FROM (
    SELECT a.account_id, a.cleared_at, max(s.as_of) AS as_of, ${newest(sql`coalesce(s.minimum_due, s.arrears, 0)`)} AS due,
      ${newest(sql`coalesce(s.days_past_due, 1)`)} AS days
    FROM ${accounts} a LEFT JOIN ${current('snapshots')} s ON s.account_id = a.account_id GROUP BY a.account_id, a.cleared_at
  ) w JOIN ${current('payments')} p ON p.account_id = w.account_id AND NOT coalesce(p.reversed, false)
    AND (w.as_of IS NULL OR ${dialect.cast(sql`p.paid_at`, 'date')} > w.as_of OR coalesce(p.known_at, p.paid_at) >= w.cleared_at)
  WHERE coalesce(w.days, 1) > 0 GROUP BY w.account_id, w.cleared_at, w.due HAVING sum(p.amount) >= coalesce(w.due, 0))`;
};
