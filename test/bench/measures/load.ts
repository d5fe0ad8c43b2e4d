import { mkdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { snapshots } from '#core/portfolio/tables/ledger.ts';
import { duckdb } from '#core/sql/dialects/duckdb.ts';
import { join as joinSql, literal, raw, type Sql, sql } from '#core/sql/sql.ts';
import { readConfig } from '#server/config.ts';
import { openDuckDb } from '#server/engine/duckdb.ts';
import { openWorkspace } from '#server/open.ts';
import { type Bench, defineMeasure, seconds } from '../measure.ts';

const months = 10;
const rounds = 3;

/** Snapshots as an extract has them: month after month, each in the order of the accounts. */
const made = (
  accounts: number,
): Sql => sql`SELECT 'ACC-' || lpad(CAST(i % ${raw(String(accounts))} AS VARCHAR), 9, '0') AS account_id,
  last_day(DATE '2025-01-01' + (i // ${raw(String(accounts))}) * INTERVAL 1 MONTH) AS as_of,
  CAST(md5_number_lower('b' || i) % 100000000 / 100 AS DECIMAL(18,2)) AS balance,
  CAST(CASE WHEN i % 3 = 0 THEN md5_number_lower('a' || i) % 1000000 / 100 ELSE 0 END AS DECIMAL(18,2)) AS arrears,
  CAST(CASE WHEN i % 3 = 0 THEN md5_number_lower('d' || i) % 200 ELSE 0 END AS INTEGER) AS days_past_due,
  CAST(md5_number_lower('m' || i) % 100000 / 100 AS DECIMAL(18,2)) AS minimum_due, 'open' AS status
  FROM range(${raw(String(accounts * months))}) t(i)`;

/** What a person would write: the same columns with their types given, read and written once. */
function plainRead(path: string): Sql {
  if (path.endsWith('.parquet')) return sql`SELECT * FROM read_parquet(${literal(path)})`;
  const columns = joinSql(
    Object.entries(snapshots.columns).map(
      ([name, { type }]) => sql`${literal(name)}: ${literal(duckdb.type(type).text)}`,
    ),
  );
  return sql`SELECT * FROM read_csv(${literal(path)}, auto_detect = false, header = true, delim = ',', quote = '"', columns = {${columns}})`;
}

/** Seconds on the clock, and of processors: the second says more where others share them. */
interface Took {
  clock: number;
  processor: number;
}

async function timed(work: () => Promise<unknown>): Promise<Took> {
  const before = process.cpuUsage();
  const clock = await seconds(work);
  const { user, system } = process.cpuUsage(before);
  return { clock, processor: (user + system) / 1e6 };
}

/** DuckDB as it comes, but for its memory and threads. */
async function plain({ threads, memoryLimit, folder }: Bench, path: string): Promise<Took> {
  const tempDirectory = join(folder, 'plain');
  mkdirSync(tempDirectory);
  const instance = await DuckDBInstance.create(join(tempDirectory, 'p.duckdb'), {
    threads: String(threads),
    memory_limit: memoryLimit,
    temp_directory: tempDirectory,
  });
  const connection = await instance.connect();
  const took = await timed(() => connection.run(`CREATE TABLE snapshots AS ${plainRead(path).text}`));
  connection.closeSync();
  instance.closeSync();
  rmSync(tempDirectory, { recursive: true });
  return took;
}

async function ours({ threads, memoryLimit, folder, tell }: Bench, path: string): Promise<Took> {
  const workspace = join(folder, 'workspace');
  const { context, close } = await openWorkspace(readConfig({ workspace, threads, memoryLimit }));
  let steps = '';
  const took = await timed(async () => {
    const input = { file: path, recipe: 'ensayo', maxRejectedShare: 0 };
    const { id } = await context.jobs.submit({ kind: 'load', input, by: 'owner' });
    const ended = await context.jobs.finished(id);
    if (ended.state !== 'done') throw new Error(ended.error?.message);
    steps = ended.steps.map(({ name, seconds: took }) => `${name} ${took?.toFixed(1)}`).join(', ');
  });
  tell(`${steps}`);
  await close();
  rmSync(workspace, { recursive: true });
  return took;
}

const middle = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;

export default defineMeasure({
  title: 'Loading snapshots',
  about: `A file of ${months} month-ends for each account, loaded as a canonical file, beside \`CREATE TABLE AS SELECT\` of the same file straight in DuckDB, its types given, with the same memory and threads, in a database file as DuckDB makes it by itself (Ensayo's are of a later form, in which text is written faster). Each of ${rounds} rounds runs one and then the other, each on an empty file; the middle of each is told, and the middle of the ratios; seconds of processors say more than the clock where other work shares the machine. Ensayo's time holds the sha256, encoding and header of the file, every rule of the dictionary judged, keys checked, the number of every row, and the load published.`,
  accounts: 1_000_000,
  async run(bench) {
    const files = join(bench.folder, 'files');
    mkdirSync(files);
    const paths = ['snapshots.csv', 'snapshots.parquet'].map((name) => join(files, name));
    const maker = await openDuckDb({ ...bench, path: join(files, 'm.duckdb'), tempDirectory: files });
    for (const path of paths)
      await maker.run(
        sql`COPY (${made(bench.accounts)}) TO ${literal(path)} (FORMAT ${raw(path.endsWith('csv') ? 'csv, HEADER' : 'parquet')})`,
      );
    await maker.close();
    const rows = [];
    for (const path of paths) {
      const theirs: Took[] = [];
      const own: Took[] = [];
      for (let round = 0; round < rounds; round++) {
        theirs.push(await plain(bench, path));
        own.push(await ours(bench, path));
      }
      const size = `${Math.round(statSync(path).size / 1e6)} MB of ${path.endsWith('csv') ? 'CSV' : 'Parquet'}`;
      for (const [unit, of] of [
        ['s', (took: Took) => took.clock],
        ['processor s', (took: Took) => took.processor],
      ] as const) {
        const [a, b] = [middle(own.map(of)), middle(theirs.map(of))];
        const ratio = middle(own.map((took, i) => of(took) / of(theirs[i] ?? took)));
        rows.push([size, bench.accounts * months, unit, a, b, ratio]);
        bench.tell(`${size}: ${a.toFixed(1)} beside ${b.toFixed(1)} ${unit}, ${ratio.toFixed(2)}`);
      }
    }
    return { head: ['what', 'rows', 'in', 'Ensayo', 'plain', 'ratio'], rows };
  },
});
