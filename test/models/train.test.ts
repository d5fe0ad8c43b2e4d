import { describe, expect, it } from 'vitest';
import { DomainError } from '#core/errors/domain-error.ts';
import type { Learner } from '#models/learner.ts';
import scorecard from '#models/learners/scorecard.ts';
import { type Matrix, takeRows } from '#models/matrix.ts';
import { auc } from '#models/metrics/auc.ts';
import { type TrainTask, trainModel } from '#models/train.ts';
import { restoreModel } from '#models/training/trained.ts';
import { randomMatrix } from '../support/models/random-matrix.ts';

const learner = scorecard as Learner;
const scorecardWith = (options: unknown) => ({ id: 'scorecard', open: () => learner, options });
const task = (matrix: Matrix, more: Partial<TrainTask> = {}): TrainTask => ({
  matrix,
  learners: [scorecardWith({})],
  seed: 1,
  labelEnd: new Map([...new Set(matrix.day)].map((day) => [day, day + 31])),
  slices: {},
  baseline: { column: 'count', title: { es: 'Cuenta', en: 'Count' } },
  onProgress: () => {},
  checkCancelled: () => {},
  ...more,
});
const refused = async (matrix: Matrix, more: Partial<TrainTask> = {}): Promise<DomainError> => {
  const error: unknown = await trainModel(task(matrix, more)).then(
    () => new Error('it trained'),
    (problem: unknown) => problem,
  );
  if (error instanceof DomainError) return error;
  throw error;
};

describe('trainModel', () => {
  it('out of time: fits on the past, shows the last dates, apart for people it never saw', async () => {
    const made = randomMatrix(2400, 2, 6);
    const newcomers = made.groups.map((group, i) => (i % 4 === 1 ? 10_000 + i : group));
    const matrix = { ...made, groups: newcomers };
    const half = matrix.target.map((_, i) => (i % 2 ? 1 : Number.NaN));
    const result = await trainModel(task(matrix, { slices: { odd: half } }));
    expect(result.validation).toMatchObject({ kind: 'out_of_time', folds: 6, testDays: [20_155] });
    expect(result.validation.trainDays).toHaveLength(5);
    expect(result.results.map(({ population }) => population)).toEqual([
      'all',
      'odd',
      'unseen_customers',
      'month:2025-03',
    ]);
    const [all, odd, unseen] = result.results;
    expect(all!.n).toBe(400);
    expect(odd!.n).toBe(400);
    expect(unseen!.n).toBe(200);
    expect(all!.auc.estimate).toBeGreaterThan(0.75);
    expect(result.gain.at(-1)).toEqual({ share: 1, captured: 1 });
    const model = restoreModel(learner, result.saved);
    const test = Int32Array.from(matrix.day.keys()).filter((i) => matrix.day[i] === 20_155);
    const again = model.predict(takeRows(matrix, test));
    expect(again.reduce((sum, p) => sum + p, 0) / 400).toBeCloseTo(
      result.calibration.reduce((sum, bin) => sum + bin.predicted * bin.n, 0) / 400,
      10,
    );
  });

  it('with one date: every figure comes from folds that did not see the row', async () => {
    const matrix = randomMatrix(1500, 2);
    const noise = { ...matrix, columns: matrix.columns.filter(({ name }) => name === 'noise') };
    const result = await trainModel(
      task(noise, {
        learners: [scorecardWith({ minInformation: 0, minSignificance: 0, cutThreshold: 0 })],
      }),
    );
    expect(result.validation.kind).toBe('grouped_cross_validation');
    expect(Math.abs(result.results[0]!.auc.estimate! - 0.5)).toBeLessThan(0.06);
  });

  it('fits bins on training rows only: a code of forty values that says nothing gains nothing', async () => {
    const matrix = randomMatrix(1600, 2);
    const codes = Int32Array.from(matrix.day, (_, i) => (i * 7919) % 40);
    const categories = Array.from({ length: 40 }, (_, i) => `branch ${i}`);
    const column = { name: 'branch', kind: 'categorical' as const, codes, categories };
    const options = {
      minInformation: 0,
      minSignificance: 0,
      cutThreshold: 0,
      maxBins: 20,
      minBinShare: 0.01,
    };
    const branches = { ...matrix, columns: [column] };
    const { results, saved } = await trainModel(task(branches, { learners: [scorecardWith(options)] }));
    const seen = learner.restore(saved.fitted).predict(branches);
    expect(auc(matrix.target, seen).estimate).toBeGreaterThan(0.57);
    expect(Math.abs(results[0]!.auc.estimate! - 0.5)).toBeLessThan(0.05);
  });

  it('stands beside its baselines', async () => {
    const { results, baselines } = await trainModel(task(randomMatrix(1500, 2)));
    expect(baselines.map(({ id }) => id)).toEqual(['base_rate', 'count']);
    const [rate, count] = baselines.map((baseline) => baseline.results[0]!);
    expect(rate!.auc.estimate).toBe(0.5);
    expect(rate!.calibrationSlope).toBeNull();
    expect(count!.auc.estimate).toBeGreaterThan(0.55);
    expect(results[0]!.auc.lower).toBeGreaterThan(count!.auc.upper!);
  });

  it('is the same again with the same seed, and crosses to another thread as JSON', async () => {
    const matrix = randomMatrix(900, 4, 3);
    const result = await trainModel(task(matrix));
    expect(await trainModel(task(matrix))).toEqual(result);
    expect(JSON.parse(JSON.stringify(result))).toEqual(result);
  });

  it('tells its progress and stops when cancelled', async () => {
    const told: number[] = [];
    await trainModel(task(randomMatrix(600, 1), { onProgress: ({ done }) => told.push(done) }));
    expect(told).toEqual([...told].sort((a, b) => a - b));
    let asked = 0;
    const checkCancelled = () => {
      if (++asked > 5) throw new DomainError('cancelled');
    };
    expect((await refused(randomMatrix(600, 1), { checkCancelled })).code).toBe('cancelled');
  });
});

describe('trainModel refuses', () => {
  it('fewer than 50 rows', async () => {
    const error = await refused(randomMatrix(49, 1));
    expect([error.code, error.details]).toEqual(['too_few_rows', { rows: 49, minimum: 50 }]);
  });
  it('one class only', async () => {
    const matrix = randomMatrix(100, 1);
    const error = await refused({ ...matrix, target: matrix.target.map(() => 0) });
    expect([error.code, error.details]).toEqual(['one_class', { rows: 100, part: 'all', value: 0 }]);
  });
  it('one class only before the test dates', async () => {
    const matrix = randomMatrix(600, 1, 3);
    const last = Math.max(...matrix.day);
    const target = matrix.target.map((y, i) => (matrix.day[i] === last ? y : 1));
    const error = await refused({ ...matrix, target });
    expect([error.code, error.details.part]).toEqual(['one_class', 'train']);
  });
  it('fewer than ten of the rarer outcome', async () => {
    const matrix = randomMatrix(300, 1);
    const error = await refused({ ...matrix, target: matrix.target.map((_, i) => (i % 50 === 0 ? 1 : 0)) });
    expect([error.code, error.details.events]).toEqual(['too_few_events', 6]);
  });
  it('infinite values, outcomes beyond 0 and 1, and weights that are none', async () => {
    const matrix = randomMatrix(300, 1);
    const infinite = matrix.columns.map((column) =>
      column.kind === 'numeric' && column.name === 'level'
        ? { ...column, values: column.values.map((value, i) => (i < 4 ? Number.POSITIVE_INFINITY : value)) }
        : column,
    );
    expect((await refused({ ...matrix, columns: infinite })).details).toEqual({ column: 'level', rows: 4 });
    const beyond = { ...matrix, target: matrix.target.map((y, i) => (i === 3 ? Number.NaN : 2 * y)) };
    expect((await refused(beyond)).code).toBe('bad_target');
    const weights = (value: number) => ({ ...matrix, weights: new Float64Array(300).fill(value) });
    expect((await refused(weights(0))).code).toBe('zero_weights');
    expect((await refused(weights(-1))).code).toBe('bad_weights');
    expect((await refused(weights(Number.POSITIVE_INFINITY))).details).toEqual({ rows: 300, of: 300 });
  });
  it('columns that do not vary', async () => {
    const matrix = randomMatrix(100, 1);
    const columns = [
      { name: 'a', kind: 'numeric' as const, values: new Float64Array(100).fill(Number.NaN) },
      { name: 'b', kind: 'numeric' as const, values: new Float64Array(100).fill(3) },
      { name: 'c', kind: 'categorical' as const, codes: new Int32Array(100).fill(-1), categories: [] },
    ];
    expect((await refused({ ...matrix, columns })).details).toEqual({ columns: 3 });
  });
  it('a protected attribute, and a column that knows the outcome', async () => {
    const matrix = randomMatrix(100, 1);
    const named = (name: string) => ({
      ...matrix,
      columns: [{ name, kind: 'numeric' as const, values: matrix.target.slice() }],
    });
    expect((await refused(named('sex'))).code).toBe('protected_feature');
    expect((await refused(named('closed_on'))).code).toBe('leak_written_after');
    expect((await refused(named('seen_twice'))).code).toBe('leak_feature');
  });
});
