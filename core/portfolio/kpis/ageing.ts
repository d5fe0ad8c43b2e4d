import { all, literal, raw, type Sql, sql } from '../../sql/sql.ts';
import { type MonthlySnapshots, monthlySnapshots } from './months.ts';
import { stateOf } from './state.ts';

export interface AgeingFilter {
  currency?: string | undefined;
  /** ISO 3166 country of the holder. */
  country?: string | undefined;
  product?: string | undefined;
}

/** Conditions on an account `a` and its holder `c`; the join to customers is there only when needed. */
export function accountFilter(filter: AgeingFilter): { where: Sql; holder: Sql } {
  return {
    where: all([
      ...(filter.currency === undefined ? [] : [sql`a.currency = ${literal(filter.currency)}`]),
      ...(filter.product === undefined ? [] : [sql`a.product_type = ${literal(filter.product)}`]),
      ...(filter.country === undefined
        ? []
        : [sql`substr(c.jurisdiction, 1, 2) = ${literal(filter.country)}`]),
    ]),
    holder:
      filter.country === undefined
        ? raw('')
        : sql` JOIN current_customers AS c ON c.customer_id = a.customer_id`,
  };
}

/**
 * Ageing over time: as_of (the last snapshot date of each month), currency, bucket, accounts and balance. Money of
 * different currencies stays apart; balance is NULL where no snapshot holds one.
 */
export function ageing(months: MonthlySnapshots, filter: AgeingFilter): Sql {
  const { dialect } = months;
  const { where, holder } = accountFilter(filter);
  const state = stateOf(raw('s'), raw('a'));
  return sql`SELECT CAST(max(as_of) OVER (PARTITION BY month) AS VARCHAR) AS as_of, currency, bucket, accounts, balance
FROM (
  SELECT s.month, max(s.as_of) AS as_of, a.currency, ${state} AS bucket,
    ${dialect.countIf(raw('true'))} AS accounts, ${dialect.float(raw('sum(s.balance)'))} AS balance
  FROM (${monthlySnapshots(months)}) AS s
  JOIN current_accounts AS a ON a.account_id = s.account_id${holder}
  WHERE ${where}
  GROUP BY s.month, a.currency, ${state}
) AS g
ORDER BY month, currency, bucket`;
}
