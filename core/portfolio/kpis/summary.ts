import type { Dialect } from '../../sql/dialects/dialect.ts';
import { join, literal, raw, type Sql, sql } from '../../sql/sql.ts';
import { tableNames } from '../tables.ts';
import { type MonthlySnapshots, monthlySnapshots } from './parts/months.ts';
import { stateOf } from './parts/state.ts';

/** Rows of every canonical table: table_name, row_count. */
export const tableRows = (dialect: Dialect): Sql =>
  join(
    tableNames.map(
      (name) =>
        sql`SELECT ${literal(name)} AS table_name, ${dialect.countIf(raw('true'))} AS row_count FROM ${raw(`current_${name}`)}`,
    ),
    ' UNION ALL ',
  );

/**
 * The book on its last snapshots: currency, accounts, balance, arrears and the share of balance 90 or more days
 * past due. Charged-off and closed accounts are counted, their money is not; a negative balance (the bank owes)
 * counts in the balance and not in the share.
 */
export function book(months: MonthlySnapshots): Sql {
  const { dialect } = months;
  const state = stateOf(raw('s'), raw('a'));
  const lastMonth = sql`(SELECT ${dialect.monthStart(raw('max(as_of)'))} FROM current_snapshots)`;
  const open = raw("state NOT IN ('charged_off', 'closed')");
  const late = dialect.float(
    dialect.sumIf(
      raw('balance'),
      raw("balance > 0 AND days_past_due >= 90 AND state NOT IN ('charged_off', 'closed')"),
    ),
  );
  const owed = dialect.float(
    dialect.sumIf(raw('balance'), raw("balance > 0 AND state NOT IN ('charged_off', 'closed')")),
  );
  return sql`SELECT currency, ${dialect.countIf(raw('true'))} AS accounts,
  ${dialect.cast(dialect.sumIf(raw('balance'), open), 'text')} AS balance,
  ${dialect.cast(dialect.sumIf(raw('arrears'), open), 'text')} AS arrears,
  coalesce(${late}, 0) / nullif(${owed}, 0) AS over90
FROM (
  SELECT a.currency, s.days_past_due, s.balance, s.arrears, ${state} AS state
  FROM current_accounts AS a
  LEFT JOIN (
    ${monthlySnapshots(months, { since: lastMonth })}
  ) AS s ON s.account_id = a.account_id
) AS b
GROUP BY currency
ORDER BY currency`;
}
