import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Condition } from '#core/segment/condition.ts';
import { readSize, type SizeRow, sizeOf } from '#core/segment/size.ts';
import { raw, sql } from '#core/sql/sql.ts';
import type { Engine } from '#server/engine/engine.ts';
import { freezeSegment } from '#server/jobs/segmenting/freeze.ts';
import { currentFacts, pickReady } from '#server/jobs/segmenting.ts';
import { readingFacts } from '#server/store/segments/prepared.ts';
import { insertScores, insertSmallBook } from '../../support/books/small-book.ts';
import { startTestServer, type TestServer } from '../../support/servers/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const late: Condition = { column: 'days_past_due', is: 'between', from: 1, to: 30 };
const failure = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: { problem: { code: string; status: number; detail: string } }) => error.problem,
  );

describe('segments over HTTP', () => {
  it('need balances', async () => {
    expect(await failure(server.client.segments.preview({ body: { condition: late } }))).toMatchObject({
      code: 'no_snapshots',
      status: 409,
    });
    expect(await server.client.segments.list()).toEqual({ segments: [] });
  });

  it('know what they can be made of', async () => {
    await server.workspace.context.engine.transaction(async (session) => {
      await insertSmallBook(session, 500);
      await insertScores(session, '2026-10-31');
    });
    const { columns } = await server.client.segments.columns();
    const named = (name: string) => columns.find((column) => column.name === name);
    expect(named('days_past_due')).toMatchObject({ type: 'number', minimum: 0, maximum: 57, values: null });
    expect(named('bucket')).toMatchObject({
      type: 'category',
      values: expect.arrayContaining(['0', '1-29', '30-59']),
    });
    expect(named('self-cure')).toMatchObject({ type: 'score' });
    expect(named('hardship')).toMatchObject({
      type: 'flag',
      title: { es: 'dificultad económica', en: 'hardship' },
    });
    expect(
      columns.some(({ name }) => ['sex', 'education', 'marital_status', 'birth_year'].includes(name)),
    ).toBe(false);
  });

  it('are counted before they are saved, and frozen when they are', async () => {
    const { engine } = server.workspace.context;
    const condition: Condition = { all: [late, { score: 'self-cure', to: 0.9 }] };
    const preview = await server.client.segments.preview({ body: { condition } });
    const saved = await server.client.segments.create({ body: { name: 'Mora temprana', condition } });
    expect(saved.size).toEqual(preview);
    expect(saved.size.description.en).toBe(
      'days past due from 1 to 29 and score of “Cure under the current policy” under 90%',
    );
    expect(saved.size.arrears.map((row) => row.currency)).toEqual(['COP', 'MXN']);
    const frozen = await engine.first(
      sql`SELECT CAST(count(*) AS BIGINT) AS accounts, CAST(count(DISTINCT customer_id) AS BIGINT) AS customers FROM segment_members WHERE segment_id = ${saved.id}`,
    );
    expect(frozen).toEqual({ accounts: preview.accounts, customers: preview.customers });
    expect(await engine.rows(raw(preview.sql))).toHaveLength(preview.accounts);
    expect(await server.client.segments.get({ params: { segmentId: saved.id } })).toEqual(saved);
    expect((await server.client.segments.list()).segments).toEqual([saved]);
  });

  it.each<[string, object, string]>([
    [
      'an amount without a currency',
      { column: 'balance', is: 'between', from: 500 },
      'amount_without_currency',
    ],
    ['an unknown column', { column: 'salary', is: 'present' }, 'unknown_segment_column'],
    ['an unknown score', { score: 'luck', from: 0.5 }, 'unknown_segment_score'],
    ['no condition', { what: 1 }, 'invalid_input'],
    [
      'an amount no column holds',
      { column: 'balance', is: 'between', to: 1e17, currency: 'COP' },
      'number_too_large',
    ],
    [
      'an amount in powers of ten',
      { column: 'balance', is: 'between', to: 1e21, currency: 'COP' },
      'number_too_large',
    ],
    ['days without end', { column: 'days_past_due', is: 'between', to: 1e20 }, 'number_too_large'],
    [
      'thousands of conditions in one another',
      Array.from({ length: 3000 }).reduce<object>((inner) => ({ not: inner }), late),
      'invalid_input',
    ],
  ])('refuse %s and save nothing', async (_, condition, code) => {
    const body = { name: 'x', condition: condition as Condition };
    expect(await failure(server.client.segments.create({ body }))).toMatchObject({ code, status: 422 });
    expect((await server.client.segments.list()).segments).toHaveLength(1);
  });

  it('count the largest numbers that fit', async () => {
    const most: Condition = { column: 'balance', is: 'between', to: 9_999_999_999_999_998, currency: 'COP' };
    expect((await server.client.segments.preview({ body: { condition: most } })).accounts).toBeGreaterThan(0);
  });

  it('are frozen with the figures of the accounts that are written, whatever comes in meanwhile', async () => {
    const { context } = server.workspace;
    const condition: Condition = { column: 'days_since_contact', is: 'missing' };
    const { id } = await server.client.segments.create({ body: { name: 'never', condition } });
    const put = (name: string, delivered: string) =>
      raw(`INSERT INTO contacts (contact_id, customer_id, channel, style, sent_at, delivered, load_id, source_row)
        SELECT '${name}' || customer_id, customer_id, 'sms', 'neutral', TIMESTAMP '2026-01-01', ${delivered}, load_id, 900000 + row_number() OVER ()
        FROM (SELECT customer_id, min(load_id) AS load_id FROM accounts GROUP BY 1 ORDER BY 1 LIMIT 40)`);
    let between = async () => {
      await context.engine.run(put('q', 'true'));
    };
    const engine: Engine = {
      ...context.engine,
      transaction: async (work) => {
        await between();
        between = async () => {};
        return context.engine.transaction(work);
      },
    };
    await context.engine.run(put('b', 'false'));
    const before = await server.client.segments.preview({ body: { condition } });
    const freeze = await freezeSegment({ ...context, engine }, id, 'owner');
    const written = await context.engine.first(
      sql`SELECT CAST(count(*) AS BIGINT) AS accounts, CAST(count(DISTINCT customer_id) AS BIGINT) AS customers FROM segment_members WHERE segment_id = ${id}`,
    );
    expect({ accounts: freeze.accounts, customers: freeze.customers }).toEqual(written);
    expect(before.customers - freeze.customers).toBe(40);
    const { size } = await server.client.segments.get({ params: { segmentId: id } });
    expect([size.accounts, size.arrears]).toEqual([freeze.accounts, freeze.arrears]);
    const received: Condition = { style: 'neutral', is: 'received' };
    expect(await server.client.segments.preview({ body: { condition: received } })).toMatchObject({
      customers: 40,
    });
  });

  it('are counted while events come in: what a count was given stays until it is done, and only what changed is made anew', async () => {
    const { context } = server.workspace;
    const { engine } = context;
    const recent: Condition = { all: [late, { column: 'days_since_contact', is: 'present' }] };
    const made = () =>
      engine.rows(
        raw(
          "SELECT database_name AS place, table_name AS name FROM duckdb_tables() WHERE database_name LIKE 'segment_facts_%' ORDER BY ALL",
        ),
      );
    const preview = () => server.client.segments.preview({ body: { condition: recent } });
    const first = await preview();
    const places = new Set((await made()).map(({ place }) => place));
    let counted = first.accounts;
    const given = await readingFacts(context, async () => {
      const picked = await pickReady(context, await currentFacts(context), recent);
      for (const i of [1, 2, 3]) {
        await engine.run(
          raw(`INSERT INTO contacts (contact_id, customer_id, channel, sent_at, load_id, source_row)
            SELECT 'z${i}' || customer_id, customer_id, 'sms', TIMESTAMP '2026-01-01', load_id, ${950_000 + i * 1000} + row_number() OVER ()
            FROM (SELECT customer_id, min(load_id) AS load_id FROM accounts GROUP BY 1 ORDER BY 1 LIMIT ${40 + i * 20})`),
        );
        const next = await preview();
        expect(next.accounts).toBeGreaterThan(counted);
        counted = next.accounts;
      }
      return readSize(await engine.rows<SizeRow>(sizeOf(engine.dialect, picked)));
    });
    expect(given.accounts).toBe(first.accounts);
    await preview();
    const left = await made();
    expect(left.filter(({ place }) => !places.has(place ?? ''))).toEqual([]);
    const bases = left.filter(({ name }) => name === 't0');
    expect(bases.length).toBeLessThanOrEqual(2);
    expect(left.length).toBeLessThan(20);
  });

  it('are not there under another name', async () => {
    expect(await failure(server.client.segments.get({ params: { segmentId: 'nope' } }))).toMatchObject({
      code: 'not_found',
      status: 404,
    });
  });
});
