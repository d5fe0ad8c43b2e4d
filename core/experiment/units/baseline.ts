import { bucketOf } from '../../portfolio/buckets.ts';
import type { Dialect } from '../../sql/dialects/dialect.ts';
import { raw, type Sql, sql } from '../../sql/sql.ts';

/** Numbers known on the day a person entered, by which effects are adjusted. */
export const covariates = ['days_past_due', 'relative_arrears', 'paid_before', 'score'] as const;
/** Facts of that day by which effects may be read apart. */
export const segmentColumns = ['country', 'product_type', 'bucket', 'currency'] as const;
export type SegmentColumn = (typeof segmentColumns)[number];

export interface BaselineInput {
  /** Relation with customer_id, arm, stratum and entered_on: one row a person. */
  assigned: Sql;
  /** Relation with account_id and score, of a date on or before the first day of entering; null: no scores. */
  scores: Sql | null;
}

const paidBeforeDays = 60;

/**
 * One row per assigned person as they were on the day they entered, by the last snapshot of each account on or before
 * it: customer_id, arm, stratum, entered_on; the facts of `segmentColumns`, of the account most days past due (of equal
 * ones, the first by account_id), or of their first account where there is no snapshot yet; and the covariates.
 *
 * days_past_due: of that account. relative_arrears: ln(1 + arrears of all accounts ÷ mean of the people of that currency).
 * paid_before: 1 with any payment, not reversed, in the 60 days before entering. score: the lowest of the accounts.
 * What is not known is NULL.
 */
export function baselineSql(dialect: Dialect, { assigned, scores }: BaselineInput): Sql {
  const scored = scores ?? sql`SELECT '' AS account_id, ${dialect.cast(raw('NULL'), 'double')} AS score`;
  const place = dialect.rowNumber(
    [raw('h.customer_id')],
    [raw('s.days_past_due DESC NULLS LAST'), raw('h.account_id')],
  );
  const before = dialect.addDays(raw('p.entered_on'), -paidBeforeDays);
  const mean = sql`avg(arrears) OVER (PARTITION BY currency)`;
  const relative = dialect.ln(sql`1 + CASE WHEN arrears > 0 THEN arrears / nullif(${mean}, 0) ELSE 0 END`);
  return sql`WITH people AS (${assigned}), held AS (
      SELECT p.customer_id, p.entered_on, a.account_id, a.currency, a.product_type, max(s.as_of) AS as_of
      FROM people p
      JOIN current_accounts a ON a.customer_id = p.customer_id
      LEFT JOIN current_snapshots s ON s.account_id = a.account_id AND s.as_of <= p.entered_on
      GROUP BY p.customer_id, p.entered_on, a.account_id, a.currency, a.product_type
    ), states AS (
      SELECT h.customer_id, h.currency, h.product_type, s.days_past_due, x.score,
        sum(${dialect.float(raw('s.arrears'))}) OVER (PARTITION BY h.customer_id, h.currency) AS arrears,
        min(x.score) OVER (PARTITION BY h.customer_id) AS least_score, ${place} AS place
      FROM held h
      LEFT JOIN current_snapshots s ON s.account_id = h.account_id AND s.as_of = h.as_of
      LEFT JOIN (${scored}) x ON x.account_id = h.account_id
    ), leads AS (
      SELECT customer_id, currency, product_type, days_past_due, least_score AS score, ${relative} AS relative_arrears
      FROM states WHERE place = 1
    ), payers AS (
      SELECT p.customer_id FROM people p
      JOIN current_accounts a ON a.customer_id = p.customer_id
      JOIN current_payments m ON m.account_id = a.account_id
      WHERE NOT coalesce(m.reversed, false) AND m.paid_at < p.entered_on AND m.paid_at >= ${before}
        AND coalesce(m.known_at, m.paid_at) < p.entered_on
      GROUP BY p.customer_id
    )
    SELECT p.customer_id, p.arm, p.stratum, p.entered_on,
      substr(c.jurisdiction, 1, 2) AS country, l.product_type, ${bucketOf(raw('l.days_past_due'))} AS bucket, l.currency,
      ${dialect.float(raw('l.days_past_due'))} AS days_past_due, ${dialect.float(raw('l.relative_arrears'))} AS relative_arrears,
      CASE WHEN y.customer_id IS NULL THEN ${dialect.float(raw('0'))} ELSE ${dialect.float(raw('1'))} END AS paid_before,
      ${dialect.float(raw('l.score'))} AS score, c.customer_id IS NOT NULL AND l.customer_id IS NOT NULL AS present
    FROM people p
    LEFT JOIN leads l ON l.customer_id = p.customer_id
    LEFT JOIN current_customers c ON c.customer_id = p.customer_id
    LEFT JOIN payers y ON y.customer_id = p.customer_id`;
}
