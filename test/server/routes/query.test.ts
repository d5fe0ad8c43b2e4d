import { tableFromIPC } from 'apache-arrow';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Problem } from '#core/contract/common.ts';
import { roles } from '#core/contract/permissions.ts';
import { pageRows } from '#core/contract/query.ts';
import { raw } from '#core/sql/sql.ts';
import { insertSmallBook } from '../../support/books/small-book.ts';
import { startTestServer, type TestServer } from '../../support/servers/server.ts';

let server: TestServer;
let analyst: string;
let owner: string;

beforeAll(async () => {
  server = await startTestServer();
  const { engine } = server.workspace.context;
  await engine.transaction((session) => insertSmallBook(session, 300));
  await engine.run(
    raw(`INSERT INTO contacts (contact_id, customer_id, channel, sent_at, agent_id, load_id, source_row)
    SELECT 'k' || range, 'c000001', 'call', TIMESTAMP '2026-10-01 10:00:00.123456', 'agent ' || range, 1, range FROM range(3)`),
  );
  analyst = await server.token(roles.analyst);
  owner = await server.token();
}, 60_000);
afterAll(() => server?.close());

const post = (path: string, body: unknown, token = owner): Promise<Response> =>
  fetch(`${server.origin}/api/v1${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
const problemOf = async (answer: Response): Promise<Problem> => (await answer.json()) as Problem;

describe('a query', () => {
  it('gives exact values in every format, with the version and the age of the snapshot', async () => {
    const sql = `SELECT CAST(12345678901234.56 AS DECIMAL(18,2)) AS money, DATE '2026-02-28' AS day,
      TIMESTAMP '2026-10-01 10:00:00.123456' AS moment, 'ñ, "q"' AS words, CAST(NULL AS INTEGER) AS nothing,
      9007199254740993 AS large, true AS yes, sum(CAST(range AS INTEGER)) AS total, CAST(-0.05 AS DECIMAL(4,2)) AS small
      FROM range(10)`;
    const csv = await post('/query?format=csv', { sql });
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(csv.headers.get('x-ensayo-data-version')).toMatch(/^[0-9a-f]{64}$/);
    expect(Number(csv.headers.get('x-ensayo-snapshot-age-seconds'))).toBeLessThan(60);
    expect(parse(await csv.text(), { columns: true })).toEqual([
      {
        money: '12345678901234.56',
        day: '2026-02-28',
        moment: '2026-10-01T10:00:00.123456Z',
        words: 'ñ, "q"',
        nothing: '',
        large: '9007199254740993',
        yes: 'true',
        total: '45',
        small: '-0.05',
      },
    ]);
    const json = JSON.parse(await (await post('/query?format=json', { sql })).text());
    expect(json).toMatchObject({
      money: '12345678901234.56',
      nothing: null,
      large: '9007199254740993',
      yes: true,
    });
    const arrow = tableFromIPC(new Uint8Array(await (await post('/query', { sql })).arrayBuffer()));
    const types = Object.fromEntries(arrow.schema.fields.map(({ name, type }) => [name, String(type)]));
    expect(types).toMatchObject({
      money: 'Decimal[18e+2]',
      day: 'Date32<DAY>',
      moment: 'Timestamp<MICROSECOND>',
      large: 'Int64',
      yes: 'Bool',
      total: 'Decimal[38e0]',
    });
    expect(String(arrow.getChild('money')?.get(0))).toBe('1234567890123456');
    expect(arrow.getChild('large')?.get(0)).toBe(9007199254740993n);
    expect(arrow.getChild('nothing')?.get(0)).toBeNull();
    const parquet = Buffer.from(await (await post('/query?format=parquet', { sql })).arrayBuffer());
    expect(parquet.subarray(0, 4).toString()).toBe('PAR1');
    expect(parquet.subarray(-4).toString()).toBe('PAR1');
  });

  it('takes its text and its parameters from an address too, bound and never written in', async () => {
    const sql =
      'SELECT count(*) AS n FROM snapshots WHERE as_of = $day AND days_past_due >= $days AND $words <> account_id';
    const parameters = { day: '2026-10-31', days: 1, words: "' OR 1 = 1 --" };
    const address = `${server.origin}/api/v1/query?format=json&${new URLSearchParams({ sql, parameters: JSON.stringify(parameters) })}`;
    const answer = await fetch(address, { headers: { authorization: `Bearer ${owner}` } });
    const expected = await server.workspace.context.engine.first<{ n: number }>(
      raw(
        "SELECT count(*) AS n FROM current_snapshots WHERE as_of = DATE '2026-10-31' AND days_past_due >= 1",
      ),
    );
    expect(JSON.parse(await answer.text())).toEqual({ n: expected?.n });
    const missing = await problemOf(await post('/query/page', { sql, parameters: { day: '2026-10-31' } }));
    expect(missing).toMatchObject({ code: 'query_parameter_missing', details: { name: 'days' } });
    const unknown = await problemOf(await post('/query/page', { sql: 'SELECT 1', parameters: { x: 1 } }));
    expect(unknown).toMatchObject({ code: 'query_parameter_unknown', details: { name: 'x' } });
    const wrong = await fetch(address.replace(/parameters=.*/, 'parameters=[1'), {
      headers: { authorization: `Bearer ${owner}` },
    });
    expect((await problemOf(wrong)).code).toBe('invalid_input');
  });

  it('fails with the line, the column and a hint, before anything is sent', async () => {
    const answer = await post('/query?format=csv', { sql: "SELECT 'ñandú',\n  acount_id\nFROM accounts" });
    expect(answer.status).toBe(422);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(await problemOf(answer)).toMatchObject({
      code: 'query_failed',
      detail: 'Line 2, column 3: Referenced column "acount_id" not found in FROM clause!',
      fix: 'Did you mean "account_id"?',
      details: { line: 2, column: 3, suggestion: 'account_id' },
    });
    expect(await problemOf(await post('/query', { sql: 'FROM snapshot' }))).toMatchObject({
      code: 'query_unknown_table',
      details: { name: 'snapshot', suggestion: 'snapshots', line: 1, column: 6 },
    });
    const late = await post('/query?format=csv', {
      sql: "SELECT CAST('x' || range AS INTEGER) FROM range(5)",
    });
    expect((await problemOf(late)).code).toBe('query_failed');
  });

  it('a page holds the first rows and says when there are more', async () => {
    const page = await server.client.queries.page({ body: { sql: 'SELECT range AS i FROM range(20000)' } });
    expect(page.rows).toHaveLength(pageRows);
    expect(page).toMatchObject({ more: true, columns: [{ name: 'i', type: 'BIGINT' }] });
    const all = await post('/query?format=csv', { sql: 'SELECT range AS i FROM range(20000)' });
    expect((await all.text()).trim().split('\n')).toHaveLength(20_001);
    const none = await server.client.queries.page({ body: { sql: 'SELECT 1 AS a WHERE false' } });
    expect(none).toMatchObject({ rows: [], more: false, columns: [{ name: 'a', type: 'INTEGER' }] });
  });

  it('hides personal values from who may not see them', async () => {
    const sql = 'SELECT agent_id FROM contacts ORDER BY contact_id';
    const masked = await (await post('/query?format=csv', { sql }, analyst)).text();
    expect(masked).toBe('agent_id\n•••\n•••\n•••\n');
    const whole = await (await post('/query?format=csv', { sql })).text();
    expect(whole).toBe('agent_id\nagent 0\nagent 1\nagent 2\n');
  });

  it('needs its permission', async () => {
    const viewer = await server.token(roles.viewer);
    expect((await post('/query', { sql: 'SELECT 1' }, viewer)).status).toBe(403);
    expect((await fetch(`${server.origin}/api/v1/query?sql=SELECT+1`)).status).toBe(401);
  });
});

describe('snapshots', () => {
  it('are made again when the tables have changed, and the old ones go', async () => {
    const count = async () =>
      (await server.client.queries.page({ body: { sql: 'SELECT count(*) FROM complaints' } })).rows[0]?.[0];
    const before = (await server.client.queries.tables()).snapshot;
    expect(await count()).toBe(0);
    await server.workspace.context.engine.transaction(async (session) => {
      await session.run(
        raw(`INSERT INTO loads (load_id, state, recipe, recipe_hash, files, tables, rejected, simulated, loaded_at, by_principal)
        VALUES (2, 'live', 'test', 'r2', '[{"name":"b","sha256":"1"}]', '[]', 0, true, TIMESTAMP '2026-11-02', 'owner')`),
      );
      await session.run(
        raw(`INSERT INTO complaints (complaint_id, customer_id, occurred_at, channel, topic, load_id, source_row)
        VALUES ('q1', 'c000001', TIMESTAMP '2026-10-01', 'email', 'x', 2, 1)`),
      );
    });
    expect((await server.client.queries.tables()).snapshot).toBeNull();
    expect(await count()).toBe(1);
    const after = (await server.client.queries.tables()).snapshot;
    expect(after?.dataVersion).not.toBe(before?.dataVersion);
    const again = await server.client.queries.snapshot();
    expect(again.takenAt > (after?.takenAt ?? '')).toBe(true);
    expect(await count()).toBe(1);
  });

  it('say what every table and column holds', async () => {
    const { tables } = await server.client.queries.tables();
    expect(tables.length).toBeGreaterThan(18);
    for (const { name, about, columns } of tables) {
      expect(about, name).not.toBeNull();
      for (const column of columns) expect(column.about, `${name}.${column.name}`).not.toBeNull();
    }
  });
});

describe('saved queries', () => {
  it('are saved, changed, read by anybody who may query, and deleted', async () => {
    const chart = { kind: 'bar' as const, x: 'currency', y: 'n', colour: null, aggregate: 'none' as const };
    const body = {
      name: ' Por moneda ',
      sql: 'SELECT currency, count(*) AS n FROM accounts GROUP BY ALL',
      chart,
    };
    const saved = await server.client.queries.save({ body });
    expect(saved).toMatchObject({ name: 'Por moneda', description: '', by: 'owner' });
    const params = { queryId: saved.id };
    await server.client.queries.change({
      params,
      body: { ...body, name: 'Otra', description: 'd', chart: null },
    });
    expect(await server.client.queries.get({ params })).toMatchObject({
      name: 'Otra',
      description: 'd',
      chart: null,
    });
    expect((await server.client.queries.list()).queries.map(({ id }) => id)).toEqual([saved.id]);
    expect((await post('/queries', body, await server.token(roles.viewer))).status).toBe(403);
    await server.client.queries.remove({ params });
    await expect(server.client.queries.get({ params })).rejects.toMatchObject({
      problem: { code: 'not_found' },
    });
    const unnamed = await post('/queries', { ...body, name: '  ' });
    expect((await problemOf(unnamed)).code).toBe('invalid_input');
  });

  it('begin with examples that all run', async () => {
    const { starters } = await server.client.queries.list();
    expect(starters.length).toBeGreaterThanOrEqual(5);
    for (const { sql, chart, title } of starters) {
      const page = await server.client.queries.page({ body: { sql } });
      const names = page.columns.map(({ name }) => name);
      for (const name of [chart?.x, chart?.y, chart?.colour])
        if (name) expect(names, title.en).toContain(name);
    }
  });
});
