import { readFile } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import type { Manifest } from '#core/contract/delivery/exports.ts';
import { sql } from '#core/sql/sql.ts';
import type { Context } from '../../context.ts';
import { describePart, sha256Of, writeWhole } from '../../destinations/part-files.ts';
import { countArrow, countNdjson, rewriteArrow, rewriteNdjson } from './line-files.ts';
import { rewriteCsv, rewriteParquet } from './parquet.ts';

const manifestName = 'manifest.json';

async function readManifest(folder: string): Promise<Manifest | null> {
  try {
    return JSON.parse(await readFile(join(folder, manifestName), 'utf8')) as Manifest;
  } catch {
    return null;
  }
}

/** How many rows a part holds beside those it was written with. */
async function cutPart(context: Context, path: string, values: readonly string[]): Promise<number> {
  if (path.endsWith('.parquet')) return rewriteParquet(context.engine, path, values);
  if (path.endsWith('.ndjson')) return rewriteNdjson(path, values);
  if (path.endsWith('.arrows')) return rewriteArrow(path, values);
  return path.endsWith('.csv') ? rewriteCsv(context.engine, path, values) : 0;
}

/**
 * Takes a person's rows out of the parts of an exported run and writes into its manifest that rows were erased, when,
 * and what each part's sha256 was before. A run taken up again finds what is done already: parts that differ from
 * the manifest are those it was cutting.
 *
 * @returns rows erased from each part
 */
export async function eraseFromExport(
  context: Context,
  folder: string,
  values: readonly string[],
): Promise<{ path: string; rows: number }[]> {
  const manifest = await readManifest(folder);
  if (!manifest) return [];
  for (const part of manifest.parts) await cutPart(context, join(folder, part.path), values);
  const changed: { path: string; rows: number; was: string }[] = [];
  const parts: Manifest['parts'] = [];
  for (const part of manifest.parts) {
    const path = join(folder, part.path);
    if ((await sha256Of(path)) === part.sha256) {
      parts.push(part);
      continue;
    }
    const rows = await rowsOf(context, path);
    changed.push({ path: part.path, rows: part.rows - rows, was: part.sha256 });
    parts.push(await describePart(path, rows));
  }
  if (changed.length === 0) return [];
  const rows = Math.max(...rowsByFormat(changed).values());
  const next: Manifest = {
    ...manifest,
    rows: manifest.rows - rows,
    parts,
    erased: [
      ...(manifest.erased ?? []),
      { at: context.now().toISOString(), rows, parts: changed.map(({ path, was }) => ({ path, was })) },
    ],
  };
  await context.engine.run(
    sql`UPDATE export_runs SET manifest = ${JSON.stringify(next)} WHERE export_id = ${manifest.run}`,
  );
  await writeWhole(join(folder, manifestName), `${JSON.stringify(next, null, 2)}\n`);
  return changed.map(({ path, rows: gone }) => ({ path, rows: gone }));
}

/** Every format holds the same messages, cut into parts. */
function rowsByFormat(parts: readonly { path: string; rows: number }[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { path, rows } of parts) sums.set(extname(path), (sums.get(extname(path)) ?? 0) + rows);
  return sums;
}

async function rowsOf(context: Context, path: string): Promise<number> {
  if (path.endsWith('.ndjson')) return countNdjson(path);
  if (path.endsWith('.arrows')) return countArrow(path);
  const { engine } = context;
  const relation = path.endsWith('.parquet')
    ? engine.dialect.parquetFile(path)
    : sql`read_csv(${path}, header = true, delim = ',', quote = '"', escape = '"', all_varchar = true)`;
  const row = await engine.first<{ n: number }>(sql`SELECT CAST(count(*) AS BIGINT) AS n FROM ${relation}`);
  return row?.n ?? 0;
}

/** Folders of exported runs, in the workspace or where a run was told to write. */
export async function exportFolders(context: Context): Promise<string[]> {
  const rows = await context.engine.rows<{ manifest_path: string }>(
    sql`SELECT DISTINCT manifest_path FROM export_runs WHERE manifest_path IS NOT NULL ORDER BY manifest_path`,
  );
  return rows
    .filter(({ manifest_path: path }) => basename(path) === manifestName)
    .map(({ manifest_path: path }) => dirname(path));
}
