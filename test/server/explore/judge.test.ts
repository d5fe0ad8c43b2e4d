import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSandbox, type SandboxSession } from '#server/engine/sandbox.ts';
import { judge } from '#server/explore/judge.ts';

const tables = new Set(['accounts', 'snapshots']);
let folder: string;
let session: SandboxSession;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ensayo-judge-'));
  const sandbox = await openSandbox({
    folder,
    tables: [],
    out: folder,
    spill: folder,
    memoryLimit: '100MB',
    spillLimit: '1MB',
    threads: 1,
  });
  session = await sandbox.connect();
});
afterAll(() => {
  session.close();
  rmSync(folder, { recursive: true });
});

const judged = async (sql: string) => judge(await session.tree(sql), tables);

describe('what may be asked', () => {
  it.each([
    'SELECT * FROM accounts',
    'FROM Accounts SELECT count(*)',
    'SELECT * FROM main.accounts a JOIN "snapshots" USING (account_id)',
    'WITH x AS (SELECT 1), y AS (FROM x) SELECT * FROM y, range(3), generate_series(1, 2), unnest([1])',
    'WITH RECURSIVE r AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM r WHERE i < 5) FROM r',
    "PIVOT accounts ON currency IN ('USD') USING sum(credit_limit)",
    'SELECT lag(x) OVER (ORDER BY y) FROM (VALUES (1, 2)) v(x, y)',
    'DESCRIBE accounts',
    'SUMMARIZE SELECT 1',
    'SHOW TABLES',
    'SELECT table_name FROM information_schema.columns',
    "SELECT 'read_csv(''/etc/passwd'')', md5('x'), regexp_replace('a', 'b', 'c')",
    '/* one */ SELECT 1 -- two',
  ])('%s', async (sql) => {
    const tree = await session.tree(sql);
    expect(tree).not.toBeNull();
    expect(judge(tree, tables)).toBeNull();
  });
});

describe('functions that are refused', () => {
  it.each([
    ["SELECT * FROM query('SELECT 1')", 'query'],
    ["SELECT * FROM QUERY_TABLE('accounts')", 'query_table'],
    ["SELECT * FROM read_csv('/etc/passwd')", 'read_csv'],
    ["SELECT * FROM system.main.read_parquet('x')", 'read_parquet'],
    ["SELECT (SELECT content FROM read_text('/etc/passwd'))", 'read_text'],
    ["WITH a AS (SELECT * FROM glob('/*')) FROM a", 'glob'],
    ["SELECT 1 WHERE EXISTS (FROM parquet_metadata('x'))", 'parquet_metadata'],
    ["SELECT * FROM accounts ORDER BY (SELECT max(file) FROM glob('*'))", 'glob'],
    ['SELECT * FROM duckdb_settings()', 'duckdb_settings'],
    ['SELECT * FROM accounts UNION ALL SELECT * FROM duckdb_secrets()', 'duckdb_secrets'],
    ['FROM duckdb_views()', 'duckdb_views'],
    ["SELECT current_setting('allowed_directories')", 'current_setting'],
    ['SELECT "Current_Setting"(\'threads\')', 'current_setting'],
    ["SELECT ('threads').current_setting()", 'current_setting'],
    ["SELECT list_transform(['threads'], x -> current_setting(x))", 'current_setting'],
    ["SELECT getenv('HOME')", 'getenv'],
    ["SELECT sum(1) FILTER (WHERE getvariable('x') IS NULL)", 'getvariable'],
    ["SELECT json_serialize_plan('SELECT 1')", 'json_serialize_plan'],
    ["FROM json_execute_serialized_sql('{}')", 'json_execute_serialized_sql'],
    ["SELECT * FROM enable_logging(storage = 'file')", 'enable_logging'],
    ['FROM force_checkpoint()', 'force_checkpoint'],
    ["SELECT * FROM sniff_csv('/etc/passwd')", 'sniff_csv'],
    ["DESCRIBE SELECT * FROM read_text('x')", 'read_text'],
    ["SUMMARIZE FROM read_blob('x')", 'read_blob'],
    ['PIVOT (FROM duckdb_memory()) ON tag IN (1) USING sum(1)', 'duckdb_memory'],
  ])('%s', async (sql, name) => {
    expect(await judged(sql)).toMatchObject({ code: 'query_function_refused', name });
  });
});

describe('tables that are not there', () => {
  it.each([
    ["SELECT * FROM '/etc/passwd'", '/etc/passwd'],
    ['SELECT * FROM "x.parquet"', 'x.parquet'],
    ["FROM 's3://bucket/x.csv'", 's3://bucket/x.csv'],
    ['SELECT * FROM sqlite_master', 'sqlite_master'],
    ['SELECT * FROM pg_catalog.pg_settings', 'pg_settings'],
    ['FROM duckdb_columns', 'duckdb_columns'],
    ['DESCRIBE duckdb_views', 'duckdb_views'],
    ['SHOW DATABASES', '"databases"'],
    ['SELECT (WITH sqlite_master AS (SELECT 1 AS x) SELECT 1), * FROM sqlite_master', 'sqlite_master'],
    ['SELECT * FROM accоunts', 'accоunts'],
  ])('%s', async (sql, name) => {
    expect(await judged(sql)).toMatchObject({ code: 'query_unknown_table', name });
  });
});

it.each([
  'DROP TABLE x',
  'COPY (SELECT 1) TO x',
  'PRAGMA version',
  'CALL range(1)',
  'SET threads = 1',
  'selec 1',
])('what is not a SELECT has no tree: %s', async (sql) => {
  expect(await session.tree(sql)).toBeNull();
});
