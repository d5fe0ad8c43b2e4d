import type { Dialect } from '../../sql/dialects/dialect.ts';
import { ident, raw, type Sql, sql } from '../../sql/sql.ts';
import type { PastSpan } from './spans.ts';

/** Sums over people of their accounts: how many, and of how many nothing was past due at some later snapshot. */
export interface AccountSums {
  people: number;
  accounts: number;
  accounts_squared: number;
  cleared: number;
  /** Sum over people of cleared² ÷ accounts. */
  between: number;
}

/** `AccountSums` of past people (`pastPeople`) over a span. */
export const accountSums = (dialect: Dialect, people: Sql, span: PastSpan): Sql =>
  sql`WITH ends AS (
      SELECT p.customer_id, b.account_id, max(CASE WHEN s.days_past_due = 0 THEN 1 ELSE 0 END) AS y
      FROM (${people}) p
      JOIN ${ident('current_accounts')} a ON a.customer_id = p.customer_id
      JOIN ${ident('current_snapshots')} b ON b.account_id = a.account_id AND b.as_of = ${dialect.date(span.from)} AND b.days_past_due > 0
      JOIN ${ident('current_snapshots')} s ON s.account_id = a.account_id AND s.as_of > ${dialect.date(span.from)} AND s.as_of <= ${dialect.date(span.until)}
      GROUP BY p.customer_id, b.account_id
    ), persons AS (SELECT customer_id, count(*) AS m, sum(y) AS e FROM ends GROUP BY customer_id)
    SELECT ${dialect.countIf(raw('true'))} AS people, ${dialect.cast(raw('coalesce(sum(m), 0)'), 'bigint')} AS accounts,
      ${dialect.cast(raw('coalesce(sum(m * m), 0)'), 'bigint')} AS accounts_squared,
      ${dialect.cast(raw('coalesce(sum(e), 0)'), 'bigint')} AS cleared,
      coalesce(sum(${dialect.float(raw('e * e'))} / m), 0) AS between FROM persons`;

export interface Clustering {
  perPerson: number;
  /** Intraclass correlation of what becomes of two accounts of one person, by the analysis of variance. */
  correlation: number;
  /** Variance of counting accounts over that of as many independent ones: 1 + (Σm²/Σm − 1) × correlation. */
  designEffect: number;
}

/**
 * How alike the accounts of one person end (ANOVA estimator; Donner and Klar 2000), not below 0; null where nobody
 * has two or all end alike.
 */
export function clustering(sums: AccountSums): Clustering | null {
  const { people: k, accounts: n, accounts_squared: squares, cleared: y, between } = sums;
  if (k < 2 || n <= k) return null;
  const grand = (y * y) / n;
  const within = (y - between) / (n - k);
  const among = (between - grand) / (k - 1);
  const size = (n - squares / n) / (k - 1);
  const all = among + (size - 1) * within;
  if (!(all > 0)) return null;
  const correlation = Math.max(0, (among - within) / all);
  return { perPerson: n / k, correlation, designEffect: 1 + (squares / n - 1) * correlation };
}
