import { list, type Sql, sql } from '#core/sql/sql.ts';

export interface StageCounts {
  arm: string;
  assigned: number;
  cleared: number;
  exported: number;
}

/**
 * People of each arm at each stage, from assignments, exclusions and export_rows. Cleared: at least one of the batches
 * did not keep them back.
 */
export const stageCounts = (experimentId: string, batches: readonly string[]): Sql => sql`
SELECT a.arm, count(*) AS assigned, count(*) FILTER (WHERE coalesce(x.times, 0) < ${batches.length}) AS cleared,
  count(*) FILTER (WHERE e.assignment_id IS NOT NULL) AS exported
FROM assignments a
LEFT JOIN (SELECT assignment_id, count(DISTINCT batch_id) AS times FROM exclusions
  WHERE decides AND batch_id IN ${list(batches)} GROUP BY assignment_id) x USING (assignment_id)
LEFT JOIN (SELECT DISTINCT assignment_id FROM export_rows WHERE state = 'written') e USING (assignment_id)
WHERE a.experiment_id = ${experimentId} GROUP BY a.arm`;
