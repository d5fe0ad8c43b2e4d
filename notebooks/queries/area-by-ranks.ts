import { ident, type Sql, sql } from '#core/sql/sql.ts';

/**
 * Area under the ROC curve of a table with target (0 or 1) and p, by the ranks of those with target 1 (Mann–Whitney):
 * one row with `area`. Equal p share the mean of their ranks.
 */
export const areaByRanks = (table: string): Sql => sql`
SELECT (sum(place) FILTER (WHERE target = 1) - sum(target) * (sum(target) + 1) / 2)
  / (sum(target) * (count(*) - sum(target))) AS area
FROM (
  SELECT target, rank() OVER (ORDER BY p) + (count(*) OVER (PARTITION BY p) - 1) / 2 AS place FROM ${ident(table)}
)`;
