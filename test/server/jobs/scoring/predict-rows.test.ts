import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DomainError } from '#core/errors/domain-error.ts';
import { raw, sql } from '#core/sql/sql.ts';
import neuralNetwork from '#models/learners/neural-network.ts';
import { seededRandom } from '#models/maths/random.ts';
import { restoreModel, type SavedModel } from '#models/training/trained.ts';
import { predictRows } from '#server/jobs/scoring/predict-rows.ts';
import { replaceWithScores } from '#server/store/models/scores.ts';
import { insertMatrix } from '../../../support/models/insert-matrix.ts';
import { randomMatrix } from '../../../support/models/random-matrix.ts';
import { openTestWorkspace, type TestWorkspace } from '../../../support/workspace.ts';

const rows = 40_000;
const statement = sql`SELECT account_id, DATE '2026-08-31' AS as_of, * EXCLUDE (account_id) FROM sample`;
const run = {
  versionId: 'v1',
  asOf: '2026-08-31',
  dataVersion: 'd',
  scoredAt: '2026-09-01T00:00:00.000Z',
  by: 'owner',
};

let workspace: TestWorkspace;
let saved: SavedModel;
const matrix = randomMatrix(rows, 5);
const predict = (watch: Partial<Parameters<typeof predictRows>[3]> = {}, model = saved) =>
  predictRows(workspace.context.engine, statement, model, {
    threads: 2,
    onRows: () => {},
    checkCancelled: () => {},
    ...watch,
  });

beforeAll(async () => {
  workspace = await openTestWorkspace();
  await insertMatrix(workspace.context.engine, 'sample', matrix);
  const fitted = await neuralNetwork.fit({
    matrix: randomMatrix(1000, 4),
    options: neuralNetwork.options.parse({ width: 8, maxEpochs: 2 }),
    random: seededRandom(1),
    onProgress: () => {},
    checkCancelled: () => {},
  });
  saved = {
    learner: 'neural-network',
    fitted: fitted.save(),
    calibration: { kind: 'platt', intercept: 0.1, slope: 0.9 },
  } as SavedModel;
});
afterAll(() => workspace.close());

describe('rows scored in threads', () => {
  it('are the model’s own predictions, in the order of accounts, whoever predicted which', async () => {
    const { engine } = workspace.context;
    const predicted = await predict();
    expect(predicted.rows).toBe(rows);
    for (const _ of [1, 2])
      expect(
        await engine.transaction((session) => replaceWithScores(session, run, predicted.batches())),
      ).toBe(rows);
    const stored = await engine.columns(sql`SELECT account_id, score FROM scores ORDER BY account_id`);
    const scores = stored.columns.get('score');
    const expected = restoreModel(neuralNetwork as never, saved).predict(matrix);
    expect(scores?.kind === 'numeric' && [...scores.values]).toEqual([...expected]);
    const order = await engine.first<{ sorted: boolean; n: number }>(
      sql`SELECT bool_and(account_id > before) AS sorted, CAST(count(*) AS BIGINT) AS n FROM (SELECT account_id, lag(account_id) OVER (ORDER BY rowid) AS before FROM scores)`,
    );
    expect(order).toEqual({ sorted: true, n: rows });
    expect(await engine.rows(sql`SELECT rows_scored FROM score_runs`)).toEqual([{ rows_scored: rows }]);
    expect(
      await engine.rows(
        raw("SELECT table_name FROM information_schema.tables WHERE table_name LIKE '%arrived%'"),
      ),
    ).toEqual([]);
  });

  it('stop between batches when cancelled', async () => {
    let seen = 0;
    const cancelled = predict({
      onRows: (n) => {
        seen = n;
      },
      checkCancelled: () => {
        if (seen > 0) throw new DomainError('cancelled');
      },
    });
    await expect(cancelled).rejects.toThrowError(expect.objectContaining({ code: 'cancelled' }));
    expect(seen).toBeLessThan(rows);
  });

  it('need a model that can be read', async () => {
    const fitted = saved.fitted as { members: { weights: string }[][] };
    const cut = structuredClone(fitted);
    cut.members[0]![0]!.weights = cut.members[0]![0]!.weights.slice(0, 40);
    await expect(predict({}, { ...saved, fitted: cut })).rejects.toThrowError(
      expect.objectContaining({ code: 'saved_model_unreadable' }),
    );
    await expect(predict({}, { ...saved, fitted: { ...fitted, format: 99 } })).rejects.toThrowError(
      expect.objectContaining({
        code: 'saved_model_format',
        details: { learner: 'neural-network', found: 99, known: 1 },
      }),
    );
  });
});
