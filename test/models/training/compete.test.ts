import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { comparedLearner } from '#core/contract/models/card.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import type { Learner } from '#models/learner.ts';
import scorecard from '#models/learners/scorecard.ts';
import { type Matrix, takeRows } from '#models/matrix.ts';
import { type TrainTask, trainModel } from '#models/train.ts';
import { restoreModel } from '#models/training/trained.ts';
import { randomMatrix } from '../../support/models/random-matrix.ts';

const card = scorecard as Learner;
const asked = (id: string, learner: Learner, options: unknown = {}) => ({ id, open: () => learner, options });

/** Says the rate of the rows it was fitted on; what it was given and asked is written down. */
function rateLearner(seen: { fitted: Matrix[]; predicted: Matrix[] }): Learner {
  const model = (rate: number) => ({
    predict: (matrix: Matrix) => {
      seen.predicted.push(matrix);
      return new Float64Array(matrix.rows).fill(rate);
    },
    save: () => rate,
    describe: () => ({ used: [], information: {}, points: [], complexity: 1 }),
  });
  return {
    text: { title: { es: 'Tasa', en: 'Rate' }, summary: { es: 'La tasa', en: 'The rate' } },
    options: z.unknown(),
    fit({ matrix }) {
      seen.fitted.push(matrix);
      return model(matrix.target!.reduce((sum, y) => sum + y, 0) / matrix.rows);
    },
    restore: (saved) => model(saved as number),
  };
}
const failing = (error: unknown): Learner => ({
  ...rateLearner({ fitted: [], predicted: [] }),
  fit: () => {
    throw error;
  },
});

const task = (matrix: Matrix, more: Partial<TrainTask> = {}): TrainTask => ({
  matrix,
  learners: [asked('scorecard', card)],
  seed: 1,
  labelEnd: new Map([...new Set(matrix.day)].map((day) => [day, day + 31])),
  slices: {},
  baseline: { column: 'count', title: { es: 'Cuenta', en: 'Count' } },
  onProgress: () => {},
  checkCancelled: () => {},
  ...more,
});

describe('several learners', () => {
  it('are compared on the same rows with paired differences, and the best is kept', async () => {
    const matrix = randomMatrix(1500, 2, 6);
    const rate = rateLearner({ fitted: [], predicted: [] });
    const { comparison, chosen, saved } = await trainModel(
      task(matrix, { learners: [asked('rate', rate), asked('scorecard', card)] }),
    );
    expect(chosen.id).toBe('scorecard');
    expect(saved.learner).toBe('scorecard');
    for (const one of comparison.learners) expect(comparedLearner.parse(one)).toEqual(one);
    const [worse, best] = comparison.learners;
    expect([worse!.chosen, best!.chosen]).toEqual([false, true]);
    expect(best!.logLossDifference).toEqual({ estimate: 0, lower: 0, upper: 0 });
    expect(worse!.logLossDifference.lower).toBeGreaterThan(0);
    expect(worse!.aucDifference.upper).toBeLessThan(0);
    const held = best!.results[0]!;
    expect(held.n).toBe(worse!.results[0]!.n);
    expect(held.n).toBe(500);
    expect(worse!.logLossDifference.estimate).toBeCloseTo(worse!.results[0]!.logLoss! - held.logLoss!, 10);
    expect(best!.results.map(({ population }) => population)).toContain('month:2025-01');
    expect(comparison.rule.en).toContain('one standard error');
  });

  it('the simpler is kept where the better one is within one standard error', async () => {
    const matrix = randomMatrix(900, 4);
    const coarse = asked('scorecard', card, { maxBins: 5 });
    const fine = asked('boosted-trees', card, { maxBins: 6 });
    const { chosen, comparison } = await trainModel(task(matrix, { learners: [fine, coarse] }));
    expect(chosen).toMatchObject({ id: 'scorecard', options: { maxBins: 5 } });
    const [other] = comparison.learners;
    expect(Math.abs(other!.results[0]!.logLoss! - comparison.learners[1]!.results[0]!.logLoss!)).toBeLessThan(
      0.01,
    );
  });

  it('rows out of time are predicted once, by the one kept, and fitted on by nobody', async () => {
    const matrix = randomMatrix(1500, 2, 6);
    const last = Math.max(...matrix.day);
    const seen = { fitted: [] as Matrix[], predicted: [] as Matrix[] };
    const rate = rateLearner(seen);
    const { chosen } = await trainModel(
      task(matrix, { learners: [asked('rate', rate), asked('scorecard', card)], searchSeconds: 1 }),
    );
    expect(chosen.id).toBe('scorecard');
    for (const { day } of [...seen.fitted, ...seen.predicted]) expect(day).not.toContain(last);
    const alone = { fitted: [] as Matrix[], predicted: [] as Matrix[] };
    await trainModel(task(matrix, { learners: [asked('rate', rateLearner(alone))] }));
    expect(alone.predicted.filter(({ day }) => day.includes(last))).toHaveLength(1);
    for (const { day } of alone.fitted) expect(day).not.toContain(last);
  });

  it('one that fails is put down with why, and the others go on', async () => {
    const missing = {
      id: 'neural-network',
      options: {},
      open: () => Promise.reject(new Error('no backend\nat x')),
    };
    const broken = asked('other', failing(new DomainError('no_features', { columns: 3 })));
    const { comparison, chosen } = await trainModel(
      task(randomMatrix(600, 2), { learners: [missing, asked('scorecard', card), broken] }),
    );
    expect(chosen.id).toBe('scorecard');
    const failed = Object.fromEntries(comparison.learners.map(({ learner, failed: why }) => [learner, why]));
    expect(failed).toMatchObject({
      scorecard: null,
      'neural-network': { code: 'internal', message: { en: 'no backend' } },
      other: { code: 'no_features' },
    });
    for (const one of comparison.learners) expect(comparedLearner.parse(one)).toEqual(one);
  });

  it('one that fails only at the end gives way to the next', async () => {
    const matrix = randomMatrix(600, 2);
    const fickle: Learner = {
      ...card,
      fit: (given) => {
        if (given.matrix.rows === matrix.rows) throw new Error('it broke');
        return card.fit(given);
      },
    };
    const { chosen, comparison } = await trainModel(
      task(matrix, {
        learners: [asked('fickle', fickle), asked('rate', rateLearner({ fitted: [], predicted: [] }))],
      }),
    );
    expect(chosen.id).toBe('rate');
    expect(comparison.learners.map(({ learner, failed }) => [learner, failed?.message.en])).toEqual([
      ['rate', undefined],
      ['fickle', 'it broke'],
    ]);
    expect(comparison.reason.en).toBe('Only "rate" could be trained.');
  });

  it('when all fail, says what the first one said; a cancel is no failure', async () => {
    const broken = (code: 'no_features' | 'cancelled') =>
      asked('x', failing(new DomainError(code, { columns: 3 })));
    const run = (learners: TrainTask['learners']) => trainModel(task(randomMatrix(600, 2), { learners }));
    await expect(run([broken('no_features'), asked('y', failing(new Error('later')))])).rejects.toMatchObject(
      {
        code: 'no_features',
      },
    );
    await expect(run([broken('cancelled'), asked('scorecard', card)])).rejects.toMatchObject({
      code: 'cancelled',
    });
    const squared: Learner = { ...card, objectives: ['squared'] };
    await expect(run([asked('x', squared)])).rejects.toMatchObject({ code: 'learner_cannot' });
  });
});

describe('other targets', () => {
  it('shares between 0 and 1 are learned and judged, and what tells two classes apart is null', async () => {
    const made = randomMatrix(1200, 3);
    const column = made.columns.find(({ name }) => name === 'count')!;
    const share = made.target.map((y, i) => {
      const count = column.kind === 'numeric' ? column.values[i]! : 0;
      return Math.min(1, Math.max(0, 0.3 * y + 0.1 * (count || 0)));
    });
    const result = await trainModel(task({ ...made, target: share }));
    const [all] = result.results;
    expect(all).toMatchObject({ auc: { estimate: null, reason: 'share_target' }, ks: null });
    expect(all!.brier).toBeLessThan(result.baselines[0]!.results[0]!.brier!);
    expect(all!.calibrationSlope).toBeGreaterThan(0.8);
    expect(result.roc).toEqual([]);
    const model = restoreModel(card, result.saved);
    const mean = model
      .predict(takeRows(made, Int32Array.from(made.day.keys())))
      .reduce((sum, p) => sum + p, 0);
    expect(mean / 1200).toBeCloseTo(share.reduce((sum, y) => sum + y, 0) / 1200, 2);
  });

  it('weights are respected in the fit, the correction and the figures: rows of weight zero change nothing', async () => {
    const made = randomMatrix(1200, 3);
    const random = made.day.map((_, i) => (i % 3 === 0 ? 0 : 1));
    const weights = Float64Array.from(random);
    const spoiled = { ...made, weights, target: made.target.map((y, i) => (weights[i] ? y : 1 - y)) };
    const options = { smoothing: 0, minInformation: 0 };
    const one = await trainModel(
      task({ ...made, weights }, { learners: [asked('scorecard', card, options)] }),
    );
    const other = await trainModel(task(spoiled, { learners: [asked('scorecard', card, options)] }));
    expect(one.results[0]!.auc.estimate).toBeGreaterThan(0.75);
    const { events: _, ...figures } = one.results[0]!;
    expect(other.results[0]).toMatchObject(figures);
    expect(other.saved).toEqual(one.saved);
  });
});
