import { invert, solve, solveBounded } from './linear-algebra.ts';

export interface LogisticFit {
  intercept: number;
  coefficients: number[];
  /** Intercept first. Of the penalised estimate: square roots of the diagonal of the inverse penalised information. */
  standardErrors: number[];
  /** Penalised information at the estimate, intercept first, row by row. */
  information: Float64Array;
  converged: boolean;
}

export interface LogisticTask {
  /** Columns of the design, without the constant. */
  columns: readonly Float64Array[];
  target: Float64Array;
  weights?: Float64Array | undefined;
  /** Added to the linear predictor of each row, not fitted. */
  offset?: Float64Array | undefined;
  /** Penalty on half the squared coefficient, one for each column; the intercept is never penalised. */
  penalties?: readonly number[];
  /** Coefficients (not the intercept) may not fall below zero; those that would are exactly zero. */
  nonNegative?: boolean;
  /** Where to start: intercept, then coefficients. */
  start?: readonly number[];
  onRound?: () => void;
}

const maxRounds = 50;

/**
 * Logistic regression by iteratively reweighted least squares (Newton's method) with an optional ridge penalty,
 * halving a step that would lower the penalised likelihood. Rows must hold no NaN. With no penalty and perfectly
 * separated classes the estimate does not exist; the fit then stops at `maxRounds` with `converged` false.
 *
 * Equals statsmodels Logit where the penalty is zero and coefficients are free.
 */
export function fitLogistic(task: LogisticTask): LogisticFit {
  const size = task.columns.length + 1;
  const design = designOf(task.columns, task.target.length);
  const bounded = Array.from({ length: size }, (_, i) => i > 0 && task.nonNegative === true);
  let beta = Float64Array.from({ length: size }, (_, i) => task.start?.[i] ?? 0);
  if (!task.start) beta[0] = startingIntercept(task.target, task.weights);
  let state = derivatives(task, design, beta);
  let converged = false;
  for (let round = 0; round < maxRounds && !converged; round++) {
    task.onRound?.();
    const step = task.nonNegative
      ? boundedStep(state, beta, bounded)
      : solve(state.information, state.gradient, size);
    let next = beta.map((value, i) => value + step[i]!);
    let tried = derivatives(task, design, next);
    for (let halved = 0; halved < 20 && !(tried.likelihood >= state.likelihood - 1e-9); halved++) {
      for (let i = 0; i < size; i++) step[i]! /= 2;
      next = beta.map((value, i) => value + step[i]!);
      tried = derivatives(task, design, next);
    }
    const gained = tried.likelihood - state.likelihood;
    converged = Math.abs(gained) < 1e-11 * (1 + Math.abs(state.likelihood));
    beta = next;
    state = tried;
  }
  return {
    intercept: beta[0]!,
    coefficients: [...beta.slice(1)],
    standardErrors: standardErrors(state.information, size),
    information: state.information,
    converged,
  };
}

/** Square roots of the diagonal of the inverse information. */
export function standardErrors(information: Float64Array, size: number): number[] {
  const covariance = invert(information, size);
  return Array.from({ length: size }, (_, i) => Math.sqrt(covariance[i * size + i]!));
}

/** The constant and the columns, row by row: the order the sums read them in. */
function designOf(columns: readonly Float64Array[], rows: number): Float64Array {
  const size = columns.length + 1;
  const design = new Float64Array(rows * size);
  for (let i = 0; i < rows; i++) design[i * size] = 1;
  columns.forEach((column, j) => {
    for (let i = 0, at = j + 1; i < rows; i++, at += size) design[at] = column[i]!;
  });
  return design;
}

interface State {
  likelihood: number;
  gradient: Float64Array;
  information: Float64Array;
}

/** The step to the best point of the local parabola that keeps every bounded coefficient at zero or above. */
function boundedStep(state: State, beta: Float64Array, bounded: readonly boolean[]): Float64Array {
  const size = beta.length;
  const right = state.gradient.map((slope, i) => {
    let sum = slope;
    for (let k = 0; k < size; k++) sum += state.information[i * size + k]! * beta[k]!;
    return sum;
  });
  const best = solveBounded(state.information, right, bounded, beta);
  return best.map((value, i) => value - beta[i]!);
}

function startingIntercept(target: Float64Array, weights: Float64Array | undefined): number {
  let n = 0;
  let events = 0;
  for (let i = 0; i < target.length; i++) {
    const weight = weights ? weights[i]! : 1;
    n += weight;
    events += weight * target[i]!;
  }
  return Math.log((events + 0.5) / (n - events + 0.5));
}

/** Penalised log likelihood, its gradient and the information matrix at `beta`. */
function derivatives(task: LogisticTask, design: Float64Array, beta: Float64Array): State {
  const { target, weights, offset } = task;
  const size = beta.length;
  const gradient = new Float64Array(size);
  const information = new Float64Array(size * size);
  let likelihood = 0;
  for (let i = 0, from = 0; i < target.length; i++, from += size) {
    let eta = offset ? offset[i]! : 0;
    for (let j = 0; j < size; j++) eta += beta[j]! * design[from + j]!;
    const weight = weights ? weights[i]! : 1;
    const p = 1 / (1 + Math.exp(-eta));
    likelihood += weight * (target[i]! * eta - Math.max(eta, 0) - Math.log1p(Math.exp(-Math.abs(eta))));
    const residual = weight * (target[i]! - p);
    const curve = weight * p * (1 - p);
    for (let j = 0, at = 0; j < size; j++, at += size) {
      const value = design[from + j]!;
      gradient[j]! += residual * value;
      const scaled = curve * value;
      for (let k = 0; k <= j; k++) information[at + k]! += scaled * design[from + k]!;
    }
  }
  for (let j = 0; j < size; j++) {
    const penalty = j === 0 ? 0 : (task.penalties?.[j - 1] ?? 0);
    likelihood -= 0.5 * penalty * beta[j]! ** 2;
    gradient[j]! -= penalty * beta[j]!;
    information[j * size + j]! += penalty;
    for (let k = 0; k < j; k++) information[k * size + j] = information[j * size + k]!;
  }
  return { likelihood, gradient, information };
}
