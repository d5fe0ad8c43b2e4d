import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { columnsOf, neutralised } from '#core/contact/messages.ts';
import { raw, type Sql, sql } from '#core/sql/sql.ts';
import type { Delivery } from '#server/destinations/destination.ts';
import file from '#server/destinations/file.ts';
import { openDuckDb } from '#server/engine/duckdb.ts';
import type { Engine } from '#server/engine/engine.ts';
import { clearedBatch } from '../../support/contact/cleared-batch.ts';
import { testWorld } from '../../support/servers/world.ts';
import { type Bench, defineMeasure } from '../measure.ts';

/** Messages as long as real ones, every fourth to be neutralised, in a table as the clearing leaves them. */
const messages = (people: number): Sql =>
  raw(`CREATE TABLE messages AS SELECT md5('k' || range) AS message_key, printf('C%09d', range) AS customer_id,
  'Marzo 2026' AS experiment, md5('plan') AS plan, 'arm' || (range % 3) AS arm, 'loss_aversion' AS style, CAST(1 AS INTEGER) AS touch,
  'sms' AS channel, 'es' AS language, 'sms' AS template,
  CASE WHEN range % 4 = 0 THEN '=' ELSE '' END || 'Hola {{nombre}}, su saldo de {{importe}} lleva {{dias_mora}} días de atraso. Pague hoy y evite "costos".' AS text,
  '{"dias_mora":"' || (range % 90) || '","importe":"COP ' || (range % 900000) || '.50"}' AS variables,
  '2026-03-03T15:00:00Z' AS send_not_before, '2026-03-04T00:00:00Z' AS send_before, '2026-03-03T10:00:00' AS send_not_before_local,
  '2026-03-03T19:00:00' AS send_before_local, 'America/Bogota' AS time_zone, 1.0 / 3 AS propensity, 'CO-2300 v1' AS rule_set,
  'Brazo arm' || (range % 3) || ' por sorteo; pasa el conjunto de reglas CO-2300 v1' AS reason
  FROM range(${people})`);

interface Taken {
  seconds: number;
  cpu: number;
}

async function taken(work: () => Promise<unknown>): Promise<Taken> {
  const cpu = process.cpuUsage();
  const began = performance.now();
  await work();
  const { user, system } = process.cpuUsage(cpu);
  return { seconds: (performance.now() - began) / 1000, cpu: (user + system) / 1e6 };
}

const query = raw('SELECT * FROM messages ORDER BY customer_id');
const rounds = 2;

/** The quicker of rounds that take turns, so that a neighbour's load falls on both. */
const best = (found: readonly Taken[]): Taken =>
  found.reduce((least, one) => (one.cpu < least.cpu ? one : least));

async function compare(
  bench: Bench,
  engine: Engine,
  format: 'csv' | 'ndjson' | 'parquet',
): Promise<(string | number | null)[]> {
  const columns = columnsOf(false);
  const { dialect } = engine;
  const plainPath = join(bench.folder, 'plain');
  const copies = {
    csv: dialect.writeCsv(neutralised(columns, sql`(${query})`), plainPath),
    ndjson: dialect.writeNdjson(query, plainPath),
    parquet: dialect.writeParquet(query, plainPath),
  };
  const plain: Taken[] = [];
  const ours: Taken[] = [];
  let bytes = 0;
  for (let round = 0; round < rounds; round++) {
    plain.push(await taken(() => engine.run(copies[format])));
    rmSync(plainPath);
    const delivery: Delivery<unknown> = {
      batch: clearedBatch(bench.accounts),
      rows: bench.accounts,
      run: 'run',
      options: file.options.parse({ formats: [format], directory: bench.folder }),
      columns,
      messages: query,
      assumptions: {},
      engine,
      workspace: bench.folder,
      world: testWorld(),
      progress: () => {},
      checkCancelled: () => {},
    };
    ours.push(await taken(async () => file.writes?.deliver(delivery)));
    const folder = join(bench.folder, 'run');
    bytes = Math.max(...readdirSync(folder).map((name) => statSync(join(folder, name)).size));
    await delivery.world.dispatcher.close();
    rmSync(folder, { recursive: true });
    bench.tell(
      `${format} ${round + 1}: ${ours.at(-1)?.seconds.toFixed(1)} s, ${ours.at(-1)?.cpu.toFixed(1)} s CPU; plain ${plain.at(-1)?.seconds.toFixed(1)} s, ${plain.at(-1)?.cpu.toFixed(1)} s CPU`,
    );
  }
  const us = best(ours);
  const them = best(plain);
  return [
    format,
    bench.accounts,
    bytes,
    us.seconds,
    them.seconds,
    us.seconds / them.seconds,
    us.cpu,
    them.cpu,
    us.cpu / them.cpu,
  ];
}

/** What the run's row log takes beside: rows put in with the clearing, and marked written. */
async function rowLog(bench: Bench, engine: Engine): Promise<(string | number | null)[]> {
  await engine.run(
    raw(`CREATE TABLE row_log (export_id VARCHAR NOT NULL, message_key VARCHAR NOT NULL, assignment_id VARCHAR NOT NULL, customer_id VARCHAR NOT NULL, arm VARCHAR NOT NULL,
    touch INTEGER NOT NULL, channel VARCHAR NOT NULL, state VARCHAR NOT NULL, rule VARCHAR, seq INTEGER)`),
  );
  const us = await taken(async () => {
    await engine.transaction((session) =>
      session.run(
        raw(`INSERT INTO row_log SELECT 'run', message_key, message_key, customer_id, arm, touch, channel, 'pending', NULL,
        CAST(row_number() OVER (ORDER BY customer_id) AS INTEGER) - 1 FROM messages`),
      ),
    );
    await engine.transaction((session) =>
      session.run(raw("UPDATE row_log SET state = 'written' WHERE export_id = 'run' AND state = 'pending'")),
    );
  });
  bench.tell(`row log: ${us.seconds.toFixed(1)} s, ${us.cpu.toFixed(1)} s CPU`);
  return ['row log, in and marked', bench.accounts, null, us.seconds, null, null, us.cpu, null, null];
}

export default defineMeasure({
  title: 'Files of messages beside the engine’s own COPY',
  about: `The file destination on messages that lie in a table, ordered by person, beside DuckDB’s own \`COPY\` of the same rows in the same order, neutralised alike where the format is for spreadsheets. Ensayo’s figures hold sha256 taken while writing, the wait for the disk, renaming and the manifest; COPY’s hold none of them. Of ${rounds} rounds that take turns the one with the least CPU time stands here: the machine is shared, so seconds of CPU say more than those of the clock. The row log, which is written with the clearing, is reported beside.`,
  accounts: 10_000_000,
  async run(bench) {
    const { folder, threads, memoryLimit } = bench;
    const engine = await openDuckDb({
      path: join(folder, 'delivery.duckdb'),
      threads,
      memoryLimit,
      tempDirectory: join(folder, 'spill'),
    });
    try {
      await engine.run(messages(bench.accounts));
      await engine.run(raw('CHECKPOINT'));
      const rows = [];
      for (const format of ['csv', 'ndjson', 'parquet'] as const)
        rows.push(await compare(bench, engine, format));
      rows.push(await rowLog(bench, engine));
      return {
        head: [
          'format',
          'rows',
          'bytes',
          'Ensayo, s',
          'COPY, s',
          'ratio',
          'Ensayo, CPU s',
          'COPY, CPU s',
          'ratio of CPU',
        ],
        rows,
      };
    } finally {
      await engine.close();
    }
  },
});
