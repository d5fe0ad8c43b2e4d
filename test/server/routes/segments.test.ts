import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Condition } from '#core/segment/condition.ts';
import { raw, sql } from '#core/sql/sql.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';
import { insertScores, insertSmallBook } from '../../support/small-book.ts';

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
  ])('refuse %s and save nothing', async (_, condition, code) => {
    const body = { name: 'x', condition: condition as Condition };
    expect(await failure(server.client.segments.create({ body }))).toMatchObject({ code, status: 422 });
    expect((await server.client.segments.list()).segments).toHaveLength(1);
  });

  it('are not there under another name', async () => {
    expect(await failure(server.client.segments.get({ params: { segmentId: 'nope' } }))).toMatchObject({
      code: 'not_found',
      status: 404,
    });
  });
});
