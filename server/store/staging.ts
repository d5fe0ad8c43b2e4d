import type { Table } from '#core/portfolio/column.ts';
import { type MappedTable, rowsAFile } from '#core/portfolio/map.ts';
import { ident, join, literal, raw, type Sql, sql } from '#core/sql/sql.ts';
import type { Engine, Session } from '../engine/engine.ts';

/** The private tables of one load; all their names begin with this. */
export type Staging = string;

/** Staging named after a job. */
export const stagingOf = (jobId: string): Staging => `staging_${jobId.replaceAll('-', '')}_`;

export const stagedName = (staging: Staging, table: string): string => `${staging}t_${table}`;
export const rawName = (staging: Staging, file: number): string => `${staging}raw_${file}`;
const rejectsName = (staging: Staging): string => `${staging}rejects`;
export const brokenName = (staging: Staging): string => `${staging}broken`;

/** A part of a load: the rows of one file that go to one canonical table. */
export interface Part {
  table: Table;
  file: string;
  mapped: MappedTable;
  repeats: 'reject' | 'first';
}

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

/**
 * Takes the rows whose form is broken from a source into the rejects of a file.
 *
 * @returns how many there were
 */
export async function rejectBroken(session: Session, staging: Staging, file: string): Promise<number> {
  const broken = ident(brokenName(staging));
  const moved = await session.run(
    sql`INSERT INTO ${ident(rejectsName(staging))} SELECT ${literal(file)}, greatest(line - 1, 1), line, '', NULL, value, reason FROM ${broken} ORDER BY line`,
  );
  await session.run(sql`DELETE FROM ${broken}`);
  return moved;
}

/** Fills the staging table of a part, its rejected rows apart. */
export async function stagePart(session: Session, staging: Staging, part: Part): Promise<void> {
  const name = ident(stagedName(staging, part.table.name));
  const rows = sql`SELECT *, ${literal(part.file)} AS file_name FROM (${part.mapped.rows}) AS m`;
  await session.run(sql`CREATE TABLE IF NOT EXISTS ${name} AS SELECT * FROM (${rows}) AS r LIMIT 0`);
  await session.run(sql`INSERT INTO ${name} ${rows}`);
  const bad = await session.first<{ n: number }>(sql`SELECT count(*) AS n FROM ${name} WHERE NOT is_good`);
  if (!bad?.n) return;
  await session.run(
    sql`INSERT INTO ${ident(rejectsName(staging))} SELECT ${literal(part.file)}, file_row, NULL, ${literal(part.table.name)}, column_name, value, reason FROM (${part.mapped.rejects}) AS r ORDER BY file_row, column_name`,
  );
  await session.run(sql`DELETE FROM ${name} WHERE NOT is_good`);
}

const passedName = (staging: Staging, table: Table, file: number): Sql =>
  ident(`${staging}p_${table.name}_${file}`);

/**
 * Reads a file's rows once into typed staging of their own, in their order.
 *
 * @returns how many there are; null when one of them breaks a rule
 */
export async function stagePassed(
  session: Session,
  staging: Staging,
  table: Table,
  file: number,
  mapped: MappedTable,
): Promise<number | null> {
  const name = passedName(staging, table, file);
  const columns = join(Object.keys(table.columns).map((column) => ident(column)));
  await session.run(
    sql`CREATE OR REPLACE TABLE ${name} AS SELECT ${columns}, is_good FROM (${mapped.rows}) AS m`,
  );
  const found = await session.first<{ n: number; bad: number }>(
    sql`SELECT count(*) AS n, count(CASE WHEN NOT is_good THEN 1 END) AS bad FROM ${name}`,
  );
  return found && found.bad === 0 ? found.n : null;
}

/** The rows of files staged by `stagePassed`, with `source_row`. */
export const passedRows = (staging: Staging, table: Table, files: readonly number[]): Sql =>
  sql`(${join(
    files.map((file) => {
      const columns = join(Object.keys(table.columns).map((column) => ident(column)));
      const first = raw(String(file * rowsAFile + 1));
      return sql`SELECT ${columns}, rowid + ${first} AS source_row FROM ${passedName(staging, table, file)}`;
    }),
    ' UNION ALL ',
  )}) AS ready`;

const keyOf = (table: Table): Sql => join(table.key.map((column) => ident(column)));

/** Number of keys that occur more than once in a relation of a table's rows. */
export async function repeatedKeys(session: Session, table: Table, relation: Sql): Promise<number> {
  const found = await session.first<{ n: number }>(
    sql`SELECT count(*) AS n FROM (SELECT ${keyOf(table)} FROM ${relation} GROUP BY ${keyOf(table)} HAVING count(*) > 1) AS k`,
  );
  return found?.n ?? 0;
}

/** Keeps the first row of each key in the order of the files; the others become rejects, or simply go. */
export async function settleRepeats(
  session: Session,
  staging: Staging,
  table: Table,
  repeats: 'reject' | 'first',
): Promise<void> {
  const name = ident(stagedName(staging, table.name));
  if ((await repeatedKeys(session, table, name)) === 0) return;
  const later = sql`SELECT * FROM ${name} QUALIFY row_number() OVER (PARTITION BY ${keyOf(table)} ORDER BY source_row) > 1`;
  const shown = join(
    table.key.map((column) => sql`CAST(${ident(column)} AS VARCHAR)`),
    " || ' · ' || ",
  );
  if (repeats === 'reject')
    await session.run(
      sql`INSERT INTO ${ident(rejectsName(staging))} SELECT file_name, file_row, NULL, ${literal(table.name)}, ${literal(table.key.join(', '))}, ${shown}, 'reject_duplicate_key' FROM (${later}) AS l ORDER BY source_row`,
    );
  await session.run(sql`DELETE FROM ${name} WHERE source_row IN (SELECT source_row FROM (${later}) AS l)`);
}

/** Positions of the rejected rows of a file, at most `limit`; whether there are rejects at all. */
export async function rejectedPositions(session: Session, staging: Staging, file: string, limit: number) {
  const found = await session.rows<{ row_number: number; broken: boolean }>(
    sql`SELECT DISTINCT row_number, table_name = '' AS broken FROM ${ident(rejectsName(staging))} WHERE file = ${file} ORDER BY broken, row_number LIMIT ${limit}`,
  );
  const positions = found.filter((row) => !row.broken).map((row) => row.row_number);
  return { any: found.length > 0, positions: new Set(positions) };
}

interface Place {
  row: number;
  line: number;
}

const placeList = (places: readonly (readonly [number, Place])[]): Sql =>
  join(places.map(([key, { row, line }]) => raw(`(${key}, ${row}, ${line})`)));

/** Writes where rejected rows stand in their file: by their positions, and the broken ones by their lines. */
export async function placeRejects(
  session: Session,
  staging: Staging,
  file: string,
  places: { readable: ReadonlyMap<number, Place>; broken: readonly Place[] },
): Promise<void> {
  const rejects = ident(rejectsName(staging));
  if (places.broken.length)
    await session.run(
      sql`UPDATE ${rejects} SET row_number = p.place_row FROM (VALUES ${placeList(places.broken.map((place) => [place.line, place]))}) AS p(key, place_row, place_line) WHERE file = ${file} AND table_name = '' AND line = p.key`,
    );
  if (places.readable.size)
    await session.run(
      sql`UPDATE ${rejects} SET row_number = p.place_row, line = p.place_line FROM (VALUES ${placeList([...places.readable])}) AS p(key, place_row, place_line) WHERE file = ${file} AND line IS NULL AND row_number = p.key`,
    );
}

export interface FileRejects {
  file: string;
  /** Rows of the file with at least one broken rule. */
  rows: number;
}

export const countRejects = (session: Session, staging: Staging): Promise<FileRejects[]> =>
  session.rows<FileRejects>(
    sql`SELECT file, CAST(count(DISTINCT CASE WHEN table_name = '' THEN -line ELSE row_number END) AS BIGINT) AS rows FROM ${ident(rejectsName(staging))} GROUP BY file ORDER BY file`,
  );

export interface RejectRow {
  file: string;
  row_number: number;
  line: number | null;
  table_name: string;
  column_name: string | null;
  value: string | null;
  reason: string;
}

export const firstRejects = (session: Session, staging: Staging, limit: number): Promise<RejectRow[]> =>
  session.rows<RejectRow>(
    sql`SELECT * FROM ${ident(rejectsName(staging))} ORDER BY file, row_number, table_name, column_name LIMIT ${limit}`,
  );

/** Moves the rejects of a staging to the application table, under their load. */
export const publishRejects = (session: Session, staging: Staging, loadId: number): Promise<number> =>
  session.run(sql`INSERT INTO rejects SELECT ${raw(String(loadId))}, * FROM ${ident(rejectsName(staging))}`);
