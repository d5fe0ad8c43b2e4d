import type { Dialect } from '../../../sql/dialects/dialect.ts';
import { all, ident, raw, type Sql, sql } from '../../../sql/sql.ts';

/** One row: how many snapshot dates and calendar months there are, the first and the last date. */
export const snapshotDates = (dialect: Dialect): Sql => sql`
SELECT count(*) AS dates, count(DISTINCT ${dialect.monthStart(raw('as_of'))}) AS months,
  min(as_of) AS first_date, max(as_of) AS last_date
FROM (SELECT as_of FROM current_snapshots GROUP BY as_of) AS d`;

export interface MonthlySnapshots {
  dialect: Dialect;
  /** Whether the whole portfolio is seen on one date a month; otherwise each account has a date of its own. */
  oneDateAMonth: boolean;
}

/** Which dates to look at: the first of a month, and the first no longer looked at. */
export interface Span {
  since?: Sql;
  before?: Sql;
}

/**
 * Relation of the last snapshot of each month: account_id, month (its first day), as_of, days_past_due, balance,
 * arrears, status. With a date of its own for each account, that is the last one of the account in the month.
 */
export function monthlySnapshots({ dialect, oneDateAMonth }: MonthlySnapshots, span: Span = {}): Sql {
  const month = dialect.monthStart(raw('as_of'));
  const columns = sql`account_id, ${month} AS month, as_of, days_past_due, balance, arrears, status`;
  const conditions = [
    ...(span.since ? [sql`as_of >= ${span.since}`] : []),
    ...(span.before ? [sql`as_of < ${span.before}`] : []),
  ];
  const where = conditions.length ? sql` WHERE ${all(conditions)}` : raw('');
  if (oneDateAMonth) return sql`SELECT ${columns} FROM current_snapshots${where}`;
  const last = dialect.rowNumber([ident('account_id'), month], [raw('as_of DESC')]);
  return sql`SELECT account_id, month, as_of, days_past_due, balance, arrears, status FROM (
    SELECT ${columns}, ${last} AS place FROM current_snapshots${where}) AS p WHERE place = 1`;
}
