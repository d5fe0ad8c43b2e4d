import { DomainError } from '#core/errors/domain-error.ts';
import type { FitTask, Fitted } from '../learner.ts';
import { shuffled } from '../maths/random.ts';
import type { Matrix } from '../matrix.ts';
import { boost } from './grow/boost.ts';
import { treesModel } from './model.ts';
import type { TreeOptions } from './options.ts';
import { saveTrees } from './save.ts';

/** Fewer rows than this are all fitted on, for as many rounds as were asked for. */
const worthHolding = 100;

/** @throws bad_weights, zero_weights */
function requireWeights(weights: Float64Array): void {
  const bad = weights.reduce(
    (n, weight) => n + (weight >= 0 && weight < Number.POSITIVE_INFINITY ? 0 : 1),
    0,
  );
  if (bad > 0) throw new DomainError('bad_weights', { rows: bad, of: weights.length });
  if (weights.every((weight) => weight === 0))
    throw new DomainError('zero_weights', { rows: weights.length });
}

/** Holds whole groups aside, in an order drawn from `random`, until the share is reached. */
function holdGroups(
  { rows, groups }: Matrix,
  share: number,
  random: () => number,
): { kept: Int32Array; held: Int32Array } {
  const every = Int32Array.from({ length: rows }, (_, i) => i);
  const found = [...new Set(groups)].sort((a, b) => a - b);
  const order = shuffled(found.length, random);
  const aside = new Set(
    Array.from(order.subarray(0, Math.floor(share * found.length)), (place) => found[place]!),
  );
  return {
    kept: every.filter((row) => !aside.has(groups[row]!)),
    held: every.filter((row) => aside.has(groups[row]!)),
  };
}

/** Boosts, stops where rows held aside say so, and fits again on all rows for as many rounds. */
export async function fitTrees(task: FitTask<TreeOptions>): Promise<Fitted> {
  const { matrix, options, objective = 'logistic', random, onProgress } = task;
  if (!matrix.target) throw new TypeError('a matrix to fit needs its target');
  if (matrix.weights) requireWeights(matrix.weights);
  const { kept, held } =
    options.patience > 0 && matrix.rows >= worthHolding
      ? holdGroups(matrix, options.heldShare, random)
      : { kept: Int32Array.from({ length: matrix.rows }, (_, i) => i), held: new Int32Array(0) };
  const twice = held.length > 0 && options.refit;
  const first = await boost({
    ...task,
    objective,
    rows: kept,
    held,
    rounds: options.rounds,
    onProgress: ({ done, note }) => onProgress({ done: twice ? done / 2 : done, note }),
  });
  if (!twice)
    return treesModel(saveTrees(objective, first.base, first.bins, first.trees.slice(0, first.best)));
  const again = await boost({
    ...task,
    objective,
    rows: Int32Array.from({ length: matrix.rows }, (_, i) => i),
    held: new Int32Array(0),
    rounds: first.best,
    onProgress: ({ done, note }) => onProgress({ done: 0.5 + done / 2, note }),
  });
  return treesModel(saveTrees(objective, again.base, again.bins, again.trees));
}
