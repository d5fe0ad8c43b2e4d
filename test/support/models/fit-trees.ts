import type { FitTask, Fitted } from '#models/learner.ts';
import learner from '#models/learners/boosted-trees.ts';
import { seededRandom } from '#models/maths/random.ts';
import type { Matrix, MatrixColumn } from '#models/matrix.ts';
import type { TreeOptions } from '#models/trees/options.ts';

/** Boosted trees on a matrix, every round asked for unless told otherwise. */
export const fitTrees = async (
  matrix: Matrix,
  options: Partial<TreeOptions> = {},
  task: Partial<FitTask<TreeOptions>> = {},
): Promise<Fitted> =>
  learner.fit({
    matrix,
    options: learner.options.parse({ rounds: 20, patience: 0, ...options }),
    random: seededRandom(3),
    onProgress: () => {},
    checkCancelled: () => {},
    ...task,
  });

/** A matrix of columns and a target; every row is a group of its own. */
export const matrixOf = (
  columns: MatrixColumn[],
  target: ArrayLike<number>,
  weights?: ArrayLike<number>,
): Matrix => ({
  rows: target.length,
  columns,
  target: Float64Array.from(target),
  ...(weights ? { weights: Float64Array.from(weights) } : {}),
  groups: Int32Array.from({ length: target.length }, (_, i) => i),
  day: new Int32Array(target.length),
});

export const numeric = (name: string, values: ArrayLike<number>): MatrixColumn => ({
  name,
  kind: 'numeric',
  values: Float64Array.from(values),
});
