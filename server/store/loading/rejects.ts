import { ident, join, literal, raw, type Sql, sql } from '#core/sql/sql.ts';
import type { Session } from '../../engine/engine.ts';
import { brokenName, rejectsName, type Staging } from './staging.ts';

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
