import { describe, expect, it } from 'vitest';
import { seededRandom } from '#models/maths/random.ts';
import { splitRows } from '#models/training/split.ts';
import { randomMatrix } from '../../support/models/random-matrix.ts';

const nextMonth = (days: number) =>
  new Map(Array.from({ length: days }, (_, i) => [20_000 + 31 * i, 20_031 + 31 * i]));

describe('splitRows', () => {
  it('with one date, puts every row into a fold and none aside', () => {
    const matrix = randomMatrix(300, 1);
    const split = splitRows(matrix, nextMonth(1), seededRandom(1));
    expect(split.kind).toBe('grouped_cross_validation');
    expect(split.train).toHaveLength(300);
    expect(split.test).toHaveLength(0);
  });

  it.each([
    [2, 1],
    [9, 1],
    [14, 2],
  ])('of %i dates, tests on the last %i', (days, tested) => {
    const matrix = randomMatrix(700, 1, days);
    const split = splitRows(matrix, nextMonth(days), seededRandom(1));
    const dates = (rows: Int32Array) => new Set(Array.from(rows, (row) => matrix.day[row]!));
    expect(split.kind).toBe('out_of_time');
    expect(dates(split.test).size).toBe(tested);
    expect(dates(split.train).size).toBe(days - tested);
    expect(Math.max(...dates(split.train))).toBeLessThan(Math.min(...dates(split.test)));
  });

  it('leaves out dates whose outcome was not known when the test began', () => {
    const matrix = randomMatrix(700, 1, 6);
    const late = new Map([...nextMonth(6)].map(([day, end]) => [day, end + 62]));
    const split = splitRows(matrix, late, seededRandom(1));
    expect(Math.max(...split.train.map((row) => matrix.day[row]!))).toBe(20_000 + 31 * 2);
    expect(Math.min(...split.test.map((row) => matrix.day[row]!))).toBe(20_000 + 31 * 5);
  });

  it('is the same for the same seed', () => {
    const matrix = randomMatrix(300, 1);
    const fold = (seed: number) => splitRows(matrix, nextMonth(1), seededRandom(seed)).inner.fold;
    expect(fold(1)).toEqual(fold(1));
    expect(fold(1)).not.toEqual(fold(2));
  });
});
