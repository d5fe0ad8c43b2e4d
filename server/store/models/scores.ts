import type { z } from 'zod';
import type { scoreSummary } from '#core/contract/models/models.ts';
import { ident, type Sql, sql } from '#core/sql/sql.ts';
import type { AppendedRows, Session } from '../../engine/engine.ts';

type ScoreSummary = z.output<typeof scoreSummary>;

export interface ScoreRun {
  versionId: string;
  asOf: string;
  dataVersion: string;
  scoredAt: string;
  by: string;
}

const ofRun = ({ versionId, asOf }: Pick<ScoreRun, 'versionId' | 'asOf'>): Sql =>
  sql`version_id = ${versionId} AND as_of = CAST(${asOf} AS DATE)`;

/** Where scores made outside the engine wait for their place, in the transaction alone. */
const arrived = 'scores_arrived';

async function removeRun(session: Session, run: ScoreRun): Promise<void> {
  await session.run(sql`DELETE FROM scores WHERE ${ofRun(run)}`);
  await session.run(sql`DELETE FROM score_runs WHERE ${ofRun(run)}`);
}

async function recordRun(session: Session, run: ScoreRun): Promise<number> {
  const made = await session.first<{ n: number }>(
    sql`SELECT CAST(count(*) AS BIGINT) AS n FROM scores WHERE ${ofRun(run)}`,
  );
  const rows = made?.n ?? 0;
  await session.run(sql`INSERT INTO score_runs (version_id, as_of, rows_scored, data_version, scored_at, by_principal)
    VALUES (${run.versionId}, CAST(${run.asOf} AS DATE), ${rows}, ${run.dataVersion}, ${run.scoredAt.replace('Z', '')}, ${run.by})`);
  return rows;
}

/**
 * Writes the scores of a version on a date in place of those it had: `population` (account_id, as_of and the
 * features) is read once and `score` computed over it, where the rows are.
 *
 * @returns rows scored
 */
export async function replaceScores(
  session: Session,
  run: ScoreRun,
  population: Sql,
  score: Sql,
): Promise<number> {
  await removeRun(session, run);
  await session.run(sql`INSERT INTO scores (version_id, account_id, as_of, score)
    SELECT ${run.versionId}, account_id, as_of, ${score} FROM (${population}) ${ident('features')}`);
  return recordRun(session, run);
}

/**
 * Writes scores made outside the engine (account and score) in place of those the version had on the date, ordered by
 * account. They pass through a table that lives in the transaction alone: a stop leaves nothing of it.
 *
 * @returns rows written
 */
export async function replaceWithScores(
  session: Session,
  run: ScoreRun,
  made: Iterable<AppendedRows>,
): Promise<number> {
  await removeRun(session, run);
  await session.run(
    sql`CREATE TEMP TABLE ${ident(arrived)} (account_id VARCHAR NOT NULL, score DOUBLE NOT NULL)`,
  );
  await session.append(arrived, made);
  await session.run(sql`INSERT INTO scores (version_id, account_id, as_of, score)
    SELECT ${run.versionId}, account_id, CAST(${run.asOf} AS DATE), score FROM ${ident(arrived)} ORDER BY account_id`);
  await session.run(sql`DROP TABLE ${ident(arrived)}`);
  return recordRun(session, run);
}

/** The scoring of a version on a date: on what data, and how many rows; undefined when there is none. */
export async function readScoreRun(
  session: Session,
  run: Pick<ScoreRun, 'versionId' | 'asOf'>,
): Promise<{ dataVersion: string; rows: number } | undefined> {
  return session.first(
    sql`SELECT data_version AS "dataVersion", rows_scored AS "rows" FROM score_runs WHERE ${ofRun(run)}`,
  );
}

interface SummaryRow {
  version_id: string;
  model: string;
  as_of: string;
  rows_scored: number;
  mean: number | null;
  tenth: number;
  n: number;
  scored_at: string;
}

/** Each scoring with how its scores are spread, newest first. */
export async function readScoreRuns(session: Session): Promise<ScoreSummary[]> {
  const rows =
    await session.rows<SummaryRow>(sql`SELECT r.version_id, v.model, r.as_of, r.rows_scored, r.scored_at,
      t.mean, s.tenth, s.n
    FROM score_runs r JOIN model_versions v ON v.version_id = r.version_id
    JOIN (SELECT version_id, as_of, avg(score) AS mean FROM scores GROUP BY version_id, as_of) t
      ON t.version_id = r.version_id AND t.as_of = r.as_of
    JOIN (SELECT version_id, as_of, least(9, CAST(floor(score * 10) AS INTEGER)) AS tenth, CAST(count(*) AS BIGINT) AS n
      FROM scores GROUP BY version_id, as_of, tenth) s ON s.version_id = r.version_id AND s.as_of = r.as_of
    ORDER BY r.scored_at DESC, r.version_id, r.as_of, s.tenth`);
  const summaries = new Map<string, ScoreSummary>();
  for (const row of rows) {
    const key = `${row.version_id}\n${row.as_of}`;
    const summary = summaries.get(key) ?? {
      versionId: row.version_id,
      model: row.model,
      asOf: row.as_of,
      rows: row.rows_scored,
      mean: row.mean,
      histogram: Array.from({ length: 10 }, (_, tenth) => ({ from: tenth / 10, n: 0 })),
      scoredAt: row.scored_at,
    };
    summary.histogram[row.tenth]!.n = row.n;
    summaries.set(key, summary);
  }
  return [...summaries.values()];
}
