import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { literal, raw, sql } from '#core/sql/sql.ts';
import { home } from '#server/config.ts';
import { openDuckDb } from '#server/engine/duckdb.ts';

const rows = 30_000_000;
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ensayo-large-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('a CSV of 2 GB loads with 2 GB for the engine, and not much more for the process', async () => {
  const path = join(folder, 'snapshots.csv');
  const engine = await openDuckDb({
    path: join(folder, 'maker', 'm.duckdb'),
    threads: 2,
    memoryLimit: '1GB',
    tempDirectory: join(folder, 'maker'),
  });
  await engine.run(sql`COPY (SELECT 'ACCOUNT-' || lpad(CAST(i % 3000000 AS VARCHAR), 20, '0') AS account_id,
    last_day(DATE '2025-01-01' + (i // 3000000) * INTERVAL 1 MONTH) AS as_of,
    CAST((i * 7919) % 100000000 AS DECIMAL(18,2)) / 100 AS balance, 0.00 AS arrears, i % 200 AS days_past_due,
    CAST((i * 104729) % 100000 AS DECIMAL(18,2)) / 100 AS minimum_due, 'open' AS status
    FROM range(${raw(String(rows))}) t(i)) TO ${literal(path)} (FORMAT csv, HEADER)`);
  await engine.close();
  expect(statSync(path).size).toBeGreaterThan(2e9);
  const child = spawnSync(
    process.execPath,
    [
      '--import',
      'tsx',
      join(home, 'test/support/children/measured-load-child.ts'),
      join(folder, 'w'),
      path,
      '2GB',
    ],
    { cwd: home, encoding: 'utf8' },
  );
  expect(child.stderr).toBe('');
  const took = JSON.parse(child.stdout) as {
    error: unknown;
    rows: number;
    seconds: number;
    gigabytes: number;
  };
  process.stdout.write(
    `${took.rows} rows in ${took.seconds.toFixed(0)} s, at most ${took.gigabytes.toFixed(1)} GB\n`,
  );
  expect([took.error, took.rows]).toEqual([null, rows]);
  expect(took.gigabytes).toBeLessThan(3.5);
});
