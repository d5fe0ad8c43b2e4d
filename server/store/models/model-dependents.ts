import { scoresIn } from '#core/segment/asked.ts';
import type { Condition } from '#core/segment/condition.ts';
import { sql } from '#core/sql/sql.ts';
import type { Session } from '../../engine/engine.ts';

/**
 * What rests on the scores of a model, by name: segments that choose by it, and experiments on them that are designed
 * or whose people's horizon has not passed.
 */
export async function dependentsOf(session: Session, model: string, today: string): Promise<string[]> {
  const segments = await session.rows<{ segment_id: string; name: string; condition: string }>(
    sql`SELECT segment_id, name, condition FROM segments ORDER BY name, segment_id`,
  );
  const reading = segments.filter((one) => scoresIn(JSON.parse(one.condition) as Condition).includes(model));
  const experiments = await session.rows<{ name: string; segment_id: string }>(sql`
    SELECT d.design ->> '$.name' AS name, d.design ->> '$.segmentId' AS segment_id
    FROM designs d LEFT JOIN assignments a USING (experiment_id)
    GROUP BY d.experiment_id, d.design
    HAVING max(a.assigned_at) IS NULL
      OR max(a.assigned_at) + CAST(coalesce(d.design ->> '$.metric.horizonDays', '30') AS INTEGER) * INTERVAL 1 DAY >= CAST(${today} AS TIMESTAMP)
    ORDER BY name, d.experiment_id`);
  const chosen = new Set(reading.map(({ segment_id }) => segment_id));
  const resting = experiments.filter(({ segment_id }) => chosen.has(segment_id));
  return [...reading, ...resting].map(({ name }) => name);
}
