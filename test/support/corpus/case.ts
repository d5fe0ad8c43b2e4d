import { cpSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ErrorCode } from '#core/errors/domain-error.ts';
import type { RecipeInput } from '#core/portfolio/recipe.ts';
import { raw, sql } from '#core/sql/sql.ts';
import { type Loaded, runJob } from '../files/load.ts';
import type { TestWorkspace } from '../workspace.ts';

/** A rejected row: its line, the column, what is written there, and why. */
export type ExpectedReject = [
  line: number | null,
  column: string | null,
  value: string | null,
  reason: ErrorCode,
];

/** What becomes of a file that is loaded as payments: rows and rejects, or one error that quotes what is wrong. */
export interface Case {
  /** A file of the corpus, or what to write under a name of that ending. */
  file: string;
  content?: () => Uint8Array | string;
  /** What a recipe says of it. */
  source?: RecipeInput['source'];
  rows?: number;
  rejects?: ExpectedReject[];
  /** Payments as they arrive: `id account instant amount method`. */
  holds?: string[];
  fails?: ErrorCode;
  quotes?: string;
}

export const corpus = fileURLToPath(new URL('../../corpus', import.meta.url));

/** Every file of the corpus, by kind and name. */
export const corpusFiles = (): string[] =>
  readdirSync(corpus, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(basename(entry.parentPath), entry.name))
    .sort();

export interface Outcome {
  rows: number;
  rejects: ExpectedReject[];
  holds: string[];
  error: { code: string; message: string } | null;
  /** Anything a load left behind that it should not. */
  left: string[];
}

let loaded = 0;

/** Loads a file of the corpus in the real job, tells what became of it, and takes the load back. */
export async function loadCase(workspace: TestWorkspace, { file, content, source }: Case): Promise<Outcome> {
  const { engine, registry } = workspace.context;
  const folder = join(workspace.folder, 'input', String(++loaded));
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `payments${basename(file).replace(/^[^.]*/, '')}`);
  if (content) writeFileSync(path, content());
  else cpSync(join(corpus, file), path);
  const words = { es: 'prueba', en: 'test' };
  const recipe: RecipeInput = { source, tables: 'canonical' };
  (registry.recipes as Map<string, unknown>).set('corpus', {
    text: { title: words, summary: words },
    recipe,
  });
  const job = await runJob(workspace, 'load', { file: path, recipe: 'corpus', maxRejectedShare: 1 });
  const load = job.error ? null : (job.result as Loaded).load;
  const mine = raw(load ? `load_id = ${load.loadId}` : 'false');
  const rejects = await engine.rows<{
    line: number | null;
    column_name: string | null;
    value: string | null;
    reason: ErrorCode;
  }>(
    sql`SELECT line, column_name, value, reason FROM rejects WHERE ${mine} ORDER BY row_number, column_name`,
  );
  const payments = await engine.rows<{ held: string }>(
    sql`SELECT concat_ws(' ', payment_id, account_id, strftime(paid_at, '%Y-%m-%dT%H:%M:%S'), amount, method) AS held FROM payments WHERE ${mine} ORDER BY source_row`,
  );
  const outcome: Outcome = {
    rows: load?.tables.reduce((sum, table) => sum + table.rows, 0) ?? 0,
    rejects: rejects.map(({ line, column_name, value, reason }) => [line, column_name, value, reason]),
    holds: payments.map(({ held }) => held),
    error: job.error ? { code: job.error.code, message: job.error.message } : null,
    left: await leftovers(workspace),
  };
  if (load) {
    await engine.run(sql`DELETE FROM payments WHERE ${mine}`);
    await engine.run(sql`UPDATE loads SET state = 'withdrawn' WHERE ${mine}`);
  }
  return outcome;
}

async function leftovers({ context, folder }: TestWorkspace): Promise<string[]> {
  const tables = await context.engine.rows<{ name: string }>(
    sql`SELECT table_name AS name FROM information_schema.tables WHERE starts_with(table_name, 'staging_')`,
  );
  const orphans = await context.engine.first<{ n: number }>(
    sql`SELECT count(*) AS n FROM payments WHERE load_id NOT IN (SELECT load_id FROM loads WHERE state = 'live')`,
  );
  const scratch = join(folder, 'staging');
  return [
    ...tables.map(({ name }) => name),
    ...(existsSync(scratch) ? readdirSync(scratch) : []),
    ...(orphans?.n ? [`${orphans.n} payments of no load`] : []),
  ];
}
