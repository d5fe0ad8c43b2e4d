import type { Experiment } from '#core/contract/experiments/experiments.ts';
import { type Sql, sql } from '#core/sql/sql.ts';

/**
 * How far each arm stands from the control, from the tables snapshots, accounts, customers, segment_members and
 * assignments: covariate, arm, n, controlN, standardisedDifference. A person is described by the account of the
 * segment that is most days past due, the first by account_id of equal ones; amounts go by currency, categories as
 * 1 or 0. The difference is over the root of the mean of both variances; null where nobody differs.
 */
export const armDifferences = ({ id, asOf, design }: Experiment): Sql => sql`
WITH described AS (
  SELECT s.days_past_due, s.balance, s.arrears, a.currency, a.product_type, a.customer_id,
    substr(c.jurisdiction, 1, 2) AS country, date_diff('month', c.customer_since, s.as_of) AS months, count(*) OVER (PARTITION BY a.customer_id) AS accounts
  FROM snapshots s JOIN accounts a ON a.account_id = s.account_id
  JOIN segment_members m ON m.account_id = s.account_id AND m.segment_id = ${design.segmentId}
  LEFT JOIN customers c ON c.customer_id = a.customer_id
  WHERE s.as_of = CAST(${asOf} AS DATE)
  QUALIFY row_number() OVER (PARTITION BY a.customer_id ORDER BY s.days_past_due DESC, s.account_id) = 1
), people AS (
  SELECT d.*, x.arm FROM described d
  JOIN assignments x ON x.customer_id = d.customer_id AND x.experiment_id = ${id}
), kinds AS (
  SELECT DISTINCT unnest([{kind: 'country', category: country}, {kind: 'product_type', category: product_type}]) AS k FROM people
), measured AS (
  SELECT arm, 'days_past_due' AS covariate, CAST(days_past_due AS DOUBLE) AS v FROM people
  UNION ALL SELECT arm, 'accounts', accounts FROM people
  UNION ALL SELECT arm, 'customer_tenure_months', months FROM people
  UNION ALL SELECT arm, 'balance:' || currency, CAST(balance AS DOUBLE) FROM people
  UNION ALL SELECT arm, 'arrears:' || currency, CAST(arrears AS DOUBLE) FROM people
  UNION ALL SELECT arm, k.kind || ':' || k.category,
    CASE WHEN CASE k.kind WHEN 'country' THEN country ELSE product_type END = k.category THEN 1 ELSE 0 END
    FROM people, kinds WHERE k.category IS NOT NULL
), moments AS (
  SELECT covariate, arm, count(v) AS n, avg(v) AS mean, coalesce(var_samp(v), 0) AS spread FROM measured
  WHERE v IS NOT NULL GROUP BY covariate, arm
)
SELECT a.covariate, a.arm, a.n, c.n AS "controlN",
  (a.mean - c.mean) / nullif(sqrt((a.spread + c.spread) / 2), 0) AS "standardisedDifference"
FROM moments a JOIN moments c ON c.covariate = a.covariate AND c.arm = ${design.control}
WHERE a.arm <> ${design.control} ORDER BY a.covariate, a.arm`;
