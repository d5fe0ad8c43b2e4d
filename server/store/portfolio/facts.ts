import { DomainError } from '#core/errors/domain-error.ts';
import type { ScoreSource } from '#core/segment/facts.ts';
import { sql } from '#core/sql/sql.ts';
import type { Session } from '../../engine/engine.ts';

/** Date of the newest balances. @throws no_snapshots */
export async function lastSnapshot(session: Session): Promise<string> {
  const row = await session.first<{ as_of: string | null }>(
    sql`SELECT max(as_of) AS as_of FROM current_snapshots`,
  );
  if (!row?.as_of) throw new DomainError('no_snapshots');
  return row.as_of;
}

/** Dates of all balances, ascending. */
export async function snapshotDates(session: Session): Promise<string[]> {
  const rows = await session.rows<{ as_of: string }>(
    sql`SELECT DISTINCT as_of FROM current_snapshots ORDER BY as_of`,
  );
  return rows.map((row) => row.as_of);
}

/** For each model scored on a date, the version to read: the champion's where it was run, else the newest run not retired. */
export async function scoreSources(session: Session, asOf: string): Promise<ScoreSource[]> {
  const rows = await session.rows<{ model: string; version_id: string }>(sql`
    SELECT model, version_id FROM (
      SELECT v.model, r.version_id, row_number() OVER (
        PARTITION BY v.model
        ORDER BY CASE WHEN m.champion = r.version_id THEN 0 ELSE 1 END, r.scored_at DESC, r.version_id
      ) AS place
      FROM score_runs r
      JOIN model_versions v ON v.version_id = r.version_id
      LEFT JOIN models m ON m.model = v.model
      WHERE r.as_of = CAST(${asOf} AS DATE) AND v.state <> 'retired'
    ) x WHERE place = 1 ORDER BY model`);
  return rows.map(({ model, version_id }) => ({ model, versionId: version_id, asOf }));
}

/** Whether a version was run on a date. */
export async function wasScored(session: Session, versionId: string, asOf: string): Promise<boolean> {
  const row = await session.first(
    sql`SELECT 1 AS found FROM score_runs WHERE version_id = ${versionId} AND as_of = CAST(${asOf} AS DATE) LIMIT 1`,
  );
  return row !== undefined;
}

/** Every run of a model and its date: what reads past scores depends on them. */
export async function scoreDates(session: Session): Promise<string[]> {
  const rows = await session.rows<{ run: string }>(
    sql`SELECT version_id || ' ' || CAST(as_of AS VARCHAR) AS run FROM score_runs ORDER BY run`,
  );
  return rows.map((row) => row.run);
}
