import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tableFromIPC } from 'apache-arrow';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { raw, sql } from '#core/sql/sql.ts';
import { arrowStream } from '#server/engine/arrow-stream.ts';
import { openDuckDb } from '#server/engine/duckdb.ts';
import type { Engine } from '#server/engine/engine.ts';
import { csvLines, jsonLines } from '#server/engine/rows-as-text.ts';

let folder: string;
let engine: Engine;
const options = () => ({
  path: join(folder, 'w.duckdb'),
  threads: 1,
  memoryLimit: '500MB',
  tempDirectory: join(folder, 'spill'),
});

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ensayo-engine-'));
  engine = await openDuckDb(options());
});
afterEach(async () => {
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('opening a workspace', () => {
  it('twice in one process is refused by name', async () => {
    await expect(openDuckDb(options())).rejects.toMatchObject({ code: 'workspace_already_open' });
  });

  it('again after it was closed works, and what was committed is there', async () => {
    await engine.run(sql`CREATE TABLE kept AS SELECT 1 AS one`);
    await engine.close();
    engine = await openDuckDb(options());
    expect(await engine.rows(sql`SELECT one FROM kept`)).toEqual([{ one: 1 }]);
  });

  it('held by another process is refused by name', async () => {
    const script = `
      import { openDuckDb } from '#server/engine/duckdb.ts';
      try { await openDuckDb(${JSON.stringify(options())}); console.log('opened'); }
      catch (error) { console.log(error.code); }`;
    const { stdout } = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
      encoding: 'utf8',
    });
    expect(stdout.trim()).toBe('workspace_already_open');
  });

  it('left locked by a process that was killed is taken over', async () => {
    await engine.close();
    writeFileSync(`${options().path}.lock`, '999999999');
    engine = await openDuckDb(options());
    expect(await engine.rows(sql`SELECT 1 AS one`)).toEqual([{ one: 1 }]);
  });

  it('that is not a database says so', async () => {
    await engine.close();
    writeFileSync(options().path, 'this is a letter, not a database');
    await expect(openDuckDb(options())).rejects.toMatchObject({ code: 'workspace_unreadable' });
    rmSync(options().path);
    engine = await openDuckDb(options());
  });
});

describe('transactions', () => {
  it('undo everything when the work fails', async () => {
    await engine.run(sql`CREATE TABLE t (n INTEGER)`);
    const failing = engine.transaction(async (session) => {
      await session.run(sql`INSERT INTO t VALUES (1)`);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await engine.rows(sql`SELECT * FROM t`)).toEqual([]);
  });

  it('that write the same row at once all happen', async () => {
    await engine.run(sql`CREATE TABLE counter AS SELECT 0 AS n`);
    const add = () => engine.transaction((session) => session.run(sql`UPDATE counter SET n = n + 1`));
    await Promise.all([add(), add(), add()]);
    expect(await engine.first(sql`SELECT n FROM counter`)).toEqual({ n: 3 });
  });
});

describe('values', () => {
  it('come out exact: money as text, dates as ISO, counts as numbers', async () => {
    const row = await engine.first(
      sql`SELECT 12.30::DECIMAL(18,2) AS m, DATE '2026-02-28' AS d, TIMESTAMP '2026-02-28 01:02:03' AS t, count(*) AS n`,
    );
    expect(row).toEqual({ m: '12.30', d: '2026-02-28', t: '2026-02-28T01:02:03Z', n: 1 });
  });

  it('go in with their kind', async () => {
    const row = await engine.first(
      sql`SELECT typeof(${1}) AS a, typeof(${2.5}) AS b, typeof(${2 ** 40}) AS c`,
    );
    expect(row).toEqual({ a: 'INTEGER', b: 'DOUBLE', c: 'BIGINT' });
  });

  it('arrive as typed columns, null as NaN and -1, categories sorted', async () => {
    const { rows, columns } = await engine.columns(
      raw(
        "SELECT * FROM (VALUES ('b', 1.5, DATE '1970-01-03'), (NULL, NULL, NULL), ('a', 2, DATE '1970-01-02')) t(x, y, z)",
      ),
    );
    expect(rows).toBe(3);
    expect(columns.get('x')).toMatchObject({ categories: ['a', 'b'], codes: Int32Array.of(1, -1, 0) });
    expect([...(columns.get('y') as { values: Float64Array }).values]).toEqual([1.5, Number.NaN, 2]);
    expect([...(columns.get('z') as { values: Float64Array }).values]).toEqual([2, Number.NaN, 1]);
  });
});

const many =
  raw(`SELECT i::INTEGER AS i, CASE WHEN i % 5 > 0 THEN 'ñ' || i END AS t, (i - 7)::DECIMAL(18,2) / 100 AS share,
  ((i - 7) / 100.0)::DECIMAL(18,2) AS m, i % 2 = 0 AS b, DATE '2020-01-01' + i::INTEGER AS d, i::BIGINT AS n,
  CASE WHEN i % 3 > 0 THEN i / 8.0::DOUBLE END AS f FROM range(20000) r(i) ORDER BY i`);

async function collect<T>(pieces: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const piece of pieces) all.push(piece);
  return all;
}

describe('Arrow', () => {
  it('holds what the rows hold, in batches of at most 16,384', async () => {
    const { schema, batches } = await engine.arrow(many);
    const table = tableFromIPC(await collect(arrowStream(schema, batches)));
    expect(table.numRows).toBe(20000);
    expect(table.batches.map(({ numRows }) => numRows)).toEqual([16384, 3616]);
    for (const i of [0, 3, 2047, 2048, 16383, 16384, 19999]) {
      const row = table.get(i)?.toJSON() ?? {};
      expect(row.t).toBe(i % 5 ? `ñ${i}` : null);
      expect(row.b).toBe(i % 2 === 0);
      expect(row.n).toBe(BigInt(i));
      expect(row.f).toBe(i % 3 ? i / 8 : null);
      expect(new Date(row.d).toISOString().slice(0, 10)).toBe(
        new Date(Date.UTC(2020, 0, 1 + i)).toISOString().slice(0, 10),
      );
    }
  });

  it('of no rows still carries its schema', async () => {
    const { schema, batches } = await engine.arrow(raw('SELECT 1 AS one WHERE false'));
    const table = tableFromIPC(await collect(arrowStream(schema, batches)));
    expect(table.schema.fields.map(({ name }) => name)).toEqual(['one']);
  });

  it('turns into CSV and NDJSON with exact money and neutralised formulas', async () => {
    const statement = raw(
      "SELECT '=1+1' AS t, -0.05::DECIMAL(18,2) AS m, DATE '2026-01-31' AS d, NULL::INTEGER AS n",
    );
    const csv = await engine.arrow(statement);
    expect((await collect(csvLines(csv.schema, csv.batches))).join('')).toBe(
      "t,m,d,n\n'=1+1,-0.05,2026-01-31,\n",
    );
    const json = await engine.arrow(statement);
    expect((await collect(jsonLines(json.schema, json.batches))).join('')).toBe(
      '{"t":"=1+1","m":"-0.05","d":"2026-01-31","n":null}\n',
    );
  });
});
