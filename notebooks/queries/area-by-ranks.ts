import { ident, type Sql, sql } from '#core/sql/sql.ts';

/**
 * The area under the ROC curve of `target` and `p`, each row counting its `weight`: of all pairs of one with and one
 * without the outcome, the share in which the first stands higher; equal values count half. What Mann and Whitney
 * counted by ranks. Null where a class is absent.
 */
export const areaByRanks = (table: string): Sql => sql`
WITH levels AS (SELECT p, sum(weight * target) AS ones, sum(weight * (1 - target)) AS zeros FROM ${ident(table)} GROUP BY p),
below AS (SELECT ones, zeros, coalesce(sum(zeros) OVER (ORDER BY p ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS lower FROM levels)
SELECT sum(ones * (lower + zeros / 2)) / nullif(sum(ones) * sum(zeros), 0) AS area FROM below`;
