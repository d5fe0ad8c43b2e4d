import type { Learner } from '#models/learner.ts';
import { seededRandom, shuffled } from '#models/maths/random.ts';
import { type Matrix, pickNumbers, takeRows } from '#models/matrix.ts';
import { auc } from '#models/metrics/auc.ts';
import type { Pool } from '#models/pool.ts';

export const folds = 5;

/** The fold of each row: events and others dealt out apart, in an order drawn from the seed. */
export function foldsOf({ rows, target }: Matrix, seed: number): Int32Array {
  const fold = new Int32Array(rows);
  const random = seededRandom(seed);
  let next = 0;
  const order = shuffled(rows, random);
  for (const event of [1, 0]) for (const row of order) if (target![row] === event) fold[row] = next++ % folds;
  return fold;
}

/** A probability for each row from a fit that did not see its fold. */
export async function outOfFold(
  learner: Learner,
  matrix: Matrix,
  fold: Int32Array,
  options: unknown = {},
  pool?: Pool,
): Promise<Float64Array> {
  const p = new Float64Array(matrix.rows);
  const every = Int32Array.from(fold.keys());
  for (let k = 0; k < folds; k++) {
    const inside = every.filter((row) => fold[row] === k);
    const fitted = await learner.fit({
      matrix: takeRows(
        matrix,
        every.filter((row) => fold[row] !== k),
      ),
      options: learner.options.parse(options),
      random: seededRandom(k + 1),
      ...(pool ? { pool } : {}),
      onProgress: () => {},
      checkCancelled: () => {},
    });
    fitted.predict(takeRows(matrix, inside)).forEach((value, i) => {
      p[inside[i]!] = value;
    });
  }
  return p;
}

/** AUC of the rows where `of` is 1, or of all. */
export function aucOf(target: Float64Array, p: Float64Array, of?: Float64Array): number {
  const rows = Int32Array.from(target.keys()).filter((row) => !of || of[row] === 1);
  const { estimate } = auc(pickNumbers(target, rows), pickNumbers(p, rows));
  if (estimate === null) throw new Error('one class');
  return estimate;
}
