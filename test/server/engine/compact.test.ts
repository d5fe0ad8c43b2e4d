import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { raw, sql } from '#core/sql/sql.ts';
import { openDuckDb } from '#server/engine/duckdb.ts';
import type { Engine } from '#server/engine/engine.ts';

let folder: string;
let path: string;
let engine: Engine;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ensayo-compact-'));
  path = join(folder, 'w.duckdb');
  engine = await openDuckDb({
    path,
    threads: 1,
    memoryLimit: '500MB',
    tempDirectory: join(folder, 'spill'),
  });
  await engine.run(raw('CREATE TABLE known (id INTEGER PRIMARY KEY, person VARCHAR, body JSON NOT NULL)'));
  await engine.run(
    raw(`INSERT INTO known SELECT range, 'C' || lpad(range::VARCHAR, 8, '0'), '{}' FROM range(50000)`),
  );
  await engine.run(raw(`CREATE TABLE few AS SELECT id, person FROM known WHERE id BETWEEN 770 AND 780`));
  await engine.run(raw('CREATE VIEW current_known AS SELECT k.* FROM known k WHERE id > 0'));
});
afterEach(async () => {
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Seen as it is in the file only where the engine has not packed the text. */
const person = 'C00000777';
const holds = (text: string): boolean => readFileSync(path).includes(text);

describe('writing the database anew', () => {
  it('is needed: a deleted row stays in the file after a checkpoint', async () => {
    await engine.run(raw('CHECKPOINT'));
    expect(holds(person)).toBe(true);
    for (const table of ['known', 'few']) await engine.run(raw(`DELETE FROM ${table} WHERE id = 777`));
    await engine.run(raw('CHECKPOINT'));
    expect(holds(person)).toBe(true);
  });

  it('leaves nothing of a deleted row, keeps the others with their keys and views', async () => {
    await engine.run(raw('CHECKPOINT'));
    for (const table of ['known', 'few']) await engine.run(raw(`DELETE FROM ${table} WHERE id = 777`));
    await engine.compact();
    expect(holds(person)).toBe(false);
    expect([existsSync(`${path}.wal`), existsSync(`${path}.compact`)]).toEqual([false, false]);
    expect(await engine.first(sql`SELECT CAST(count(*) AS BIGINT) AS n FROM current_known`)).toEqual({
      n: 49_998,
    });
    await expect(engine.run(raw(`INSERT INTO known VALUES (7, 'x', '{}')`))).rejects.toThrow(
      /[Dd]uplicate key/,
    );
    await engine.run(raw(`INSERT INTO known VALUES (60000, 'x', '{}')`));
    await engine.close();
    engine = await openDuckDb({
      path,
      threads: 1,
      memoryLimit: '500MB',
      tempDirectory: join(folder, 'spill'),
    });
    expect(await engine.first(sql`SELECT CAST(count(*) AS BIGINT) AS n FROM known`)).toEqual({ n: 50_000 });
  });

  it('loses nothing that others write meanwhile, and waits for a reader', async () => {
    const { batches } = await engine.arrow(raw('SELECT * FROM known ORDER BY id'));
    const compacting = engine.compact();
    const writes = Array.from({ length: 20 }, (_, i) =>
      engine.transaction((session) =>
        session.run(sql`INSERT INTO known VALUES (${100_000 + i}, 'later', '{}')`),
      ),
    );
    let rows = 0;
    for await (const batch of batches) rows += batch.numRows;
    expect(rows).toBe(50_000);
    await Promise.all([compacting, ...writes]);
    expect(await engine.first(sql`SELECT CAST(count(*) AS BIGINT) AS n FROM known`)).toEqual({ n: 50_020 });
  });
});
