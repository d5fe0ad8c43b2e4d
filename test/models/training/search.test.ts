import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { DomainError } from '#core/errors/domain-error.ts';
import type { Learner } from '#models/learner.ts';
import { seededRandom } from '#models/maths/random.ts';
import { logLoss } from '#models/metrics/accuracy.ts';
import type { Run } from '#models/training/fit.ts';
import { searchOptions } from '#models/training/search.ts';
import { splitRows } from '#models/training/split.ts';
import { randomMatrix } from '../../support/models/random-matrix.ts';

interface Bend {
  bend: number;
}

/** Predicts from one column by a slope given as an option: 1.1 is right. Every fit is written down. */
function bendLearner(fits: { rows: number; days: Set<number>; bend: number }[], clock = { now: 0 }): Learner {
  const model = (bend: number) => ({
    predict: (matrix: ReturnType<typeof randomMatrix>) => {
      const [column] = matrix.columns;
      if (column?.kind !== 'numeric') throw new Error('level is a number');
      return column.values.map((value) => 1 / (1 + Math.exp(0.6 - bend * (value || 0))));
    },
    save: () => bend,
  });
  return {
    text: { title: { es: 'Recta', en: 'Line' }, summary: { es: 'Una recta', en: 'A line' } },
    options: z.object({ bend: z.number().default(-1) }),
    propose: (random) => ({ bend: 3 * random() - 1 }),
    fit({ matrix, options }) {
      clock.now += 1;
      const { bend } = options as Bend;
      if (bend > 1.9) throw new Error('too bent');
      fits.push({ rows: matrix.rows, days: new Set(matrix.day), bend });
      return model(bend) as ReturnType<Learner['fit']>;
    },
    restore: (saved) => model(saved as number) as never,
  };
}

const matrix = randomMatrix(1800, 2, 6);
const labelEnd = new Map([...new Set(matrix.day)].map((day) => [day, day + 31]));
const { inner, test } = splitRows(matrix, labelEnd, seededRandom(1));

function search(seconds: number, timed: boolean, more: Partial<Run> = {}) {
  const fits: { rows: number; days: Set<number>; bend: number }[] = [];
  const clock = { now: 0 };
  const run: Run = {
    matrix,
    seed: 1,
    clock: () => (timed ? clock.now : 0),
    checkCancelled: () => {},
    ...more,
  };
  const way = { id: 'bend', learner: bendLearner(fits, clock), options: { bend: -1 } };
  const told: number[] = [];
  return searchOptions(run, inner, way, seconds, ({ done }) => told.push(done)).then((found) => ({
    found,
    fits,
    told,
  }));
}

describe('successive halving', () => {
  it('finds better options than those asked for, on more customers at every rung', async () => {
    const { found, fits } = await search(60, false);
    expect((found.options as Bend).bend).toBeGreaterThan(0.7);
    expect((found.options as Bend).bend).toBeLessThan(1.5);
    expect(found.rungs.map(({ rowsShare }) => rowsShare)).toEqual([1 / 9, 1 / 3, 1]);
    expect(found.rungs.map(({ trials }) => trials)).toEqual([81, 28, 11]);
    expect(found.trials).toBe(81);
    const rows = [...new Set(fits.map((fit) => fit.rows))].sort((a, b) => a - b);
    expect(rows[0]).toBeLessThan(0.2 * rows.at(-1)!);
    for (const { bend } of fits) expect(bend).toBeLessThan(1.9);
  });

  it('never sees rows out of time', async () => {
    const { fits } = await search(60, false);
    const later = new Set(Array.from(test, (row) => matrix.day[row]!));
    for (const { days } of fits) for (const day of days) expect(later.has(day)).toBe(false);
    const spoiled = {
      ...matrix,
      target: matrix.target.map((y, i) => (later.has(matrix.day[i]!) ? 1 - y : y)),
    };
    expect((await search(60, false, { matrix: spoiled })).found).toEqual((await search(60, false)).found);
  });

  it('ends with its budget, whatever is left to try, and tells how far it is', async () => {
    const { found, fits, told } = await search(30, true);
    expect(fits.length).toBeLessThanOrEqual(33);
    expect(found.spentSeconds).toBeLessThanOrEqual(33);
    expect(found.trials).toBe(10);
    expect(told).toEqual([...told].sort((a, b) => a - b));
  });

  it('chooses alike when the same trials were made, and keeps what was asked for without time', async () => {
    expect((await search(30, true)).found.options).toEqual((await search(30, true)).found.options);
    expect((await search(0, true)).found).toMatchObject({ options: { bend: -1 }, trials: 0, rungs: [] });
  });

  it('gives up at once when cancelled', async () => {
    const checkCancelled = () => {
      throw new DomainError('cancelled');
    };
    await expect(search(60, false, { checkCancelled })).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('its best is no worse on rows nobody searched with', async () => {
    const { found } = await search(60, false);
    const other = randomMatrix(3000, 9);
    const lossOf = (bend: number) => {
      const level = other.columns[0]!;
      if (level.kind !== 'numeric') throw new Error('level is a number');
      return logLoss(
        other.target,
        level.values.map((value) => 1 / (1 + Math.exp(0.6 - bend * (value || 0)))),
      )!;
    };
    expect(lossOf((found.options as Bend).bend)).toBeLessThan(lossOf(-1));
  });
});
