import type { Matrix } from '../matrix.ts';
import { type Inner, innerFolds } from './inner.ts';

export interface Split {
  kind: 'out_of_time' | 'grouped_cross_validation';
  /** Rows fitted on, ascending. */
  train: Int32Array;
  /** Rows after every training row's outcome was known; empty when there is one date. */
  test: Int32Array;
  /** How the training rows are held out in turn: where everything is chosen. */
  inner: Inner;
}

/**
 * Which rows are fitted on and which are only looked at. With several dates, the last fifth of them (one at least)
 * is the test, and a training date must have its whole outcome before the first test date. Choices are made on the
 * training rows alone, by `innerFolds`.
 *
 * @param labelEnd the day each date's outcome is known by, for each day of the matrix
 */
export function splitRows(
  matrix: Matrix,
  labelEnd: ReadonlyMap<number, number>,
  random: () => number,
): Split {
  const days = [...new Set(matrix.day)].sort((a, b) => a - b);
  const testDays = days.slice(days.length - Math.max(1, Math.floor(days.length / 5)));
  const firstTest = testDays[0]!;
  const trainDays = new Set(days.filter((day) => (labelEnd.get(day) ?? day) <= firstTest && day < firstTest));
  const every = Int32Array.from({ length: matrix.rows }, (_, i) => i);
  const outOfTime = trainDays.size > 0;
  const train = outOfTime ? every.filter((i) => trainDays.has(matrix.day[i]!)) : every;
  return {
    kind: outOfTime ? 'out_of_time' : 'grouped_cross_validation',
    train,
    test: outOfTime ? every.filter((i) => matrix.day[i]! >= firstTest) : new Int32Array(0),
    inner: innerFolds(matrix, train, labelEnd, random),
  };
}
