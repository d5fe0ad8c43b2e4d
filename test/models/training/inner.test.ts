import { describe, expect, it } from 'vitest';
import { seededRandom } from '#models/maths/random.ts';
import { innerFolds } from '#models/training/inner.ts';
import { randomMatrix } from '../../support/models/random-matrix.ts';

const day = (i: number) => 20_000 + 31 * i;
const ends = (days: number, later = 31) =>
  new Map(Array.from({ length: days }, (_, i) => [day(i), day(i) + later]));
const every = (rows: number) => Int32Array.from({ length: rows }, (_, i) => i);
const foldsOf = (days: number, later = 31) => {
  const matrix = randomMatrix(1200, 3, days);
  return { matrix, inner: innerFolds(matrix, every(1200), ends(days, later), seededRandom(4)) };
};

describe('innerFolds', () => {
  it.each([2, 3, 5, 9])(
    'of %i dates: what predicts a row saw neither its customer nor anything later',
    (days) => {
      const { matrix, inner } = foldsOf(days);
      expect(inner.kind).toBe('grouped_time_ordered');
      expect(inner.rounds).toHaveLength(days < 4 ? 5 : 6);
      for (const { fit, held } of inner.rounds) {
        const rows = Array.from(held, (place) => inner.rows[place]!);
        const people = new Set(rows.map((row) => matrix.groups[row]));
        const first = Math.min(...rows.map((row) => matrix.day[row]!));
        expect(Array.from(fit).some((row) => people.has(matrix.groups[row]))).toBe(false);
        expect(Math.max(...Array.from(fit, (row) => matrix.day[row]! + 31))).toBeLessThanOrEqual(first);
      }
    },
  );

  it('holds out each row of the later half once, and no other', () => {
    const { matrix, inner } = foldsOf(6);
    const places = inner.rounds.flatMap(({ held }) => [...held]).sort((a, b) => a - b);
    expect(places).toEqual([...inner.rows.keys()]);
    expect(new Set(Array.from(inner.rows, (row) => matrix.day[row]))).toEqual(
      new Set([day(3), day(4), day(5)]),
    );
  });

  it('keeps a customer in one fold on all dates', () => {
    const { matrix, inner } = foldsOf(6);
    const folds = new Map<number, number>();
    inner.rows.forEach((row, i) => {
      const group = matrix.groups[row]!;
      expect(folds.get(group) ?? inner.fold[i]).toBe(inner.fold[i]);
      folds.set(group, inner.fold[i]!);
    });
  });

  it('of one date, and where no outcome was known in time, parts customers alone', () => {
    for (const { inner } of [foldsOf(1), foldsOf(2, 90)]) {
      expect(inner.kind).toBe('grouped');
      expect(inner.rounds).toHaveLength(5);
      expect(inner.rows).toHaveLength(1200);
    }
  });

  it('never splits a group between folds, and spreads events over them', () => {
    const { matrix, inner } = foldsOf(1);
    const events = new Array<number>(5).fill(0);
    inner.rows.forEach((row, i) => {
      events[inner.fold[i]!]! += matrix.target[row]!;
    });
    const mean = events.reduce((sum, n) => sum + n, 0) / 5;
    for (const n of events) expect(Math.abs(n / mean - 1)).toBeLessThan(0.3);
  });
});
