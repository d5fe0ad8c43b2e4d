import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { duckdb } from '#core/sql/dialects/duckdb.ts';
import { ident, raw, sql } from '#core/sql/sql.ts';
import { planSample, type SampleInput } from '#data/generator/plan.ts';
import { openDuckDb } from '#server/engine/duckdb.ts';
import type { Engine } from '#server/engine/engine.ts';

export interface Generated {
  /** Every file as a view named after it. */
  engine: Engine;
  /** sha256 of each file, by name. */
  hashes: Record<string, string>;
  close(): Promise<void>;
}

/** A generated portfolio, without a workspace around it. */
export async function generate(input: SampleInput, threads = 1): Promise<Generated> {
  const folder = mkdtempSync(join(tmpdir(), 'ensayo-sample-'));
  const engine = await openDuckDb({
    path: join(folder, 'db', 'sample.duckdb'),
    threads,
    memoryLimit: '1GB',
    tempDirectory: join(folder, 'spill'),
  });
  const files = join(folder, 'files');
  await engine.run(duckdb.attachScratch('scratch'));
  mkdirSync(files);
  for (const step of planSample(duckdb, input, 'scratch', files))
    for (const statement of step.statements) await engine.run(statement);
  await engine.run(duckdb.detachScratch('scratch'));
  const names = readdirSync(files).sort();
  for (const name of names)
    await engine.run(
      sql`CREATE VIEW ${ident(name.replace('.parquet', ''))} AS SELECT * FROM ${duckdb.parquetFile(join(files, name))}`,
    );
  return {
    engine,
    hashes: Object.fromEntries(
      names.map((name) => [
        name,
        createHash('sha256')
          .update(readFileSync(join(files, name)))
          .digest('hex'),
      ]),
    ),
    async close() {
      await engine.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The single number a statement gives, under the name n. */
export const number = async (engine: Engine, statement: string): Promise<number> =>
  (await engine.first<{ n: number }>(raw(statement)))?.n ?? Number.NaN;
