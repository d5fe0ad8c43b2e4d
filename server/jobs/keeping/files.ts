import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import type { ForgetLine } from '#core/contract/portfolio/keeping.ts';
import { shortest } from '#core/keeping/replace.ts';
import type { Context } from '../../context.ts';
import { type Mark, primaryKinds } from '../../store/keeping/marks.ts';
import { forgetSamples } from '../previewing/sample.ts';
import { eraseFromExport, exportFolders } from './export-files.ts';
import { rewriteParquet, rowsInCsv, rowsInParquet } from './parquet.ts';
import { fileHolds, formOf } from './search.ts';

/** Files of the workspace itself: the database is treated by its own means, the rest hold nobody. */
const own = /^(ensayo\.duckdb(\.wal|\.lock|\.compact)?|server\.json|server\.token|suppression\.key)$/;
const backup = /^ensayo\.duckdb\.before-\d+$/;
/** Folders of work under way: what a stop left in the first is removed, the engine empties the other. */
const staging = 'staging';
const passing = [staging, 'spill'];

async function filesUnder(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const nested = entries
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? filesUnder(path) : entry.isFile() ? [path] : [];
    });
  return (await Promise.all(nested)).flat();
}

type Fate = { action: 'rewritten' | 'removed'; rows: number | null; why: ForgetLine['why'] } | null;

const unreadable = {
  es: 'Empaquetado: no se puede saber si la persona está dentro.',
  en: 'Packed: whether the person is inside cannot be known.',
};
const copy = {
  es: 'Copia de la base de antes de una actualización.',
  en: 'Copy of the database from before an update.',
};

/** What is to become of a file; nothing is done yet. */
async function fateOf(context: Context, path: string, place: string, marks: readonly Mark[]): Promise<Fate> {
  const values = marks.map(({ value }) => value);
  const primary = marks
    .filter(({ kind, value }) => primaryKinds.includes(kind) || value.length >= 2 * shortest)
    .map(({ value }) => value);
  if (backup.test(place)) return { action: 'removed', rows: null, why: copy };
  const form = await formOf(path);
  if (form === 'parquet') {
    const rows = await rowsInParquet(context.engine, path, values);
    return rows ? { action: 'rewritten', rows, why: null } : null;
  }
  if (form === 'packed')
    return place.startsWith(`uploads${sep}`) ? { action: 'removed', rows: null, why: unreadable } : null;
  const named = values.some((value) => value.length >= shortest && place.includes(value));
  if (named || (form !== 'empty' && (await fileHolds(path, form, primary))))
    return { action: 'removed', rows: null, why: null };
  return null;
}

/** Files of the workspace a person may be in, exports and what is only passing through apart. */
async function searched(context: Context): Promise<{ path: string; place: string }[]> {
  const { workspace } = context.config;
  const exported = (await exportFolders(context)).map((folder) => `${folder}${sep}`);
  const all = (await filesUnder(workspace)).map((path) => ({ path, place: relative(workspace, path) }));
  return all.filter(
    ({ path, place }) =>
      !own.test(place) &&
      !passing.includes(place.split(sep)[0] ?? '') &&
      !exported.some((folder) => path.startsWith(folder)),
  );
}

/** The place of a file as a report may name it: without the person. */
const shownPlace = (place: string, marks: readonly Mark[]): string =>
  marks.reduce(
    (text, { value, replacement }) => (value.length >= shortest ? text.replaceAll(value, replacement) : text),
    place,
  );

const lineOf = (
  place: string,
  action: ForgetLine['action'],
  rows: number | null,
  why: ForgetLine['why'] = null,
): ForgetLine => ({
  place,
  kind: 'file',
  action,
  rows,
  why,
});

async function exportLines(
  context: Context,
  folder: string,
  values: readonly string[],
): Promise<ForgetLine[]> {
  const lines: ForgetLine[] = [];
  const inside = folder.startsWith(`${context.config.workspace}${sep}`);
  for (const path of await filesUnder(folder)) {
    const count = path.endsWith('.parquet') ? rowsInParquet : path.endsWith('.csv') ? rowsInCsv : null;
    const rows = count ? await count(context.engine, path, values) : 0;
    const place = inside ? relative(context.config.workspace, path) : basename(path);
    if (rows) lines.push(lineOf(place, 'rewritten', rows));
  }
  return lines;
}

/** What is to become of each file; the person is in no name of the list. */
export async function findFiles(context: Context, marks: readonly Mark[]): Promise<ForgetLine[]> {
  const lines: ForgetLine[] = [];
  for (const { path, place } of await searched(context)) {
    const fate = await fateOf(context, path, place, marks);
    if (fate) lines.push(lineOf(shownPlace(place, marks), fate.action, fate.rows, fate.why));
  }
  const values = marks.map(({ value }) => value);
  for (const folder of await exportFolders(context))
    lines.push(...(await exportLines(context, folder, values)));
  return lines;
}

/**
 * Takes a person out of every file of the workspace, and out of exported message files wherever they were told to go:
 * tables lose their rows, other files that hold the person are removed. Safe to repeat.
 */
export async function eraseFiles(
  context: Context,
  marks: readonly Mark[],
  progress: (done: number, note: string) => void,
): Promise<void> {
  const { workspace } = context.config;
  const values = marks.map(({ value }) => value);
  await context.explore.forget();
  await forgetSamples(context);
  await rm(join(workspace, staging), { recursive: true, force: true });
  const files = await searched(context);
  for (const [i, { path, place }] of files.entries()) {
    progress(i / files.length, `${i + 1}/${files.length}`);
    const fate = await fateOf(context, path, place, marks);
    if (fate?.action === 'removed') await rm(path, { force: true });
    else if (fate) await rewriteParquet(context.engine, path, values);
  }
  for (const folder of await exportFolders(context))
    if (existsSync(folder)) await eraseFromExport(context, folder, values);
}
