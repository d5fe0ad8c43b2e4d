import type { Trial } from '#core/experiment/results/learned.ts';
import { sql } from '#core/sql/sql.ts';
import type { Session } from '../../engine/engine.ts';

/** Results of experiments run elsewhere that somebody wrote into the library. */
export async function readOutside(session: Session): Promise<Trial[]> {
  const rows = await session.rows<{ result: string }>(
    sql`SELECT result FROM outside_results ORDER BY recorded_at, result_id`,
  );
  return rows.map(({ result }) => JSON.parse(result) as Trial);
}

export async function insertOutside(session: Session, trial: Trial, at: string, by: string): Promise<void> {
  await session.run(sql`INSERT INTO outside_results (result_id, name, result, recorded_at, by_principal)
    VALUES (${trial.experimentId}, ${trial.name}, ${JSON.stringify(trial)}, ${at}, ${by})`);
}
