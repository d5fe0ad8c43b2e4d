import type { DueScore } from '#core/contract/models/models.ts';
import { sql } from '#core/sql/sql.ts';
import type { Session } from '../../engine/engine.ts';
import { dataVersion } from '../data-version.ts';

interface ChampionRow {
  model: string;
  version_id: string;
  learner: string;
  data_version: string | null;
  scored_at: string | null;
}

/** Every champion with how its scores of a date stand: made with the data of today, or to be made. */
export async function readDue(session: Session, asOf: string): Promise<DueScore[]> {
  const today = await dataVersion(session);
  const rows = await session.rows<ChampionRow>(sql`WITH runs AS (
      SELECT version_id, as_of, data_version, scored_at FROM score_runs
      UNION ALL SELECT version_id, as_of, data_version, scored_at FROM channel_runs)
    SELECT m.model, v.version_id, v.learner, r.data_version, r.scored_at
    FROM models m JOIN model_versions v ON v.version_id = m.champion
    LEFT JOIN runs r ON r.version_id = v.version_id AND r.as_of = CAST(${asOf} AS DATE)
    ORDER BY m.model`);
  return rows.map((row) => ({
    model: row.model,
    versionId: row.version_id,
    learner: row.learner,
    state: row.data_version === today ? 'current' : row.learner === 'external' ? 'pushed_elsewhere' : 'due',
    scoredAt: row.scored_at,
  }));
}
