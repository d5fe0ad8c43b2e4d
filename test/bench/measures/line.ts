import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Client, createClient } from '#core/contract/client.ts';
import type { Job } from '#core/contract/jobs.ts';
import { tableNames } from '#core/portfolio/tables.ts';
import { raw, type Sql, sql } from '#core/sql/sql.ts';
import type { Question } from '#models/question.ts';
import { selectScoringSet } from '#models/training-set.ts';
import { callerOn } from '#server/cli/connection.ts';
import { readConfig } from '#server/config.ts';
import type { Context } from '#server/context.ts';
import { openDuckDb } from '#server/engine/duckdb.ts';
import type { Engine } from '#server/engine/engine.ts';
import { messagesFor } from '#server/jobs/exporting.ts';
import { openWorkspace } from '#server/open.ts';
import { readBatch } from '#server/store/contact/batches.ts';
import { approveWithReasons } from '../../support/models/approve.ts';
import { type Bench, beside, besideHead, defineMeasure, seconds } from '../measure.ts';
import * as plain from '../plain.ts';

interface Stage {
  context: Context;
  client: Client;
  bench: Bench;
  tell(what: string, rows: number, ours: number, theirs: number | null): void;
}

const finished = async <T>(context: Context, job: Job): Promise<{ result: T; steps: Job['steps'] }> => {
  const ended = await context.jobs.finished(job.id);
  if (ended.state !== 'done') throw new Error(`${job.kind}: ${ended.error?.message}`);
  return { result: ended.result as T, steps: ended.steps };
};

/** A statement run straight, its table dropped again. */
const straight = async (engine: Engine, statement: Sql, table: string): Promise<number> => {
  const took = await seconds(() => engine.run(statement));
  await engine.run(raw(`DROP TABLE ${table}`));
  return took;
};

async function load(stage: Stage): Promise<void> {
  const { context, client, bench, tell } = stage;
  const { folder, threads, memoryLimit } = bench;
  const stepEnds: Record<string, number> = {};
  const began = performance.now();
  const job = await client.loads.sample({ body: { accounts: bench.accounts } });
  const ended = await context.jobs.finished(job.id, ({ steps }) => {
    for (const step of steps) if (step.state === 'done') stepEnds[step.name] ??= performance.now();
  });
  if (ended.state !== 'done') throw new Error(ended.error?.message);
  const whole = (performance.now() - began) / 1000;
  const generated = ((stepEnds.generate ?? began) - began) / 1000;
  const { load: made } = ended.result as { load: { tables: { rows: number }[] } };
  const rows = made.tables.reduce((sum, table) => sum + table.rows, 0);
  tell('generate', rows, generated, null);
  const other = join(folder, 'plain');
  const straightDb = await openDuckDb({
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
        await straightDb.run(
          plain.readParquet(
            table,
            parts.map((name) => join(sample, name)),
          ),
        );
    }
    await straightDb.run(raw('CHECKPOINT'));
  });
  await straightDb.close();
  rmSync(other, { recursive: true });
  tell('load', rows, whole - generated, took);
}

async function score(stage: Stage): Promise<void> {
  const { context, client, tell } = stage;
  const { engine } = context;
  const dates = await engine.rows<{ as_of: string }>(
    sql`SELECT DISTINCT as_of FROM current_snapshots ORDER BY as_of DESC LIMIT 8`,
  );
  const asOf = [dates[6]?.as_of ?? '', dates[2]?.as_of ?? ''];
  const training = await client.models.train({ params: { model: 'self-cure' }, body: { asOf } });
  let began = performance.now();
  const { result } = await finished<{ versionId: string }>(context, training);
  const { card } = await approveWithReasons(client, result.versionId, { name: 'bench' });
  tell('train', card.population.n, (performance.now() - began) / 1000, null);
  began = performance.now();
  const scored = await finished<{ rows: number }>(context, await client.scores.create({ body: result }));
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
    engine,
    sql`CREATE TABLE plain_scores AS SELECT account_id, ${raw(expression)} AS score FROM (${population})`,
    'plain_scores',
  );
  tell('score', scored.result.rows, ensayo, took);
}

const hasColumn = (family: unknown, name: string): boolean =>
  (family as { columns: { name: string }[] }).columns.some((column) => column.name === name);

async function assignAndExport(stage: Stage): Promise<void> {
  const { context, client, bench, tell } = stage;
  const { engine } = context;
  const segment = await client.segments.create({
    body: { name: 'bench', condition: { column: 'days_past_due', is: 'between', from: 1, to: 30 } },
  });
  const arms = ['neutral', 'loss_aversion', 'social_proof'].map((name) => ({
    name,
    weight: 1,
    touches: [{ style: name, channel: 'sms' as const, templates: ['sms'] }],
  }));
  const design = await client.experiments.create({
    body: { name: 'bench', segmentId: segment.id, arms, control: 'neutral' },
  });
  const params = { experimentId: design.id };
  let began = performance.now();
  const assigned = await finished<{ rows: number }>(context, await client.experiments.assign({ params }));
  const ensayo = (performance.now() - began) / 1000;
  const took = await straight(
    engine,
    plain.assign(segment.id, 'salt', segment.size.asOf),
    'plain_assignments',
  );
  tell('assign', assigned.result.rows, ensayo, took);

  began = performance.now();
  const checked = await finished<{ id: string; cleared: number }>(
    context,
    await client.batches.create({ params, body: { acceptUnverifiedBy: 'bench' } }),
  );
  tell('check', assigned.result.rows, (performance.now() - began) / 1000, null);

  const { query } = await messagesFor(context, await readBatch(engine, checked.result.id), 'file', false);
  const copies = await seconds(async () => {
    await engine.run(plain.copy(query, join(bench.folder, 'plain.csv'), 'FORMAT csv, HEADER'));
    await engine.run(plain.copy(query, join(bench.folder, 'plain.parquet'), 'FORMAT parquet'));
  });
  began = performance.now();
  await finished(context, await client.exports.create({ body: { batchId: checked.result.id } }));
  tell('export', checked.result.cleared, (performance.now() - began) / 1000, copies);
}

export default defineMeasure({
  title: 'The line beside plain DuckDB',
  about:
    'Each step on a simulated portfolio and, in the same run, the same work written straight in DuckDB: reading the Parquet files into tables; the scoring statement itself; eligibility, strata and arms as one hand-written statement; `COPY` of the same messages to CSV and Parquet. Ensayo’s time holds all that the step does besides: keys and rejects checked, rows superseded, balance, the run and row log, sha256, manifest.',
  accounts: 1_000_000,
  async run(bench) {
    const { folder, threads, memoryLimit } = bench;
    const { context, close } = await openWorkspace(readConfig({ workspace: folder, threads, memoryLimit }));
    const rows: ReturnType<typeof beside>[] = [];
    const stage: Stage = {
      context,
      client: createClient(await callerOn(context)),
      bench,
      tell(what, count, ours, theirs) {
        rows.push(beside(what, count, ours, theirs));
        bench.tell(`${what}: ${ours.toFixed(1)} s, plain ${theirs?.toFixed(1) ?? '–'} s`);
      },
    };
    try {
      await load(stage);
      await score(stage);
      await assignAndExport(stage);
    } finally {
      await close();
    }
    return { head: besideHead, rows };
  },
});
