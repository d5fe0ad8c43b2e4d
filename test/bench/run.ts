import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createClient } from '#core/contract/client.ts';
import type { Job } from '#core/contract/jobs.ts';
import { tableNames } from '#core/portfolio/tables.ts';
import { raw, type Sql, sql } from '#core/sql/sql.ts';
import type { Question } from '#models/question.ts';
import { selectScoringSet } from '#models/training-set.ts';
import { callerOn } from '#server/cli/connection.ts';
import { readConfig } from '#server/config.ts';
import { engineVersion, openDuckDb } from '#server/engine/duckdb.ts';
import { messagesFor } from '#server/jobs/exporting.ts';
import { openWorkspace } from '#server/open.ts';
import { readBatch } from '#server/store/batches.ts';
import * as plain from './plain.ts';

const { values } = parseArgs({
  options: { accounts: { type: 'string', default: '1000000' }, write: { type: 'boolean', default: true } },
  allowNegative: true,
});
const accounts = Number(values.accounts);
const folder = mkdtempSync(join(tmpdir(), 'ensayo-bench-'));
const memoryLimit = '8GB';
const threads = 2;

const seconds = async (work: () => Promise<unknown>): Promise<number> => {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
};

interface Line {
  what: string;
  rows: number;
  ensayo: number;
  plain: number | null;
}
const lines: Line[] = [];
const tell = (line: Line) => {
  lines.push(line);
  process.stderr.write(
    `${line.what}: ${line.ensayo.toFixed(1)} s, plain ${line.plain?.toFixed(1) ?? '–'} s\n`,
  );
};

const { context, close } = await openWorkspace(readConfig({ workspace: folder, threads, memoryLimit }));
const { engine } = context;
const client = createClient(await callerOn(context));

const finished = async <T>(job: Job): Promise<{ result: T; steps: Job['steps'] }> => {
  const ended = await context.jobs.finished(job.id);
  if (ended.state !== 'done') throw new Error(`${job.kind}: ${ended.error?.message}`);
  return { result: ended.result as T, steps: ended.steps };
};

/** A statement run straight, its table dropped again. */
const straight = async (statement: Sql, table: string): Promise<number> => {
  const took = await seconds(() => engine.run(statement));
  await engine.run(raw(`DROP TABLE ${table}`));
  return took;
};

async function load(): Promise<void> {
  const stepEnds: Record<string, number> = {};
  const began = performance.now();
  const job = await client.loads.sample({ body: { accounts } });
  const ended = await context.jobs.finished(job.id, ({ steps }) => {
    for (const step of steps) if (step.state === 'done') stepEnds[step.name] ??= performance.now();
  });
  if (ended.state !== 'done') throw new Error(ended.error?.message);
  const whole = (performance.now() - began) / 1000;
  const generated = ((stepEnds.generate ?? began) - began) / 1000;
  const { load: made } = ended.result as { load: { tables: { rows: number }[] } };
  const rows = made.tables.reduce((sum, table) => sum + table.rows, 0);
  tell({ what: 'generate', rows, ensayo: generated, plain: null });
  const other = join(folder, 'plain');
  const beside = await openDuckDb({
    path: join(other, 'p.duckdb'),
    threads,
    memoryLimit,
    tempDirectory: other,
  });
  const sample = join(folder, 'sample', readdirSync(join(folder, 'sample'))[0] ?? '');
  const took = await seconds(async () => {
    const files = readdirSync(sample).filter((name) => name.endsWith('.parquet'));
    for (const table of tableNames) {
      const parts = files.filter((name) => name === `${table}.parquet` || name.startsWith(`${table}-`));
      if (parts.length)
        await beside.run(
          plain.readParquet(
            table,
            parts.map((name) => join(sample, name)),
          ),
        );
    }
    await beside.run(raw('CHECKPOINT'));
  });
  await beside.close();
  rmSync(other, { recursive: true });
  tell({ what: 'load', rows, ensayo: whole - generated, plain: took });
}

async function score(): Promise<void> {
  const dates = await engine.rows<{ as_of: string }>(
    sql`SELECT DISTINCT as_of FROM current_snapshots ORDER BY as_of DESC LIMIT 8`,
  );
  const asOf = [dates[6]?.as_of ?? '', dates[2]?.as_of ?? ''];
  const training = await client.models.train({ params: { model: 'self-cure' }, body: { asOf } });
  let began = performance.now();
  const { result } = await finished<{ versionId: string }>(training);
  const { card } = await client.models.approve({ params: result, body: { name: 'bench' } });
  tell({ what: 'train', rows: card.population.n, ensayo: (performance.now() - began) / 1000, plain: null });
  began = performance.now();
  const scored = await finished<{ rows: number }>(await client.scores.create({ body: result }));
  const ensayo = (performance.now() - began) / 1000;
  const question = context.registry.models.get('self-cure') as unknown as Question;
  const families = [...context.registry.features]
    .filter(([, family]) =>
      card.features.some((feature) => feature.used && family.text && hasColumn(family, feature.name)),
    )
    .map(([id, family]) => ({ id, family: family as never }));
  const population = selectScoringSet(
    engine.dialect,
    question,
    question.parameters.parse({}),
    dates[0]?.as_of ?? '',
    families,
  );
  const { sql: expression } = await client.models.sql({ params: result });
  const took = await straight(
    sql`CREATE TABLE plain_scores AS SELECT account_id, ${raw(expression)} AS score FROM (${population})`,
    'plain_scores',
  );
  tell({ what: 'score', rows: scored.result.rows, ensayo, plain: took });
}

const hasColumn = (family: unknown, name: string): boolean =>
  (family as { columns: { name: string }[] }).columns.some((column) => column.name === name);

async function assignAndExport(): Promise<void> {
  const segment = await client.segments.create({
    body: { name: 'bench', condition: { column: 'days_past_due', is: 'between', from: 1, to: 30 } },
  });
  const arms = ['neutral', 'loss_aversion', 'social_proof'].map((name) => ({
    name,
    style: name,
    channel: 'sms' as const,
    template: 'sms',
    weight: 1,
  }));
  const design = await client.experiments.create({
    body: { name: 'bench', segmentId: segment.id, arms, control: 'neutral' },
  });
  const params = { experimentId: design.id };
  let began = performance.now();
  const assigned = await finished<{ rows: number }>(await client.experiments.assign({ params }));
  const ensayo = (performance.now() - began) / 1000;
  const took = await straight(plain.assign(segment.id, 'salt', segment.size.asOf), 'plain_assignments');
  tell({ what: 'assign', rows: assigned.result.rows, ensayo, plain: took });

  began = performance.now();
  const checked = await finished<{ id: string; cleared: number }>(
    await client.batches.create({ params, body: { acceptUnverifiedBy: 'bench' } }),
  );
  tell({
    what: 'check',
    rows: assigned.result.rows,
    ensayo: (performance.now() - began) / 1000,
    plain: null,
  });

  const { query } = await messagesFor(context, await readBatch(engine, checked.result.id), 'file', false);
  const copies = await seconds(async () => {
    await engine.run(plain.copy(query, join(folder, 'plain.csv'), 'FORMAT csv, HEADER'));
    await engine.run(plain.copy(query, join(folder, 'plain.parquet'), 'FORMAT parquet'));
  });
  began = performance.now();
  await finished(await client.exports.create({ body: { batchId: checked.result.id } }));
  tell({
    what: 'export',
    rows: checked.result.cleared,
    ensayo: (performance.now() - began) / 1000,
    plain: copies,
  });
}

function table(): string {
  const number = (value: number) =>
    value.toLocaleString('en', { maximumFractionDigits: 1, minimumFractionDigits: 1 });
  const row = ({ what, rows, ensayo, plain: beside }: Line) =>
    `| ${what} | ${rows.toLocaleString('en')} | ${number(ensayo)} | ${beside === null ? '–' : number(beside)} | ${beside === null ? '–' : (ensayo / beside).toFixed(2)} |`;
  return [
    '| step | rows | Ensayo, s | plain DuckDB, s | ratio |',
    '| --- | ---: | ---: | ---: | ---: |',
    ...lines.map(row),
  ].join('\n');
}

try {
  await load();
  await score();
  await assignAndExport();
  const peak = (process.resourceUsage().maxRSS / 1e6).toFixed(1);
  const about = `${new Date().toISOString().slice(0, 10)}, \`npm run bench -- --accounts ${accounts}\`, Node ${process.versions.node}, DuckDB ${engineVersion()}, ${threads} threads, ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, engine limited to ${memoryLimit}; peak memory of the process ${peak} GB.`;
  process.stdout.write(`${about}\n\n${table()}\n`);
  if (values.write) {
    const file = new URL('./RESULTS.md', import.meta.url);
    const text = readFileSync(file, 'utf8');
    const [before, rest] = text.split('<!-- line -->\n');
    const after = rest?.split('<!-- /line -->')[1] ?? '\n';
    writeFileSync(file, `${before}<!-- line -->\n${about}\n\n${table()}\n<!-- /line -->${after}`);
  }
} finally {
  await close();
  rmSync(folder, { recursive: true, force: true });
}
