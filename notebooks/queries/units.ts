import cured from '#core/experiment/metrics/cured.ts';
import { baselineSql } from '#core/experiment/units/baseline.ts';
import { duckdb } from '#core/sql/dialects/duckdb.ts';
import { raw, type Sql, sql } from '#core/sql/sql.ts';

/** Tables of the workspace that outcomes are made of, which `current_<name>` stands for on the notebook's DuckDB. */
export const unitTables = ['accounts', 'customers', 'snapshots', 'payments', 'instalments'] as const;

/**
 * People of an experiment whose window has closed by a day, one row each: arm, y (cleared arrears, 0 or 1), and what was
 * known on the day they entered, 0 where it was not.
 */
export function unitRows({
  experimentId,
  asOf,
  by,
  horizonDays,
  score,
}: {
  experimentId: string;
  asOf: string;
  /** The day by which windows had closed. */
  by: string;
  horizonDays: number;
  score: { versionId: string; asOf: string } | null;
}): Sql {
  const assigned = sql`SELECT customer_id, arm, stratum, CAST(entered_on AS DATE) AS entered_on FROM assignments
    WHERE experiment_id = ${experimentId} AND CAST(entered_on AS DATE) <= CAST(${asOf} AS DATE)`;
  const scores =
    score &&
    sql`SELECT account_id, score FROM scores WHERE version_id = ${score.versionId} AND CAST(as_of AS DATE) = CAST(${score.asOf} AS DATE)`;
  const people = sql`SELECT customer_id, entered_on FROM people`;
  return sql`WITH people AS (${baselineSql(duckdb, { assigned, scores })})
    SELECT p.arm, coalesce(o.y, 0) AS y, p.days_past_due, p.relative_arrears, p.paid_before, p.score
    FROM people p
    LEFT JOIN (${cured.outcomes(duckdb, { people, horizonDays, asOf, followedDays: horizonDays })}) o ON o.customer_id = p.customer_id
    WHERE p.present AND p.entered_on + ${raw(`INTERVAL ${horizonDays} DAY`)} <= CAST(${by} AS DATE)
    ORDER BY p.customer_id`;
}
