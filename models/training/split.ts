import type { Matrix } from '../matrix.ts';
import { shuffled } from '../random.ts';

export interface Split {
  kind: 'out_of_time' | 'grouped_cross_validation';
  /** Rows fitted on, ascending. */
  train: Int32Array;
  /** Rows after every training row's outcome was known; empty when there is one date. */
  test: Int32Array;
  /** The fold of each training row, in the order of `train`. */
  fold: Int32Array;
  folds: number;
}

/**
 * Which rows are fitted on and which are only looked at. With several dates, the last fifth of them (one at least)
 * is the test, and a training date must have its whole outcome before the first test date. Training rows are put
 * into folds by group, groups with an event dealt out apart from those without, in an order drawn from `random`.
 *
 * @param labelEnd the day each date's outcome is known by, for each day of the matrix
 */
export function splitRows(
  matrix: Matrix,
  labelEnd: ReadonlyMap<number, number>,
  folds: number,
  random: () => number,
): Split {
  const days = [...new Set(matrix.day)].sort((a, b) => a - b);
  const testDays = days.slice(days.length - Math.max(1, Math.floor(days.length / 5)));
  const firstTest = testDays[0]!;
  const trainDays = new Set(days.filter((day) => (labelEnd.get(day) ?? day) <= firstTest && day < firstTest));
  const every = Int32Array.from({ length: matrix.rows }, (_, i) => i);
  const outOfTime = trainDays.size > 0;
  const train = outOfTime ? every.filter((i) => trainDays.has(matrix.day[i]!)) : every;
  const test = outOfTime ? every.filter((i) => matrix.day[i]! >= firstTest) : new Int32Array(0);
  return {
    kind: outOfTime ? 'out_of_time' : 'grouped_cross_validation',
    train,
    test,
    fold: dealFolds(matrix, train, folds, random),
    folds,
  };
}

function dealFolds(matrix: Matrix, rows: Int32Array, folds: number, random: () => number): Int32Array {
  const hasEvent = new Map<number, boolean>();
  for (const row of rows) {
    const group = matrix.groups[row]!;
    hasEvent.set(group, hasEvent.get(group) === true || matrix.target?.[row] === 1);
  }
  const foldOf = new Map<number, number>();
  let next = 0;
  for (const wanted of [true, false]) {
    const groups = [...hasEvent].filter(([, event]) => event === wanted).map(([group]) => group);
    groups.sort((a, b) => a - b);
    for (const place of shuffled(groups.length, random)) foldOf.set(groups[place]!, next++ % folds);
  }
  return Int32Array.from(rows, (row) => foldOf.get(matrix.groups[row]!)!);
}
