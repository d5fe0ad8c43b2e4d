import { describe, expect, it } from 'vitest';
import type { Learner } from '#models/learner.ts';
import { takeRows } from '#models/matrix.ts';
import { trainModel } from '#models/train.ts';
import { restoreModel } from '#models/training/trained.ts';
import { discover } from '#server/registry.ts';
import { randomMatrix } from '../../support/models/random-matrix.ts';

const learners = await discover<Learner>('models/learners');
/** Enough to see, quick to fit. */
const small: Record<string, unknown> = {
  'boosted-trees': { rounds: 40 },
  'neural-network': { maxEpochs: 20, width: 16 },
};
const ids = ['scorecard', 'boosted-trees', 'neural-network'];

describe('the three learners on the same folds', () => {
  it('are all compared, in order of time; the card of each says what it can', async () => {
    const matrix = randomMatrix(1200, 2, 4);
    const notes: string[] = [];
    const done: number[] = [];
    const result = await trainModel({
      matrix,
      learners: ids.map((id) => ({ id, open: () => learners.get(id)!, options: small[id] ?? {} })),
      seed: 1,
      labelEnd: new Map([...new Set(matrix.day)].map((day) => [day, day + 31])),
      slices: {},
      baseline: { column: 'count', title: { es: 'Cuenta', en: 'Count' } },
      onProgress: (progress) => {
        notes.push(progress.note);
        done.push(progress.done);
      },
      checkCancelled: () => {},
    });
    const { learners: compared } = result.comparison;
    expect(compared.map(({ learner, failed }) => [learner, failed])).toEqual(ids.map((id) => [id, null]));
    for (const one of compared) {
      expect(one.results[0]!.auc.estimate, one.learner).toBeGreaterThan(0.7);
      expect(one.complexity, one.learner).toBeGreaterThan(0);
    }
    expect(compared.filter(({ chosen }) => chosen)).toHaveLength(1);
    expect(result.importance.level, result.chosen.id).toBeGreaterThan(0);
    expect(done).toEqual([...done].sort((a, b) => a - b));
    expect(done.at(-1)).toBe(1);
    for (const id of ids) expect(notes.some((note) => note.startsWith(`${id} 1/`))).toBe(true);
    const model = restoreModel(learners.get(result.chosen.id)!, result.saved);
    const test = Int32Array.from(matrix.day.keys()).filter((i) => matrix.day[i] === Math.max(...matrix.day));
    const mean = model.predict(takeRows(matrix, test)).reduce((sum, p) => sum + p, 0) / test.length;
    expect(mean).toBeCloseTo(
      result.calibration.reduce((sum, bin) => sum + bin.predicted * bin.n, 0) / test.length,
      9,
    );
  });

  it('trees find better options within their search, the same under the same trials', async () => {
    const matrix = randomMatrix(700, 5);
    const run = () =>
      trainModel({
        matrix,
        learners: [
          { id: 'boosted-trees', open: () => learners.get('boosted-trees')!, options: { rounds: 20 } },
        ],
        seed: 1,
        labelEnd: new Map(),
        slices: {},
        baseline: { column: 'count', title: { es: 'Cuenta', en: 'Count' } },
        searchSeconds: 1,
        onProgress: () => {},
        checkCancelled: () => {},
      });
    const one = await run();
    expect(one.search).toMatchObject({ budgetSeconds: 1, trials: 81 });
    expect(one.search!.rungs.map(({ trials }) => trials)).toEqual([81, 27, 9].map(() => expect.any(Number)));
    expect(one.chosen.options).not.toEqual(learners.get('boosted-trees')!.options.parse({ rounds: 20 }));
    expect((await run()).chosen).toEqual(one.chosen);
  });
});
