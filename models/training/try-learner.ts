import type { Learner } from '../learner.ts';
import { pickNumbers, pickRows, takeRows } from '../matrix.ts';
import type { Counting } from '../metrics/sample.ts';
import { type Calibrated, chooseCalibration } from './calibration/choose.ts';
import { crossFit } from './cross-fit.ts';
import { fitRows, type Run } from './fit.ts';
import type { Inner } from './inner.ts';
import type { Pace } from './pace.ts';

/** A learner on the inner folds: its calibrated probabilities of rows it had not seen, and what they took. */
export interface Tried extends Calibrated {
  id: string;
  learner: Learner;
  options: unknown;
  /** Of all its fits. */
  seconds: number;
  /** Free parameters of its last fit; 0 where it does not tell. */
  complexity: number;
}

/** Weights and customers of some rows of a run. */
export const countingOf = ({ matrix }: Pick<Run, 'matrix'>, rows: Int32Array): Counting => ({
  weights: matrix.weights && pickNumbers(matrix.weights, rows),
  groups: pickRows(matrix.groups, rows),
});

/** Fits on each round's rows, predicts those held out, and chooses the correction out of fold. */
export async function tryLearner(
  run: Run,
  inner: Inner,
  way: { id: string; learner: Learner; options: unknown },
  pace: Pace,
): Promise<Tried> {
  const began = run.clock();
  let complexity = 0;
  const p = await crossFit(inner, async (rows, held, round) => {
    const onProgress = pace.part(1, `${way.id} ${round + 1}/${inner.rounds.length}`);
    const fitted = await fitRows(run, { ...way, use: `fold ${round}`, rows, onProgress });
    complexity = fitted.describe?.().complexity ?? complexity;
    return fitted.predict(takeRows(run.matrix, held));
  });
  const target = pickNumbers(run.matrix.target!, inner.rows);
  return {
    ...way,
    ...chooseCalibration(target, p, inner.fold, countingOf(run, inner.rows)),
    seconds: run.clock() - began,
    complexity,
  };
}
