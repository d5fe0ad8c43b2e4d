import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Job } from '#core/contract/jobs.ts';
import { sql } from '#core/sql/sql.ts';
import { previewFiles } from '#server/jobs/previewing/preview.ts';
import { type Loaded, runJob } from '../../support/files/load.ts';
import { startPostgres } from '../../support/servers/postgres.ts';
import { openTestWorkspace, type TestWorkspace } from '../../support/workspace.ts';

const server = await startPostgres();

describe.skipIf(!server)('a query of PostgreSQL', () => {
  if (!server) return;
  let workspace: TestWorkspace;
  const before = process.env.PGPASSWORD;
  const payments = `${server.address()}#payments`;

  beforeAll(async () => {
    process.env.PGPASSWORD = server.password;
    server.run(`
      CREATE TABLE pagos (id text, cuenta text, cuando timestamptz, valor numeric, medio text);
      INSERT INTO pagos VALUES
        ('P1', 'A1', '2026-01-31 13:05:09.5-05', 1234567890123456.78, 'a "b", c'),
        ('P2', 'A1', '2026-02-01', 0.1, NULL), ('P3', 'ñ', '2026-02-02', 5, E'two\\nlines');
      CREATE TABLE many AS SELECT 'P' || i AS payment_id, 'A' AS account_id, DATE '2026-01-01' AS paid_at,
        1.5 AS amount, repeat('x', 200) AS method FROM generate_series(1, 400000) i;
      CREATE ROLE reader LOGIN PASSWORD 'another';
    `);
    workspace = await openTestWorkspace();
  });
  afterAll(async () => {
    if (before === undefined) delete process.env.PGPASSWORD;
    else process.env.PGPASSWORD = before;
    await workspace?.close();
    server.stop();
  });

  const all =
    'SELECT id AS payment_id, cuenta AS account_id, cuando AS paid_at, valor AS amount, medio AS method FROM pagos ORDER BY 1';
  const load = (query: string | undefined, file = payments): Promise<Job> =>
    runJob(workspace, 'load', { file, recipe: 'ensayo', maxRejectedShare: 0, query });
  const failure = async (query: string | undefined, file = payments) => {
    const { error, state } = await load(query, file);
    expect(state).not.toBe('done');
    const rows = await workspace.context.engine.first<{ n: number }>(
      sql`SELECT count(*) AS n FROM information_schema.tables WHERE table_name LIKE 'staging_%'`,
    );
    expect(rows?.n).toBe(0);
    const staging = join(workspace.folder, 'staging');
    expect(existsSync(staging) ? readdirSync(staging) : []).toEqual([]);
    return error;
  };

  it('is looked at first, with a remark at its end as well', async () => {
    const { groups } = await previewFiles(workspace.context, {
      files: [payments],
      source: { query: `${all} -- by month` },
      unmasked: true,
    });
    expect(groups[0]).toMatchObject({ rows: 3, whole: true });
  });

  it('loads its rows exactly, once', async () => {
    const first = await load(all);
    expect(first.error).toBeNull();
    expect((first.result as Loaded).load).toMatchObject({
      rejected: 0,
      tables: [{ table: 'payments', rows: 3 }],
    });
    const rows = await workspace.context.engine.rows(
      sql`SELECT payment_id, account_id, CAST(paid_at AS VARCHAR) AS paid_at, CAST(amount AS VARCHAR) AS amount, method FROM current_payments ORDER BY payment_id`,
    );
    expect(rows).toEqual([
      {
        payment_id: 'P1',
        account_id: 'A1',
        paid_at: '2026-01-31 18:05:09.5',
        amount: '1234567890123456.78',
        method: 'a "b", c',
      },
      { payment_id: 'P2', account_id: 'A1', paid_at: '2026-02-01 00:00:00', amount: '0.10', method: null },
      {
        payment_id: 'P3',
        account_id: 'ñ',
        paid_at: '2026-02-02 00:00:00',
        amount: '5.00',
        method: 'two\nlines',
      },
    ]);
    const again = await load(all);
    expect((again.result as Loaded).unchanged).toBe(true);
  });

  it('rejects what is no date or amount in words', async () => {
    const strange = `SELECT 'X1' AS payment_id, 'A' AS account_id, 'infinity'::timestamp AS paid_at, 'NaN'::numeric AS amount`;
    const error = await failure(strange);
    expect(error).toMatchObject({ code: 'load_too_many_rejects' });
    const rejects = JSON.parse(String(error?.details?.rejects)) as { reason: string; value: string }[];
    expect(rejects.map(({ reason, value }) => [value, reason])).toEqual(
      expect.arrayContaining([
        ['NaN', 'reject_not_a_number'],
        ['infinity', 'reject_not_a_date'],
      ]),
    );
  });

  it.each([
    ['two statements', `${all}; SELECT 1`, /multiple commands|syntax/],
    ['an escape from the copy', "SELECT 1) TO PROGRAM 'true'; COPY (SELECT 2", /syntax|multiple/],
    ['a write', 'DELETE FROM pagos', /syntax error/],
    ['a write inside', 'WITH gone AS (DELETE FROM pagos RETURNING *) SELECT * FROM gone', /data-modifying/],
    ['a write by a function', "SELECT setval('s', 1)", /does not exist|read-only/],
    ['a table that is not there', 'SELECT * FROM nowhere', /nowhere/],
    ['a division by zero', 'SELECT 1 / (id = $$x$$)::int FROM pagos', /division by zero/],
  ])('refuses %s', async (_, query, words) => {
    const error = await failure(query);
    expect(error?.code).toBe('load_postgres_query');
    expect(error?.message).toMatch(words);
    expect(server.run('SELECT count(*) FROM pagos').trim()).toBe('3');
  });

  it('points at the place that is wrong', async () => {
    const error = await failure('SELECT id,\n  valro FROM pagos');
    expect(error?.details).toMatchObject({ position: 14, near: expect.stringContaining('valro') });
  });

  it('asks for a query', async () => {
    expect((await failure(undefined))?.code).toBe('load_postgres_no_query');
  });

  it('says who was not let in', async () => {
    const error = await failure(all, `${server.address('reader')}#payments`);
    expect(error).toMatchObject({ code: 'load_postgres_refused', details: { user: 'reader' } });
    expect(JSON.stringify(error)).not.toContain(server.password);
  });

  it.each([
    ['a port where nobody listens', 'postgresql://owner@127.0.0.1:1/postgres', 'load_postgres_unreachable'],
    [
      'a database that is not there',
      `postgresql://owner@127.0.0.1:${server.port}/nowhere`,
      'load_postgres_refused',
    ],
    [
      'a password in it',
      `postgresql://owner:secret@127.0.0.1:${server.port}/postgres`,
      'load_postgres_password',
    ],
    ['a password behind it', `${server.address()}?password=secret`, 'load_postgres_password'],
    ['no user', `postgresql://127.0.0.1:${server.port}/postgres`, 'load_postgres_address'],
    ['an option that is not let through', `${server.address()}?options=-c%20x`, 'load_postgres_address'],
    [
      'a certificate that is not its own',
      `${server.address()}?sslmode=verify-full`,
      'load_postgres_unreachable',
    ],
    [
      'a certificate file that is not there',
      `${server.address()}?sslmode=verify-full&sslrootcert=/nowhere`,
      'load_postgres_address',
    ],
  ])('refuses an address with %s', async (_, address, code) => {
    const error = await failure(all, `${address}#payments`);
    expect(error?.code).toBe(code);
    expect(JSON.stringify(error)).not.toContain('secret');
  });

  it('speaks TLS, with the certificate checked where that is asked', async () => {
    const trusting = `${server.address()}?sslmode=verify-full&sslrootcert=${server.certificate}#payments`;
    const encrypted = `SELECT CASE WHEN ssl THEN 'S1' END AS payment_id, 'A' AS account_id, DATE '2026-01-01' AS paid_at, 1 AS amount FROM pg_stat_ssl WHERE pid = pg_backend_pid()`;
    expect((await load(encrypted, trusting)).error).toBeNull();
  });

  const isCopying = () =>
    server.run("SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'COPY%'").trim() !== '0';
  const slow = 'SELECT many.*, pg_sleep(0.0001) IS NULL AS waited FROM many';

  it('a connection cut in the middle loads nothing', async () => {
    const failing = failure(slow);
    while (!isCopying()) await sleep(20);
    await sleep(300);
    server.cut();
    expect(await failing).toMatchObject({ code: 'load_postgres_cut' });
  });

  it('a cancel ends the query at the database too', async () => {
    const { jobs } = workspace.context;
    const { id } = await jobs.submit({
      kind: 'load',
      input: { file: payments, recipe: 'ensayo', maxRejectedShare: 0, query: 'SELECT pg_sleep(60)' },
      by: 'owner',
    });
    while (!isCopying()) await sleep(20);
    await jobs.cancel(id);
    const job = await jobs.finished(id);
    expect(job.state).toBe('cancelled');
    await sleep(100);
    expect(isCopying()).toBe(false);
  });

  it('no file of the workspace holds the password', () => {
    const files = readdirSync(workspace.folder, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    const holding = files.filter((entry) =>
      readFileSync(join(entry.parentPath, entry.name)).includes(server.password),
    );
    expect(holding).toEqual([]);
    expect(files.length).toBeGreaterThan(0);
  });
});
