import { ident, sql } from '#core/sql/sql.ts';
import type { Engine, Session } from '../../engine/engine.ts';

/** The private tables of one load; all their names begin with this. */
export type Staging = string;

/** Staging named after a job. */
export const stagingOf = (jobId: string): Staging => `staging_${jobId.replaceAll('-', '')}_`;

export const rawName = (staging: Staging, file: number): string => `${staging}raw_${file}`;
export const rejectsName = (staging: Staging): string => `${staging}rejects`;
export const brokenName = (staging: Staging): string => `${staging}broken`;

/** Makes an empty staging, dropping what an earlier attempt of the same job left. */
export async function openStaging(engine: Engine, staging: Staging): Promise<void> {
  await dropStaging(engine, staging);
  await engine.run(
    sql`CREATE TABLE ${ident(rejectsName(staging))} (file VARCHAR, row_number BIGINT, line BIGINT, table_name VARCHAR, column_name VARCHAR, value VARCHAR, reason VARCHAR)`,
  );
  await engine.run(
    sql`CREATE TABLE ${ident(brokenName(staging))} (line BIGINT, value VARCHAR, reason VARCHAR)`,
  );
}

/** Drops every table of a staging; none left is no error. */
export async function dropStaging(session: Session, staging: Staging): Promise<void> {
  const left = await session.rows<{ table_name: string }>(
    sql`SELECT table_name FROM information_schema.tables WHERE starts_with(table_name, ${staging})`,
  );
  for (const { table_name } of left) await session.run(sql`DROP TABLE IF EXISTS ${ident(table_name)}`);
}
