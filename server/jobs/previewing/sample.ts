import { createHash } from 'node:crypto';
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import type { RawRelation } from '#core/portfolio/map/field.ts';
import type { SourceOptions } from '#core/portfolio/recipe.ts';
import { ident, raw, sql } from '#core/sql/sql.ts';
import type { Context } from '../../context.ts';
import type { Engine } from '../../engine/engine.ts';
import type { Inspection, Places, Source } from '../../sources/source.ts';
import { brokenName, dropStaging, openStaging, rawName, stagingOf } from '../../store/loading/staging.ts';
import { asUnreadable } from '../loading/files.ts';
import { type FoundFile, scratchOf, sourceNamed } from '../loading/request.ts';
import { headOf, isCuttable } from './head.ts';

export const sampledRows = 10_000;
/** In memory; holds samples, and what is made of them while a recipe is tried. */
export const database = 'previews';

/** The first rows of a file, in memory: looked into and tried again without reading the file anew. */
export interface Sample {
  file: FoundFile;
  bytes: number;
  found: Inspection['found'];
  names: readonly string[];
  raw: RawRelation;
  rows: number;
  /** Whether the file ends within them. */
  whole: boolean;
  /** Rows whose form is broken, with the line where the reader knows it. */
  broken: readonly { line: number | null; value: string; reason: string }[];
  /** Where each row stands in its file; null where that is found out when it is asked for. */
  places: Places['readable'] | null;
  options: SourceOptions;
  table: string;
}

/** Options that decide how a file falls into rows and columns; the others only how values are read. */
const readingKey = ({ decimal: _d, dates: _t, empty: _e, timeZone: _z, ...rest }: SourceOptions): unknown =>
  rest;

const held = new WeakMap<Engine, Map<string, Promise<Sample>>>();
const mostHeld = 16;

/**
 * The first 10,000 rows of a file as a relation. Samples are kept in memory, the latest few, and nothing of them
 * stays on disk.
 *
 * @throws what the source throws of a file it cannot read
 */
export async function sampleFile(context: Context, file: FoundFile, options: SourceOptions): Promise<Sample> {
  const samples = held.get(context.engine) ?? new Map<string, Promise<Sample>>();
  held.set(context.engine, samples);
  const facts = await stat(file.path).catch(() => null);
  const key = createHash('sha256')
    .update(JSON.stringify([file, facts?.size, facts?.mtimeMs, readingKey(options)]))
    .digest('hex')
    .slice(0, 24);
  const kept = samples.get(key) ?? take(context, file, options, `p${key}`);
  samples.delete(key);
  samples.set(key, kept);
  kept.catch(() => samples.delete(key));
  for (const [old, sample] of samples) {
    if (samples.size <= mostHeld) break;
    samples.delete(old);
    sample
      .then(({ table }) => context.engine.run(sql`DROP TABLE IF EXISTS ${ident(database, table)}`))
      .catch(() => {});
  }
  return kept;
}

/** Forgets every sample, as after a person was forgotten. */
export async function forgetSamples({ engine }: Context): Promise<void> {
  held.delete(engine);
  await engine.run(engine.dialect.detachScratch(database));
}

async function take(
  context: Context,
  file: FoundFile,
  options: SourceOptions,
  table: string,
): Promise<Sample> {
  const { engine } = context;
  const id = uuidv7();
  const staging = stagingOf(id);
  const scratch = scratchOf(context, id);
  await engine.run(engine.dialect.attachScratch(database));
  await openStaging(engine, staging);
  try {
    const head = await headOf(file, join(scratch, 'head'));
    const source: Source = sourceNamed(context, file.source);
    const inspection = await source.inspect({
      engine,
      path: head.path,
      name: head.name,
      options: source.addresses ? firstOf(options) : options,
      scratch: join(scratch, 'file'),
      onBytes: () => {},
    });
    const opened = await engine.transaction((session) =>
      source.open({
        session,
        inspection,
        options,
        stagingTable: rawName(staging, 0),
        brokenTable: brokenName(staging),
        scratch,
      }),
    );
    const whole = await engine.first<{ n: number }>(
      sql`SELECT count(*) AS n FROM (SELECT 1 FROM ${opened.relation} LIMIT ${sampledRows + 1}) AS first_rows`,
    );
    await engine.run(
      sql`CREATE OR REPLACE TABLE ${ident(database, table)} AS SELECT * FROM ${opened.relation} ORDER BY source_row LIMIT ${raw(String(sampledRows))}`,
    );
    const rows = Math.min(whole?.n ?? 0, sampledRows);
    const broken = await engine.rows<{ line: number | null; value: string; reason: string }>(
      sql`SELECT line, value, reason FROM ${ident(brokenName(staging))} ORDER BY line LIMIT 1000`,
    );
    const places = isCuttable(file.name) ? null : await placesIn(source, inspection, rows);
    return {
      file,
      bytes: (await stat(file.path).catch(() => null))?.size ?? inspection.bytes,
      found: inspection.found,
      names: inspection.columns,
      raw: { ...opened, relation: sql`${ident(database, table)} AS raw_rows` },
      rows,
      whole: !head.cut && (whole?.n ?? 0) <= sampledRows,
      broken: head.cut ? broken.slice(0, -1) : broken,
      places,
      options,
      table,
    };
  } catch (error) {
    throw asUnreadable(error, file.name);
  } finally {
    await dropStaging(engine, staging);
    await rm(scratch, { recursive: true, force: true });
  }
}

/** The first rows of a query alone; one that cannot stand inside another is run as it is. */
function firstOf(options: SourceOptions): SourceOptions {
  const query = options.query?.trim().replace(/;\s*$/, '');
  if (!query || !/^(select|with|table|values)\b/i.test(query)) return options;
  return { ...options, query: `SELECT * FROM (${query}\n) AS first_rows LIMIT ${sampledRows + 1}` };
}

async function placesIn(source: Source, inspection: Inspection, rows: number): Promise<Places['readable']> {
  const positions = new Set(Array.from({ length: rows }, (_, i) => i + 1));
  return source.locate ? (await source.locate(inspection, positions)).readable : new Map();
}

/** Where some rows of a sample stand in their file, by position; those not found are missing. */
export async function placesOf(
  context: Context,
  sample: Sample,
  positions: readonly number[],
): Promise<Places['readable']> {
  if (sample.places) return sample.places;
  if (positions.length === 0) return new Map();
  const scratch = scratchOf(context, uuidv7());
  const last = Math.max(...positions);
  try {
    const head = await headOf(sample.file, join(scratch, 'head'), 2 * last + 200);
    const source = sourceNamed(context, sample.file.source);
    const inspection = await source.inspect({
      engine: context.engine,
      path: head.path,
      name: head.name,
      options: sample.options,
      scratch: join(scratch, 'file'),
      onBytes: () => {},
    });
    return await placesIn(source, inspection, last);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
