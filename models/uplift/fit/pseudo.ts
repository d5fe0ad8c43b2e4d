import type { Fitted, Learner, Objective } from '../../learner.ts';
import { seededRandom } from '../../maths/random.ts';
import type { Matrix } from '../../matrix.ts';
import type { Pool } from '../../pool.ts';

/** How nuisances and effects are fitted: one learner with its options, a seed, and how to be stopped. */
export interface Fitting {
  learner: Learner;
  options: unknown;
  seed: number;
  pool?: Pool;
  checkCancelled: () => void;
}

/** A saved regression of any number on the columns. */
export type SavedRegression =
  | { kind: 'constant'; value: number }
  | { kind: 'direct'; fitted: unknown }
  | { kind: 'rescaled'; fitted: unknown; lower: number; upper: number };

export interface Regression {
  predict(matrix: Matrix): Float64Array;
  save(): SavedRegression;
}

const constant = (value: number): Regression => ({
  predict: (matrix) => new Float64Array(matrix.rows).fill(value),
  save: () => ({ kind: 'constant', value }),
});

/** Fewest rows, and cases of the rarer outcome, from which something that varies is learned. */
export const leastRows = 50;
const leastEvents = 5;

const fitWith = (
  { learner, options, seed, pool, checkCancelled }: Fitting,
  matrix: Matrix,
  objective: Objective,
): Fitted | Promise<Fitted> =>
  learner.fit({
    matrix,
    options,
    objective,
    random: seededRandom(seed),
    ...(pool ? { pool } : {}),
    onProgress: () => {},
    checkCancelled,
  });

/**
 * The chance of an outcome given the columns. With too few rows or cases, one chance for everybody, (cases + ½) of
 * (rows + 1), which is never 0 or 1.
 */
export async function fitChance(
  fitting: Fitting,
  matrix: Matrix & { target: Float64Array },
): Promise<Regression> {
  let events = 0;
  for (const value of matrix.target) events += value;
  const rarer = Math.min(events, matrix.rows - events);
  if (matrix.rows < leastRows || rarer < leastEvents) return constant((events + 0.5) / (matrix.rows + 1));
  const fitted = await fitWith(fitting, matrix, 'logistic');
  return {
    predict: (rows) => fitted.predict(rows),
    save: () => ({ kind: 'direct', fitted: fitted.save() }),
  };
}

/**
 * The expected value of any number given the columns. A learner with the objective `squared` is asked as it is. One that
 * is logistic alone gets the number moved and stretched to [0, 1] and fits it as a share: the mean of a bounded response
 * is estimated by its logistic quasi-likelihood whatever the response's distribution (Papke and Wooldridge, 1996). Rows
 * then weigh μ(1−μ)/variance, which gives the quasi-likelihood the dispersion the response really has, so that the
 * learner's tests of what to keep are on the right scale. With too few rows: the mean.
 */
export async function fitNumber(
  fitting: Fitting,
  matrix: Matrix & { target: Float64Array },
): Promise<Regression> {
  const { target, rows } = matrix;
  let sum = 0;
  let lower = Number.POSITIVE_INFINITY;
  let upper = Number.NEGATIVE_INFINITY;
  for (const value of target) {
    sum += value;
    lower = Math.min(lower, value);
    upper = Math.max(upper, value);
  }
  if (rows < leastRows || lower === upper) return constant(rows > 0 ? sum / rows : 0);
  if (fitting.learner.objectives?.includes('squared')) {
    const fitted = await fitWith(fitting, matrix, 'squared');
    return {
      predict: (given) => fitted.predict(given),
      save: () => ({ kind: 'direct', fitted: fitted.save() }),
    };
  }
  const span = upper - lower;
  const scaled = target.map((value) => (value - lower) / span);
  const mean = (sum / rows - lower) / span;
  let squares = 0;
  for (const value of scaled) squares += (value - mean) ** 2;
  const weight = (mean * (1 - mean)) / (squares / (rows - 1));
  const weights = matrix.weights?.map((value) => value * weight) ?? new Float64Array(rows).fill(weight);
  const squeezed = { ...fitting, options: withoutInformationLimit(fitting.options) };
  const fitted = await fitWith(squeezed, { ...matrix, target: scaled, weights }, 'logistic');
  return {
    predict: (given) => fitted.predict(given).map((share) => lower + span * share),
    save: () => ({ kind: 'rescaled', fitted: fitted.save(), lower, upper }),
  };
}

/**
 * A number squeezed into [0, 1] has next to no information value, whatever it means, so columns are not dropped by it; the
 * tests of cuts and coefficients, which know the dispersion by the weights, still choose.
 */
const withoutInformationLimit = (options: unknown): unknown =>
  typeof options === 'object' && options !== null && 'minInformation' in options
    ? { ...options, minInformation: 0 }
    : options;

export function restoreRegression(learner: Learner, saved: SavedRegression): Regression {
  if (saved.kind === 'constant') return constant(saved.value);
  const fitted = learner.restore(saved.fitted);
  if (saved.kind === 'direct') return { predict: (matrix) => fitted.predict(matrix), save: () => saved };
  const { lower, upper } = saved;
  return {
    predict: (matrix) => fitted.predict(matrix).map((share) => lower + (upper - lower) * share),
    save: () => saved,
  };
}
