import type { Dialect } from '../sql/dialects/dialect.ts';
import { current } from '../sql/dialects/duckdb.ts';
import { raw, type Sql, sql } from '../sql/sql.ts';

/** How far back snapshots are read; a little over six calendar months. */
const lookBackDays = 187;

/**
 * The snapshots of each population row in the six calendar months up to its date, one row each, with `lag`: 0 for
 * the month of the date, 1 for the month before. A population row without snapshots stays, with nulls.
 */
export function snapshotHistory(dialect: Dialect, population: Sql): Sql {
  return sql`SELECT p.account_id, p.as_of, s.as_of AS seen_on, s.days_past_due, s.balance, s.arrears, s.minimum_due, s.status,
  ${dialect.monthsBetween(sql`s.as_of`, sql`p.as_of`)} AS lag
FROM ${population} p
LEFT JOIN ${current('snapshots')} s ON s.account_id = p.account_id AND s.as_of <= p.as_of
  AND s.as_of > ${dialect.addDays(sql`p.as_of`, -lookBackDays)}`;
}

/** The last non-null value of a column in the month `lag` months back. */
export const lastInMonth = (dialect: Dialect, column: Sql, lag: number): Sql =>
  sql`${dialect.argMax(column, sql`seen_on`)} FILTER (WHERE lag = ${raw(String(lag))})`;

/** A quotient as a double; null where the divisor is null or not above zero. */
export const ratio = (dialect: Dialect, part: Sql, whole: Sql): Sql =>
  sql`CASE WHEN ${whole} > 0 THEN ${dialect.float(part)} / ${dialect.float(whole)} END`;

/**
 * Median positive balance of the portfolio by date of the population and currency, on the last date with snapshots up to
 * it: the yardstick that makes amounts comparable.
 */
export function currencyScale(dialect: Dialect, population: Sql): Sql {
  const dates = sql`SELECT d.as_of, max(t.as_of) AS seen_on FROM (SELECT DISTINCT as_of FROM ${population}) d
  JOIN (SELECT DISTINCT as_of FROM ${current('snapshots')}) t ON t.as_of <= d.as_of GROUP BY d.as_of`;
  return sql`SELECT d.as_of, m.currency, m.median_balance
FROM (${dates}) d JOIN (SELECT s.as_of, a.currency, ${dialect.median(dialect.float(sql`s.balance`))} AS median_balance
  FROM ${current('snapshots')} s JOIN ${current('accounts')} a ON a.account_id = s.account_id
  WHERE s.balance > 0 AND s.as_of IN (SELECT seen_on FROM (${dates}) e)
  GROUP BY s.as_of, a.currency) m ON m.as_of = d.seen_on`;
}
