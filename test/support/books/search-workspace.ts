import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { ident, sql } from '#core/sql/sql.ts';
import type { Engine } from '#server/engine/engine.ts';

const escaped = (text: string): string =>
  text.replace(/[^\p{L}\p{N} ]/gu, (sign) => `\\x{${sign.codePointAt(0)?.toString(16)}}`);

async function searchRelation(engine: Engine, relation: string, place: string, strings: readonly string[]) {
  const columns = await engine.rows<{ column_name: string }>(
    sql`DESCRIBE SELECT * FROM ${{ text: relation, values: [] }}`,
  );
  const pattern = strings.map(escaped).join('|');
  const found: string[] = [];
  for (const { column_name: name } of columns) {
    const row = await engine.first<{ held: string }>(
      sql`SELECT CAST(${ident(name)} AS VARCHAR) AS held FROM ${{ text: relation, values: [] }} WHERE regexp_matches(CAST(${ident(name)} AS VARCHAR), ${pattern}) LIMIT 1`,
    );
    if (row) found.push(`${place}.${name}: ${row.held.slice(0, 120)}`);
  }
  return found;
}

/** Where any of some strings stands: every column of every table, as text. */
export async function searchTables(engine: Engine, strings: readonly string[]): Promise<string[]> {
  const tables = await engine.rows<{ table_name: string }>(
    sql`SELECT table_name FROM information_schema.tables WHERE table_type = 'BASE TABLE' ORDER BY table_name`,
  );
  const found: string[] = [];
  for (const { table_name: name } of tables)
    found.push(...(await searchRelation(engine, ident(name).text, name, strings)));
  return found;
}

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** The same in every file under a folder: its name, its bytes (unpacked where gzip), and the columns of Parquet. */
export async function searchFiles(
  engine: Engine,
  folder: string,
  strings: readonly string[],
): Promise<string[]> {
  const found: string[] = [];
  for (const path of filesUnder(folder)) {
    const place = relative(folder, path);
    const bytes = readFileSync(path);
    const text = bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes;
    for (const one of strings)
      if (place.includes(one) || text.includes(one) || text.includes(Buffer.from(one, 'utf16le')))
        found.push(`${place}: ${one}`);
    if (bytes.subarray(0, 4).toString('latin1') === 'PAR1')
      found.push(...(await searchRelation(engine, `read_parquet('${path}')`, place, strings)));
  }
  return found;
}
