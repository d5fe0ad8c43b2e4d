import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contract } from '#core/contract/index.ts';
import type { Job } from '#core/contract/jobs.ts';
import { sql } from '#core/sql/sql.ts';
import { mapInputs } from '#models/external/onnx-mapping.ts';
import type { Matrix, MatrixColumn } from '#models/matrix.ts';
import { describeOnnx, openOnnx } from '#server/jobs/external/onnx.ts';
import { uploadsFolder } from '#server/store/loading/uploads.ts';
import { insertLearnableBook, learnableDates } from '../../../support/books/learnable-book.ts';
import { approveWithReasons } from '../../../support/models/approve.ts';
import { push } from '../../../support/servers/pushing.ts';
import { startTestServer, type TestServer } from '../../../support/servers/server.ts';

const folder = new URL('../../../fixtures/onnx/', import.meta.url);
const file = (name: string) => readFileSync(new URL(name, folder));
const expected = JSON.parse(file('expected.json').toString()) as Record<
  'level' | 'count',
  (number | null)[]
> & {
  city: string[];
  logistic: number[];
  trees: number[];
};
const numeric = (name: 'level' | 'count'): MatrixColumn => ({
  name,
  kind: 'numeric',
  values: Float64Array.from(expected[name], (value) => value ?? Number.NaN),
});
const categories = [...new Set(expected.city)];
const matrix: Matrix = {
  rows: expected.city.length,
  columns: [
    numeric('level'),
    numeric('count'),
    {
      name: 'city',
      kind: 'categorical',
      codes: Int32Array.from(expected.city, (name) => categories.indexOf(name)),
      categories,
    },
  ],
  groups: new Int32Array(expected.city.length),
  day: new Int32Array(expected.city.length),
};
const features = ['level', 'count', 'city'];
const codeOf = (work: () => unknown) => {
  try {
    return work();
  } catch (error) {
    return (error as { code: string; details: object }).code;
  }
};

async function predict(name: string, columns?: string): Promise<Float64Array> {
  const { inputs, outputs } = await describeOnnx(file(name));
  const saved = {
    format: 1,
    name,
    file: file(name).toString('base64'),
    inputs: mapInputs(inputs, columns, features),
    output: outputs.at(-1)!.name,
  };
  return (await openOnnx(JSON.parse(JSON.stringify(saved)))).predict(matrix);
}
const worst = (a: Float64Array, b: readonly number[]) =>
  Math.max(...a.map((value, i) => Math.abs(value - b[i]!)));

describe('a model trained in Python', () => {
  it('predicts here as it did there: scikit-learn, an input a column, text among them', async () => {
    expect(worst(await predict('logistic.onnx'), expected.logistic)).toBeLessThan(1e-6);
  });

  it('predicts here as it did there: LightGBM, one input of columns in order', async () => {
    expect(worst(await predict('trees.onnx', '["level", "count"]'), expected.trees)).toBeLessThan(1e-6);
    expect(worst(await predict('trees.onnx', '["count", "level"]'), expected.trees)).toBeGreaterThan(0.01);
  });

  it('is told by its columns, each of which leads somewhere', async () => {
    const { inputs } = await describeOnnx(file('trees.onnx'));
    const { inputs: three } = await describeOnnx(file('logistic.onnx'));
    const renamed = mapInputs(three, '{"level": "a", "count": "b"}', ['a', 'b', 'city']);
    expect(renamed.map(({ columns }) => columns)).toEqual([['a'], ['b'], ['city']]);
    for (const [declared, given] of [
      [inputs, undefined],
      [inputs, '["level"]'],
      [inputs, '["level", "nobody"]'],
      [inputs, 'level,count'],
      [three, '["level", "count", "city"]'],
    ] as const)
      expect(codeOf(() => mapInputs(declared, given, features))).toBe('onnx_columns');
  });

  it('is refused in plain words when its file is cut, empty of sense, or of another format', async () => {
    for (const bytes of [file('trees.onnx').subarray(0, 4000), new Uint8Array([1, 2, 3]), Buffer.from('{}')])
      await expect(describeOnnx(bytes)).rejects.toThrowError(
        expect.objectContaining({ code: 'onnx_unreadable' }),
      );
    await expect(openOnnx({ format: 9 })).rejects.toThrowError(
      expect.objectContaining({
        code: 'saved_model_format',
        details: { learner: 'onnx', found: 9, known: 1 },
      }),
    );
    await expect(openOnnx({ format: 1 })).rejects.toThrowError(
      expect.objectContaining({ code: 'saved_model_unreadable' }),
    );
  });

  it('needs its runtime, which is named where it is missing', async () => {
    await expect(describeOnnx(file('trees.onnx'), 'onnxruntime-not-here')).rejects.toThrowError(
      expect.objectContaining({ code: 'onnx_runtime_missing' }),
    );
  });
});

describe('a model trained elsewhere, on a portfolio', () => {
  let server: TestServer;
  let base: string;
  const last = learnableDates.at(-1)!;
  const finished = (job: Job) => server.workspace.context.jobs.finished(job.id);
  const send = (body: Uint8Array, query: Record<string, string>) =>
    push(
      server,
      contract.externalModels.onnx,
      { params: { model: 'self-cure' }, query: { versionId: base, name: 'LightGBM', ...query } },
      body,
    );
  beforeAll(async () => {
    server = await startTestServer();
    await server.workspace.context.engine.transaction((session) => insertLearnableBook(session, 600));
    const job = await finished(
      await server.client.models.train({ params: { model: 'self-cure' }, body: {} }),
    );
    expect(job.error).toBeNull();
    base = (job.result as { versionId: string }).versionId;
  });
  afterAll(() => server?.close());

  it('is judged on the same rows and scores like the rest', async () => {
    const { client, workspace } = server;
    const columns = '["utilisation", "balance_change_1m"]';
    const job = await send(file('trees.onnx'), { columns });
    expect(job.error).toBeNull();
    const { versionId } = job.result as { versionId: string };
    const version = await client.models.get({ params: { versionId } });
    const trained = await client.models.get({ params: { versionId: base } });
    expect(version).toMatchObject({ learner: 'onnx', state: 'candidate' });
    expect(version.card.results.map(({ n }) => n)).toEqual(trained.card.results.map(({ n }) => n));
    expect(version.card.limits.at(-1)?.es).toContain('LightGBM');
    expect((await send(file('trees.onnx'), { columns })).result).toMatchObject({ versionId });
    await approveWithReasons(client, versionId, { name: 'Ana' });
    const scored = await finished(await client.scores.create({ body: {} }));
    expect(scored.error).toBeNull();
    const stored = await workspace.context.engine.rows<{ score: number }>(
      sql`SELECT score FROM scores WHERE version_id = ${versionId} AND as_of = CAST(${last} AS DATE) ORDER BY account_id`,
    );
    expect(stored).toHaveLength((scored.result as { rows: number }).rows);
    expect(new Set(stored.map(({ score }) => score)).size).toBeGreaterThan(2);
    expect(stored.every(({ score }) => score > 0 && score < 1)).toBe(true);
    const swaps = await client.swapSets.get({ params: { versionId: base }, query: { against: versionId } });
    expect(swaps).toMatchObject({ versionId: base, against: versionId });
    expect(swaps.rows).toBeGreaterThan(0);
  });

  it('is refused when it is larger than a version may hold, and leaves nothing', async () => {
    const kept = () => readdirSync(uploadsFolder(server.workspace.context));
    const before = kept();
    await expect(send(new Uint8Array(64_000_001), {})).rejects.toThrowError(/too_large: .*64/);
    expect(kept()).toEqual(before);
  });

  it('leads nowhere with columns nobody knows, or cut short', async () => {
    const before = (await server.client.models.list()).versions.length;
    expect((await send(file('trees.onnx'), { columns: '["utilisation", "horoscope"]' })).error).toMatchObject(
      {
        code: 'onnx_columns',
        details: { column: 'horoscope' },
      },
    );
    expect((await send(file('trees.onnx').subarray(0, 900), {})).error?.code).toBe('onnx_unreadable');
    expect((await server.client.models.list()).versions).toHaveLength(before);
  });
});
