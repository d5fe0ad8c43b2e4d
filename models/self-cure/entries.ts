import type { Dialect } from '#core/sql/dialects/dialect.ts';
import { current } from '#core/sql/dialects/duckdb.ts';
import { join, type Sql, sql } from '#core/sql/sql.ts';
import type { SelfCureParameters } from './parameters.ts';

/** Snapshots further apart than this are coarser than weekly: the first late one is the date of the question. */
const coarseDays = 10;
/** A snapshot at 0 further back than this does not tell when the delay began. */
const longestGapDays = 45;

/**
 * For each row of `in_range` (account_id, as_of), how it stands in its spell: account_id, as_of, `started` (1: the entry
 * was seen; 0: the account was already there when it was first seen, or was not seen for a while) and `asked` (1: this
 * is the date of the question). The entry is the first snapshot at `minDaysPastDue` or more after one below it, dated
 * back by its own days past due; the question is asked on the first snapshot `entryDays` after it or later, and where
 * snapshots are coarser than weekly on the first one past due.
 */
export function entries(
  dialect: Dialect,
  { minDaysPastDue, entryDays }: SelfCureParameters,
  dates: readonly string[],
): Sql {
  const last = [...dates].sort().at(-1)!;
  const history = sql`SELECT s.account_id, s.as_of, s.days_past_due,
  lag(s.as_of) OVER (PARTITION BY s.account_id ORDER BY s.as_of) AS seen_before,
  max(CASE WHEN s.days_past_due < ${minDaysPastDue} THEN s.as_of END) OVER (PARTITION BY s.account_id ORDER BY s.as_of ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS clear_on
FROM ${current('snapshots')} s
WHERE s.as_of <= ${dialect.date(last)} AND s.account_id IN (SELECT account_id FROM in_range)`;
  const first = (value: Sql) =>
    sql`first_value(${value}) OVER (PARTITION BY h.account_id, h.clear_on ORDER BY h.as_of)`;
  const spells = sql`SELECT h.account_id, h.as_of, h.seen_before, h.clear_on,
  ${first(sql`h.as_of`)} AS seen_on, ${first(sql`h.days_past_due`)} AS seen_days
FROM (${history}) h WHERE h.days_past_due >= ${minDaysPastDue}`;
  const dated = dialect.cast(
    dialect.addDays(sql`x.seen_on`, sql`(${minDaysPastDue} - CAST(x.seen_days AS INTEGER))`),
    'date',
  );
  const due = dialect.addDays(sql`y.entered_on`, entryDays);
  const coarse = sql`${dialect.daysBetween(sql`y.seen_before`, sql`y.as_of`)} > ${coarseDays}`;
  return sql`SELECT y.account_id, y.as_of,
  CASE WHEN y.clear_on IS NULL OR ${dialect.daysBetween(sql`y.clear_on`, sql`y.seen_on`)} > ${longestGapDays} THEN 0 ELSE 1 END AS started,
  CASE WHEN ${coarse} THEN CASE WHEN y.seen_before = y.clear_on THEN 1 ELSE 0 END
    WHEN y.as_of >= ${due} AND (y.seen_before = y.clear_on OR y.seen_before < ${due}) THEN 1 ELSE 0 END AS asked
FROM (SELECT x.*, CASE WHEN ${dated} <= x.clear_on THEN ${dialect.cast(dialect.addDays(sql`x.clear_on`, 1), 'date')} ELSE ${dated} END AS entered_on
  FROM (${spells}) x WHERE x.as_of IN (${join(dates.map(dialect.date))})) y`;
}
