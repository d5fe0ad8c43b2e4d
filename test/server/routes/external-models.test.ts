import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tableFromArrays, tableToIPC } from 'apache-arrow';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contract } from '#core/contract/index.ts';
import type { Job } from '#core/contract/jobs.ts';
import type { ModelVersion } from '#core/contract/models/models.ts';
import { literal, raw, sql } from '#core/sql/sql.ts';
import { insertLearnableBook, learnableDates } from '../../support/books/learnable-book.ts';
import { approveWithReasons } from '../../support/models/approve.ts';
import { pull, push } from '../../support/servers/pushing.ts';
import { startTestServer, type TestServer } from '../../support/servers/server.ts';

interface Predicted {
  account_id: string;
  as_of: string;
  probability: number | null;
}
interface Registered {
  versionId: string;
  rows: number;
  auc: { estimate: number };
  sameRowsAs: { versionId: string; auc: number };
}

let server: TestServer;
let base: string;
let matrixHash: string;
let tested: Predicted[];
const last = learnableDates.at(-1)!;
const external = contract.externalModels;
const finished = (job: Job) => server.workspace.context.jobs.finished(job.id);
const engine = () => server.workspace.context.engine;
const csv = (rows: readonly Predicted[]) =>
  [
    'account_id,as_of,probability',
    ...rows.map((row) => `${row.account_id},${row.as_of},${row.probability ?? ''}`),
  ].join('\n');
const send = (
  body: string | Uint8Array,
  query: Record<string, string> = {},
  model = 'self-cure',
): Promise<Job> =>
  push(
    server,
    external.predictions,
    { params: { model }, query: { versionId: base, matrixHash, method: 'by hand', ...query } },
    body,
  );
const versions = async () => (await server.client.models.list()).versions.length;
const logistic = (eta: number) => Number((1 / (1 + Math.exp(-eta))).toFixed(9));

beforeAll(async () => {
  server = await startTestServer();
  await engine().transaction((session) => insertLearnableBook(session, 900));
  const job = await finished(await server.client.models.train({ params: { model: 'self-cure' }, body: {} }));
  expect(job.error).toBeNull();
  base = (job.result as { versionId: string }).versionId;
  const about = await server.client.externalModels.rows({ params: { versionId: base } });
  ({ matrixHash } = about);
  const matrix = await pull(server, contract.models.matrix, { params: { versionId: base } });
  expect(matrix).toHaveLength(about.rows);
  expect(about.features.every((name) => name in matrix[0]!)).toBe(true);
  tested = matrix
    .filter(({ row_day }) => about.testedOn.includes(String(row_day)))
    .map((row) => ({
      account_id: String(row.row_account),
      as_of: String(row.row_day),
      probability: logistic(1 - 3 * Number(row.utilisation ?? 0.7)),
    }));
});
afterAll(() => server?.close());

describe('predictions made elsewhere', () => {
  let made: Registered;

  it('become a candidate with a card like any other, on the same rows', async () => {
    const job = await send(csv(tested));
    expect(job.error).toBeNull();
    made = job.result as Registered;
    const version = await server.client.models.get({ params: { versionId: made.versionId } });
    const trained = await server.client.models.get({ params: { versionId: base } });
    expect(version).toMatchObject({ learner: 'external', state: 'candidate', model: 'self-cure' });
    const { card } = version;
    expect(card.learner.options).toEqual({ method: 'by hand', matrixHash });
    expect(card.results.map(({ population, n, events }) => [population, n, events])).toEqual(
      trained.card.results.map(({ population, n, events }) => [population, n, events]),
    );
    expect(card.baselines).toEqual(trained.card.baselines);
    expect(card.population).toEqual(trained.card.population);
    expect([card.calibration.length, card.gain.length, card.roc.length].every((n) => n > 2)).toBe(true);
    expect(card.fairness?.groups.length).toBe(trained.card.fairness?.groups.length);
    expect(card.limits.at(-1)?.en).toContain('by hand');
    expect(made.sameRowsAs).toEqual({ versionId: base, auc: trained.card.results[0]!.auc.estimate });
    expect(made.auc.estimate).toBe(card.results[0]!.auc.estimate);
  });

  it('are not predicted again here, so nobody is swapped', async () => {
    const { versionId } = made;
    for (const [own, against] of [
      [base, versionId],
      [versionId, base],
    ] as const)
      await expect(
        server.client.swapSets.get({ params: { versionId: own }, query: { against } }),
      ).rejects.toThrowError(
        expect.objectContaining({ problem: expect.objectContaining({ code: 'made_elsewhere' }) }),
      );
  });

  it('are the same version again, as Arrow and Parquet too, and leave nothing behind', async () => {
    const before = await versions();
    const column = <K extends keyof Predicted>(name: K) => tested.map((row) => row[name]);
    const arrow = tableToIPC(
      tableFromArrays({
        account_id: column('account_id'),
        as_of: column('as_of'),
        probability: Float64Array.from(column('probability') as number[]),
      }),
      'file',
    );
    const path = join(server.workspace.folder, 'p.parquet');
    await engine().run(
      sql`CREATE TABLE handed AS SELECT unnest(${raw(`[${tested.map((row) => `{'a': '${row.account_id}', 'd': DATE '${row.as_of}', 'p': ${row.probability}::DOUBLE}`).join(',')}]`)}, recursive := true)`,
    );
    await engine().run(
      sql`COPY (SELECT a AS account_id, d AS as_of, p AS probability FROM handed) TO ${literal(path)} (FORMAT parquet)`,
    );
    for (const [format, body] of [
      ['arrow', arrow],
      ['parquet', readFileSync(path)],
    ] as const) {
      const job = await send(body, { format });
      expect(job.error).toBeNull();
      expect((job.result as Registered).versionId).toBe(made.versionId);
    }
    expect(await versions()).toBe(before);
    const left = await engine().rows(
      raw("SELECT table_name FROM information_schema.tables WHERE starts_with(table_name, 'staging_')"),
    );
    expect(left).toEqual([]);
    expect(readdirSync(join(server.workspace.folder, 'uploads'))).toEqual([]);
    const staging = join(server.workspace.folder, 'staging');
    expect(existsSync(staging) ? readdirSync(staging) : []).toEqual([]);
  });

  const changed = (change: (row: Predicted, i: number) => Predicted) => csv(tested.map(change));
  it.each<[string, () => string, Record<string, string>, object]>([
    [
      'over 1',
      () => changed((row, i) => (i === 3 ? { ...row, probability: 1.5 } : row)),
      {},
      { code: 'pushed_value', details: { n: 1, value: '1.5' } },
    ],
    [
      'that are empty',
      () => changed((row, i) => (i < 2 ? { ...row, probability: null } : row)),
      {},
      { code: 'pushed_value', details: { n: 2, value: '' } },
    ],
    [
      'that are not a number',
      () => csv(tested).replace(/[\d.]+$/, 'NaN'),
      {},
      { code: 'pushed_value', details: { value: 'NaN' } },
    ],
    [
      'of a row twice',
      () => csv([...tested, tested[5]!]),
      {},
      { code: 'pushed_twice', details: { times: 2, n: 1 } },
    ],
    [
      'of somebody else',
      () => csv([...tested, { ...tested[0]!, account_id: 'nobody' }]),
      {},
      { code: 'pushed_unknown', details: { account: 'nobody', n: 1 } },
    ],
    ['without some rows', () => csv(tested.slice(2)), {}, { code: 'pushed_missing', details: { n: 2 } }],
    [
      'on no date',
      () => changed((row, i) => (i === 0 ? { ...row, as_of: 'yesterday' } : row)),
      {},
      { code: 'pushed_date', details: { value: 'yesterday' } },
    ],
    [
      'without their column',
      () => csv(tested).replace('probability', 'p'),
      {},
      { code: 'pushed_column_missing', details: { column: 'probability', columns: 'account_id, as_of, p' } },
    ],
    [
      'of another matrix',
      () => csv(tested),
      { matrixHash: 'f'.repeat(64) },
      { code: 'matrix_changed', details: { given: 'ffffffffffff' } },
    ],
    ['in another format', () => csv(tested), { format: 'parquet' }, { code: 'load_unreadable' }],
  ])('%s are refused, and nothing is registered', async (_, body, query, error) => {
    const before = await versions();
    const job = await send(body(), query);
    expect(job.error).toMatchObject(error);
    expect(await versions()).toBe(before);
    expect(readdirSync(join(server.workspace.folder, 'uploads'))).toEqual([]);
  });

  it('of no version and no model are refused at once', async () => {
    await expect(send(csv(tested), { versionId: 'none' })).rejects.toThrow('not_found');
    await expect(send(csv(tested), {}, 'horoscope')).rejects.toThrow('not_found');
    await expect(send('')).rejects.toThrow('load_file_empty');
  });

  describe('once approved', () => {
    let version: ModelVersion;
    let atRisk: string[];
    const scores = (rows: readonly (readonly [string, number])[]) =>
      push(
        server,
        external.scores,
        { params: { versionId: made.versionId }, query: { asOf: last } },
        ['account_id,probability', ...rows.map((row) => row.join(','))].join('\n'),
      );
    beforeAll(async () => {
      version = await approveWithReasons(server.client, made.versionId, { name: 'Ana' });
      const trained = await approveWithReasons(server.client, base, { name: 'Ana' });
      expect(trained.state).toBe('champion');
      await finished(await server.client.scores.create({ body: { versionId: base } }));
      atRisk = (
        await engine().rows<{ account_id: string }>(
          sql`SELECT account_id FROM scores WHERE version_id = ${base} ORDER BY account_id`,
        )
      ).map(({ account_id }) => account_id);
    });

    it('scores are asked of whoever made them, not guessed', async () => {
      expect(version.state).toBe('champion');
      const job = await finished(await server.client.scores.create({ body: { versionId: made.versionId } }));
      expect(job.error).toMatchObject({
        code: 'external_scores_missing',
        details: { asOf: last, method: 'by hand' },
      });
    });

    it('scores of everybody at risk are taken, and then found', async () => {
      const job = await scores(atRisk.map((id) => [id, 0.25] as const));
      expect([job.error, job.result]).toEqual([
        null,
        { versionId: made.versionId, model: 'self-cure', asOf: last, rows: atRisk.length },
      ]);
      const again = await finished(
        await server.client.scores.create({ body: { versionId: made.versionId } }),
      );
      expect([again.error, again.result]).toEqual([null, job.result]);
      const summaries = (await server.client.scores.list()).scores;
      expect(summaries.find(({ versionId }) => versionId === made.versionId)).toMatchObject({
        rows: atRisk.length,
        mean: 0.25,
      });
    });

    it('some of them alone, or of a version scored here, are refused', async () => {
      expect((await scores([[atRisk[0]!, 0.5]])).error).toMatchObject({
        code: 'pushed_missing',
        details: { n: atRisk.length - 1, total: atRisk.length },
      });
      const other = await push(
        server,
        external.scores,
        { params: { versionId: base }, query: { asOf: last } },
        'account_id,probability\na,0.5',
      );
      expect(other.error?.code).toBe('not_external');
      const kept = await engine().first(
        sql`SELECT CAST(count(*) AS BIGINT) AS n FROM scores WHERE version_id = ${made.versionId}`,
      );
      expect(kept).toEqual({ n: atRisk.length });
    });

    it('its SQL is not here', async () => {
      await expect(server.client.models.sql({ params: { versionId: made.versionId } })).rejects.toThrow(
        'made elsewhere',
      );
    });
  });
});
