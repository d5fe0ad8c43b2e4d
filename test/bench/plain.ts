import { join, literal, raw, type Sql, sql } from '#core/sql/sql.ts';

/** What a person would write straight in DuckDB for the work the line does, on the same tables. */

export const readParquet = (table: string, paths: readonly string[]): Sql =>
  sql`CREATE TABLE ${raw(table)} AS SELECT * FROM read_parquet([${join(paths.map(literal))}])`;

/** Eligible people of a segment, stratified, in md5 order inside the stratum, dealt to three arms. */
export const assign = (segmentId: string, salt: string, today: string): Sql => sql`
CREATE TABLE plain_assignments AS
WITH facts AS (
  SELECT m.customer_id, m.account_id, s.days_past_due, s.balance, a.currency, p.score
  FROM segment_members m
  JOIN current_snapshots s ON s.account_id = m.account_id AND s.as_of = m.as_of
  JOIN current_accounts a ON a.account_id = m.account_id
  LEFT JOIN scores p ON p.account_id = m.account_id AND p.as_of = m.as_of
  WHERE m.segment_id = ${literal(segmentId)}
), people AS (
  SELECT customer_id, max(days_past_due) AS dpd, max(balance) AS balance, min(currency) AS currency, min(score) AS score
  FROM facts GROUP BY customer_id
), eligible AS (
  SELECT people.* FROM people
  SEMI JOIN current_contact_permissions c ON c.customer_id = people.customer_id AND c.channel = 'sms' AND c.revoked_at IS NULL
  SEMI JOIN current_contact_points t ON t.customer_id = people.customer_id AND t.channel = 'sms' AND t.valid
  ANTI JOIN current_flags f ON f.customer_id = people.customer_id AND f.started_on <= DATE ${literal(today)}
    AND (f.ended_on IS NULL OR f.ended_on > DATE ${literal(today)})
), strata AS (
  SELECT customer_id, concat_ws('/', CASE WHEN dpd < 30 THEN '1-29' ELSE '30+' END,
    ntile(3) OVER (PARTITION BY currency ORDER BY balance), ntile(5) OVER (ORDER BY score)) AS stratum
  FROM eligible
)
SELECT customer_id, stratum, ['neutral', 'loss_aversion', 'social_proof'][1 + (row_number() OVER (
  PARTITION BY stratum ORDER BY md5(${literal(salt)} || ':' || customer_id), customer_id) - 1) % 3] AS arm
FROM strata`;

export const copy = (query: Sql, path: string, options: string): Sql =>
  sql`COPY (${query}) TO ${literal(path)} (${raw(options)})`;
