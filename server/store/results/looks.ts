import type { RecordedLook } from '#core/experiment/results/gathered.ts';
import { sql } from '#core/sql/sql.ts';
import type { Session } from '../../engine/engine.ts';

/** What looks found when their day had come, in order. */
export async function readLooks(session: Session, experimentId: string): Promise<RecordedLook[]> {
  const rows = await session.rows<{
    number: number;
    on_day: string;
    information: number;
    verdict: RecordedLook['verdict'];
    arms: string;
    recorded_at: string;
  }>(sql`SELECT number, on_day, information, verdict, arms, recorded_at FROM experiment_looks
    WHERE experiment_id = ${experimentId} ORDER BY number`);
  return rows.map((row) => ({
    number: row.number,
    on: row.on_day,
    information: row.information,
    verdict: row.verdict,
    arms: JSON.parse(row.arms) as RecordedLook['arms'],
    recordedAt: row.recorded_at,
  }));
}

/** Writes down what a look found, once: what was decided then is not written over by later data. */
export async function recordLook(
  session: Session,
  experimentId: string,
  look: RecordedLook,
  dataVersion: string,
): Promise<void> {
  await session.run(sql`INSERT INTO experiment_looks (experiment_id, number, on_day, information, verdict, arms, data_version, recorded_at)
    SELECT ${experimentId}, ${look.number}, CAST(${look.on} AS DATE), ${look.information}, ${look.verdict}, ${JSON.stringify(look.arms)}, ${dataVersion},
      ${look.recordedAt.replace('Z', '')} WHERE NOT EXISTS (
        SELECT 1 FROM experiment_looks WHERE experiment_id = ${experimentId} AND number = ${look.number})`);
}
