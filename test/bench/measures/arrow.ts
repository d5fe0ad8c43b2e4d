import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DuckDBInstance } from '@duckdb/node-api';
import { tableFromIPC } from 'apache-arrow';
import { permissions } from '#core/contract/permissions.ts';
import { raw } from '#core/sql/sql.ts';
import { buildApp } from '#server/app.ts';
import { readConfig } from '#server/config.ts';
import { openWorkspace } from '#server/open.ts';
import { createCredential } from '#server/store/credentials.ts';
import { defineMeasure, seconds } from '../measure.ts';

const sixColumns = 'SELECT account_id, as_of, balance, arrears, days_past_due, minimum_due';

/** Monthly balances of made-up accounts: a text, a date, a whole number and three exact amounts. */
const madeUp = (rows: number): string =>
  `SELECT 'a' || lpad(CAST(range // 12 AS VARCHAR), 7, '0') AS account_id,
    DATE '2025-01-31' + CAST(30 * (range % 12) AS INTEGER) AS as_of,
    CAST(range % 1000003 + 0.25 AS DECIMAL(18,2)) AS balance,
    CAST(CASE WHEN range % 3 = 0 THEN 50.5 ELSE 0 END AS DECIMAL(18,2)) AS arrears,
    CAST(range % 90 AS INTEGER) AS days_past_due,
    CAST(CASE WHEN range % 7 = 0 THEN NULL ELSE 20 END AS DECIMAL(18,2)) AS minimum_due, range
  FROM range(${rows})`;
const fill = (rows: number) =>
  raw(`INSERT INTO snapshots (account_id, as_of, balance, arrears, days_past_due, minimum_due, load_id, source_row)
  SELECT account_id, as_of, balance, arrears, days_past_due, minimum_due, 1, range FROM (${madeUp(rows)})`);
const oneLoad =
  raw(`INSERT INTO loads (load_id, state, recipe, recipe_hash, files, tables, rejected, simulated, loaded_at, by_principal)
  VALUES (1, 'live', 'bench', 'r', '[{"name":"b","sha256":"0"}]', '[]', 0, true, TIMESTAMP '2026-01-01', 'owner')`);

async function listen(listener: RequestListener): Promise<{ origin: string; close(): void }> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** What is often done instead, by the binding's own means: every row an object, all of them one JSON text. */
async function rowObjects(rows: number): Promise<RequestListener> {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  await connection.run(`CREATE TABLE snapshots AS ${madeUp(rows)}`);
  return async (_request, response) => {
    const reader = await connection.runAndReadAll(`${sixColumns} FROM snapshots`);
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(reader.getRowObjectsJson()));
  };
}

const times = 3;
async function best(work: () => Promise<number>, rows: number): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < times; i++) {
    let seen = 0;
    const took = await seconds(async () => {
      seen = await work();
    });
    if (seen !== rows) throw new Error(`${seen} rows came, not ${rows}`);
    least = Math.min(least, took);
  }
  return least;
}

export default defineMeasure({
  title: 'Arrow beside rows as objects',
  about:
    'One million rows of six columns (a text, a date, a whole number, three exact amounts with nulls) over HTTP on loopback, from the request until the rows can be used: as an Arrow table, against every row as an object by the binding’s own `getRowObjectsJson`, `JSON.stringify` and `JSON.parse`. Best of three, after one that warms. A query answers from a process of its own over a snapshot; a dataset from the server itself. Asked: Arrow at most half of the row objects.',
  accounts: 1_000_000,
  async run({ accounts: rows, folder, threads, memoryLimit, tell }) {
    const { context, close } = await openWorkspace(
      readConfig({ workspace: folder, threads, memoryLimit, logLevel: 'error' }),
    );
    await context.engine.run(oneLoad);
    await context.engine.run(fill(rows));
    const { secret } = await createCredential(context, {
      kind: 'token',
      name: 'bench',
      principal: 'owner',
      permissions,
    });
    const ours = await listen(await buildApp(context));
    const theirs = await listen(await rowObjects(rows));
    const headers = { authorization: `Bearer ${secret}`, 'content-type': 'application/json' };
    const bytes = async (path: string, init: RequestInit = {}) => {
      const answer = await fetch(`${ours.origin}/api/v1${path}`, { headers, ...init });
      if (!answer.ok) throw new Error(await answer.text());
      return new Uint8Array(await answer.arrayBuffer());
    };
    const query = (format: string) =>
      bytes(`/query?format=${format}`, {
        method: 'POST',
        body: JSON.stringify({ sql: `${sixColumns} FROM snapshots` }),
      });
    try {
      const objects = await best(async () => {
        const answer = await fetch(theirs.origin);
        return ((await answer.json()) as unknown[]).length;
      }, rows);
      tell(`row objects ${objects.toFixed(2)} s`);
      await query('arrow');
      const ways: [string, () => Promise<number>][] = [
        ['query as Arrow', async () => tableFromIPC(await query('arrow')).numRows],
        ['dataset as Arrow', async () => tableFromIPC(await bytes('/datasets/snapshots')).numRows],
        ['query as Parquet, bytes only', async () => ((await query('parquet')).length > 0 ? rows : 0)],
        ['query as CSV, bytes only', async () => ((await query('csv')).length > 0 ? rows : 0)],
      ];
      const measured: [string, number][] = [];
      for (const [what, work] of ways) {
        measured.push([what, await best(work, rows)]);
        tell(measured.at(-1)?.join(' ') ?? '');
      }
      return {
        head: ['what', 'rows', 'Ensayo, s', 'row objects, s', 'ratio'],
        rows: measured.map(([what, took]) => [what, rows, took, objects, took / objects]),
      };
    } finally {
      ours.close();
      theirs.close();
      await close();
    }
  },
});
