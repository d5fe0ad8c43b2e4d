import { createHash } from 'node:crypto';
import { existsSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { DomainError } from '#core/errors/domain-error.ts';
import { sql } from '#core/sql/sql.ts';
import { type ExploreWorkspace, openExploreWorkspace } from '../../support/explore.ts';

let workspace: ExploreWorkspace;
let before: string;

/** What the database holds and which files stand in the workspace. */
async function fingerprint(): Promise<string> {
  const { context, folder } = workspace;
  const held = await context.engine.rows(sql`SELECT table_name, estimated_size, column_count
    FROM duckdb_tables() ORDER BY table_name`);
  const rows =
    await context.engine.rows(sql`SELECT md5(string_agg(CAST(s AS VARCHAR), '|' ORDER BY account_id, as_of)) AS all_rows
    FROM current_snapshots s`);
  const files = readdirSync(folder).filter((name) => !name.startsWith('spill') && !name.endsWith('.wal'));
  return createHash('md5')
    .update(JSON.stringify([held, rows, files]))
    .digest('hex');
}

beforeAll(async () => {
  workspace = await openExploreWorkspace();
  await workspace.page('SELECT 1');
  await workspace.page('SELECT 1', false);
  before = await fingerprint();
});
afterAll(() => workspace?.close());

/** After each attack the server answers, and nothing has changed. */
afterEach(async () => {
  const { rows } = await workspace.page('SELECT count(*) FROM accounts');
  expect(rows).toEqual([[440]]);
  expect(await fingerprint()).toBe(before);
});

const failure = (query: string, format: 'page' | 'csv' | 'parquet' = 'page'): Promise<DomainError> =>
  workspace.bytes(query, format).then(
    (bytes) => {
      throw new Error(`answered: ${bytes.subarray(0, 200)}`);
    },
    (error: DomainError) => error,
  );

describe('more than one statement, or another kind', () => {
  it.each([
    ['SELECT 1; DROP VIEW accounts', 'query_several_statements'],
    ['COMMIT; DROP TABLE accounts', 'query_several_statements'],
    ['BEGIN; SELECT 1; COMMIT', 'query_several_statements'],
    ['SELECT 1;;SELECT 2', 'query_several_statements'],
    ['COMMIT', 'query_not_reading'],
    ['DROP VIEW accounts', 'query_not_reading'],
    ['CREATE TEMP TABLE t AS SELECT 1', 'query_not_reading'],
    ['CREATE MACRO accounts() AS 1', 'query_not_reading'],
    ['CREATE OR REPLACE VIEW accounts AS SELECT 1', 'query_not_reading'],
    ['INSERT INTO accounts SELECT * FROM accounts', 'query_not_reading'],
    ['WITH x AS (SELECT 1) DELETE FROM accounts', 'query_not_reading'],
    ["COPY (SELECT 1) TO '/tmp/ensayo-attack.csv'", 'query_not_reading'],
    ["COPY accounts FROM '/etc/passwd'", 'query_not_reading'],
    ["ATTACH '/tmp/ensayo-attack.db' AS other", 'query_not_reading'],
    ['INSTALL httpfs', 'query_not_reading'],
    ['LOAD httpfs', 'query_not_reading'],
    ['SET memory_limit = 1', 'query_not_reading'],
    ['RESET enable_external_access', 'query_not_reading'],
    ['PRAGMA database_list', 'query_not_reading'],
    ["PREPARE p AS SELECT * FROM read_text('/etc/passwd')", 'query_not_reading'],
    ['EXECUTE p', 'query_not_reading'],
    ['EXPORT DATABASE x', 'query_failed'],
    ['VACUUM', 'query_not_reading'],
    ['CALL pragma_version()', 'query_not_reading'],
    ['EXPLAIN DROP VIEW accounts', 'query_not_reading'],
    ['EXPLAIN ANALYZE INSERT INTO accounts SELECT 1', 'query_not_reading'],
    ["/* x */ EXPLAIN SELECT * FROM read_text('/etc/passwd')", 'query_not_reading'],
    ["EXPLAIN ANALYZE SELECT * FROM read_text('/etc/passwd')", 'query_function_refused'],
    ['/* /* */ DROP VIEW accounts */', 'query_empty'],
    ['-- nothing', 'query_empty'],
    ['; ;', 'query_empty'],
    [' \n', 'query_empty'],
    ['SELECT 1 /* ; */ ; -- ;\nDROP VIEW accounts', 'query_several_statements'],
    ['SELECT 1\u2028; DROP VIEW accounts', 'query_several_statements'],
    ['ＳＥＬＥＣＴ 1', 'query_failed'],
    ['SELECT 1\u0000; DROP VIEW accounts', 'query_not_reading'],
    ['PIVOT accounts ON currency USING count(*)', 'query_not_reading'],
  ])('%s', async (query, code) => {
    expect((await failure(query)).code).toBe(code);
  });
});

describe('files, network, surroundings', () => {
  it.each([
    "SELECT * FROM query('SELECT * FROM accounts; DROP VIEW accounts')",
    "SELECT * FROM query_table('accounts')",
    "SELECT * FROM read_csv('/etc/passwd')",
    "SELECT * FROM read_text('/proc/self/environ')",
    "SELECT * FROM read_blob('/proc/self/environ')",
    "SELECT * FROM glob('/**')",
    "FROM '/etc/passwd'",
    "FROM 'https://example.com/x.parquet'",
    "SELECT * FROM read_json('https://example.com')",
    "SELECT getenv('PATH')",
    'SELECT * FROM duckdb_settings()',
    'SELECT * FROM duckdb_secrets()',
    'SELECT * FROM duckdb_extensions()',
    "SELECT current_setting('allowed_directories')",
    "SELECT * FROM sniff_csv('/etc/passwd')",
    "SELECT * FROM enable_logging(storage_path = '/tmp/ensayo-attack')",
    "FROM parquet_metadata('/etc/passwd')",
    'SELECT * FROM information_schema.no_such',
    'FROM pg_catalog.pg_views',
  ])('%s', async (query) => {
    for (const format of ['page', 'parquet'] as const)
      expect((await failure(query, format)).code).toMatch(/^query_(function_refused|unknown_table)$/);
  });

  it('reads neither the database, nor the other snapshot, nor its own by path', async () => {
    const { folder } = workspace;
    const snapshots = readdirSync(join(folder, 'explore/snapshots'));
    expect(snapshots).toHaveLength(2);
    const paths = [
      join(folder, 'ensayo.duckdb'),
      ...snapshots.map((name) => join(folder, 'explore/snapshots', name, 'accounts.parquet')),
    ];
    for (const path of paths) {
      expect(existsSync(path)).toBe(true);
      expect((await failure(`FROM '${path}'`)).code).toBe('query_unknown_table');
      expect((await failure(`FROM read_parquet('${path}')`)).code).toBe('query_function_refused');
    }
  });

  it('a Parquet answer cannot be turned into a file elsewhere', async () => {
    for (const query of [
      "SELECT 1) TO '/tmp/ensayo-attack.parquet' --",
      "SELECT 1) TO '/tmp/ensayo-attack.parquet'; COPY (SELECT 1",
    ])
      expect((await failure(query, 'parquet')).code).toMatch(/^query_/);
    expect(existsSync('/tmp/ensayo-attack.parquet')).toBe(false);
  });

  it('a symbolic link in the folder of a snapshot gives nothing by name', async () => {
    const [name] = readdirSync(join(workspace.folder, 'explore/snapshots'));
    const inside = join(workspace.folder, 'explore/snapshots', name as string);
    writeFileSync(join(workspace.folder, 'explore', 'secret.csv'), 'a\nsecret\n');
    symlinkSync(join(workspace.folder, 'explore', 'secret.csv'), join(inside, 'link.csv'));
    expect((await failure(`FROM '${join(inside, 'link.csv')}'`)).code).toBe('query_unknown_table');
  });
});

describe('too much', () => {
  it.each([
    ['time', 'WITH RECURSIVE r AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM r) SELECT max(i) FROM r'],
    [
      'a cross join',
      'SELECT sum(hash(a.range + b.range + c.range)) FROM range(1000000) a, range(1000000) b, range(1000000) c',
    ],
    ['waiting', 'SELECT pg_sleep(60)'],
  ])(
    '%s ends at the limit of time',
    async (_what, query) => {
      const began = performance.now();
      expect((await failure(query)).code).toMatch(/^query_(too_slow|failed|too_much_memory)$/);
      expect(performance.now() - began).toBeLessThan(6000);
    },
    15_000,
  );

  it.each([
    ['a long text', "SELECT length(repeat('x', 1000000000)), count(*) FROM range(8) GROUP BY ALL"],
    ['long texts', "SELECT list(repeat('x', 10000000) || range) FROM range(1000)"],
    [
      'a large hash table',
      'SELECT count(*) FROM (SELECT DISTINCT md5(CAST(range AS VARCHAR)) FROM range(100000000))',
    ],
    ['a text sent whole', "SELECT repeat('x', 900000000)"],
    ['a list', 'SELECT list(range) FROM range(1000000000)'],
  ])(
    '%s ends at the limit of memory or time',
    async (_what, query) => {
      const { code } = await failure(query);
      expect(code).toMatch(/^query_(too_much_memory|too_slow|failed|died)$/);
    },
    20_000,
  );

  it('deep nesting', async () => {
    const deep = `SELECT ${'('.repeat(40_000)}1${')'.repeat(40_000)}`;
    expect((await failure(deep)).code).toBe('query_failed');
    expect((await failure(`SELECT 1${' + 1'.repeat(20_000)}`)).code).toBe('query_failed');
    expect((await failure('SELECT 1 '.repeat(20_000))).code).toBe('query_too_long');
    const unions = Array.from({ length: 3000 }, () => 'SELECT 1').join(' UNION ALL ');
    await workspace.page(unions).catch((error: DomainError) => expect(error.code).toMatch(/^query_/));
  }, 20_000);

  it('a result without end is a page of rows, and a download that stops where its reader stops', async () => {
    const page = await workspace.page('SELECT * FROM range(1000000000)');
    expect(page.rows).toHaveLength(10_000);
    expect(page.more).toBe(true);
    const { body } = await workspace.ask('SELECT * FROM range(1000000000)', 'csv');
    const first = await body.next();
    expect(first.done).toBe(false);
    await body.return(undefined);
  });

  it('a file too large for the disk it may take', async () => {
    const query = 'SELECT random() AS a, random() AS b FROM range(2000000000)';
    expect((await failure(query, 'parquet')).code).toMatch(/^query_(too_much_memory|too_slow)$/);
  }, 90_000);
});
