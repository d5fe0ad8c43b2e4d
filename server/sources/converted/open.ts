import { open } from 'node:fs/promises';
import type { RawRelation } from '#core/portfolio/map/field.ts';
import { ident, join, literal, raw, type Sql, sql } from '#core/sql/sql.ts';
import { canonicalTypes } from '../canonical-types.ts';
import type { Inspection, OpenRequest, Places } from '../source.ts';
import { plainName } from './plain-name.ts';
import { type BrokenRow, brokenFile, linesFile, rowsFile } from './row-file.ts';

/** Longest row a thread may leave, in bytes. */
export const maxRowBytes = 32_000_000;

/** Reads the rows that a thread left; `types` are those of the file's columns, in their order. */
export type ReadRows = (path: string, types: readonly string[]) => Sql;

/** Rows as comma-separated text without a header. */
export const csvRows: ReadRows = (path, types) =>
  sql`read_csv(${literal(path)}, auto_detect = false, header = false, delim = ',', quote = '"', escape = '"', new_line = '\\n', nullstr = '', allow_quoted_nulls = false, max_line_size = ${raw(String(maxRowBytes))}, columns = {${columnTypes(types)}})`;

/** Rows as one JSON object a line, all values text. */
export const jsonRows: ReadRows = (path, types) =>
  sql`read_json(${literal(path)}, auto_detect = false, format = 'newline_delimited', maximum_object_size = ${raw(String(maxRowBytes))}, columns = {${columnTypes(types)}})`;

const columnTypes = (types: readonly string[]): Sql =>
  join(types.map((type, i) => sql`${ident(plainName(i))}: ${literal(type)}`));

/** Fills the staging table with the rows a thread left, and the broken ones apart. */
export async function openConverted(
  { session, inspection, stagingTable, brokenTable }: OpenRequest,
  readRows: ReadRows,
  typed: boolean,
): Promise<RawRelation> {
  const folder = String(inspection.found.folder);
  const types = JSON.parse(String(inspection.found.types)) as string[];
  const table = ident(stagingTable);
  await session.run(
    sql`CREATE OR REPLACE TABLE ${table} AS SELECT * FROM ${readRows(rowsFile(folder), types)}`,
  );
  await session.run(
    sql`INSERT INTO ${ident(brokenTable)} SELECT line, value, reason FROM read_json(${literal(brokenFile(folder))}, auto_detect = false, format = 'newline_delimited', columns = {line: 'BIGINT', value: 'VARCHAR', reason: 'VARCHAR'})`,
  );
  const columns = inspection.columns
    .map((name, i) => ({ name, held: plainName(i), type: canonicalTypes[types[i] ?? ''] ?? null }))
    .filter(({ name }) => name.toLowerCase() !== 'source_row');
  const named = join(columns.map(({ name, held }) => sql`${ident(held)} AS ${ident(name)}`));
  return {
    relation: sql`(SELECT ${named}, rowid + 1 AS source_row FROM ${table}) AS raw_rows`,
    columns: new Map(columns.map(({ name, type }) => [name, type])),
    typed,
  };
}

/** Where rows stand in their file, as the thread that read it wrote down. */
export async function locateConverted(
  { found }: Inspection,
  positions: ReadonlySet<number>,
): Promise<Places> {
  const folder = String(found.folder);
  const places: Places = { readable: new Map(), broken: [] };
  const lines = await open(linesFile(folder));
  try {
    const pair = new Float64Array(2);
    for (const position of positions) {
      const { bytesRead } = await lines.read(new Uint8Array(pair.buffer), 0, 16, (position - 1) * 16);
      const [row = 0, line = 0] = pair;
      if (bytesRead === 16) places.readable.set(position, { row, line });
    }
  } finally {
    await lines.close();
  }
  const broken = await open(brokenFile(folder));
  for await (const text of broken.readLines()) {
    const { row, line } = JSON.parse(text) as BrokenRow;
    places.broken.push({ row, line });
  }
  return places;
}
