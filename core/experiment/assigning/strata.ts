import { scoreColumn } from '../../segment/columns.ts';
import type { Dialect } from '../../sql/dialects/dialect.ts';
import { ident, raw, type Sql, sql } from '../../sql/sql.ts';

export const balanceBands = 3;
export const scoreBands = 5;

export interface People {
  /** Relation of account facts. */
  facts: Sql;
  /** Relation with account_id and customer_id: the accounts of the segment. */
  members: Sql;
  /** Relation with customer_id: those who are in. */
  eligible: Sql;
  /** Model whose score is used, or null. */
  score: string | null;
}

/**
 * One row per person, described by the account of the segment that is most days past due (of equal ones, the
 * first by account_id): customer_id, account_id, bucket, days_past_due, currency, balance, arrears,
 * customer_tenure_months, country, product_type, accounts (how many of the segment) and score (the lowest of
 * them: all must be cleared; NULL without a model).
 */
export function leadAccounts(dialect: Dialect, { facts, members, eligible, score }: People): Sql {
  const scoreOf = score === null ? dialect.cast(raw('NULL'), 'double') : sql`f.${ident(scoreColumn(score))}`;
  const order = dialect.rowNumber([raw('f.customer_id')], [raw('f.days_past_due DESC'), raw('f.account_id')]);
  return sql`SELECT * FROM (
      SELECT f.customer_id, f.account_id, f.bucket, f.days_past_due, f.currency, f.balance, f.arrears,
        f.customer_tenure_months, f.country, f.product_type,
        count(*) OVER (PARTITION BY f.customer_id) AS accounts,
        min(${scoreOf}) OVER (PARTITION BY f.customer_id) AS score,
        ${order} AS place
      FROM (${facts}) f
      JOIN (${members}) m ON m.account_id = f.account_id
      JOIN (${eligible}) e ON e.customer_id = f.customer_id
    ) l WHERE l.place = 1`;
}

/** Equal parts by rank, equal values together: 1 to `bands`, or '-' where the value is not known. */
function band(dialect: Dialect, value: Sql, within: Sql, bands: number): Sql {
  const above = sql`${raw(String(bands))} * (rank() OVER (${within}ORDER BY ${value} NULLS LAST) - 1)`;
  const known = sql`count(${value}) OVER (${within.text ? raw(within.text.trimEnd()) : raw('')})`;
  const number = dialect.cast(sql`1 + ${dialect.integerDivide(sql`(${above})`, known)}`, 'text');
  return sql`CASE WHEN ${value} IS NULL THEN '-' ELSE ${number} END`;
}

/**
 * People with the stratum they are assigned in: bucket / third of balance within the currency / fifth of score,
 * such as "1-29/b2/s4". Bands are cut by rank among the people themselves.
 */
export function stratify(dialect: Dialect, lead: Sql): Sql {
  const balance = band(dialect, raw('l.balance'), raw('PARTITION BY l.currency '), balanceBands);
  const score = band(dialect, raw('l.score'), raw(''), scoreBands);
  return sql`SELECT l.customer_id,
      ${dialect.concat(raw("coalesce(l.bucket, '-')"), raw("'/b'"), balance, raw("'/s'"), score)} AS stratum
    FROM (${lead}) l`;
}
