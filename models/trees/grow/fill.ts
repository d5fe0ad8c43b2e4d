import { DomainError } from '#core/errors/domain-error.ts';
import type { Objective } from '../../learner.ts';
import { binCount, type ColumnBins, writeCodes } from '../bins/bins.ts';
import { type ArenaMemory, openMemory } from '../kernels/memory.ts';
import { type Arena, arenaBytes, codesFrom, type Rules, type Shape } from './arena.ts';
import type { BoostTask } from './boost.ts';

/** Memory for an arena. @throws matrix_too_large, with the most that could be had */
export function allocate(shape: Shape, plain?: boolean): ArenaMemory {
  const bytes = arenaBytes(shape);
  for (let tried = bytes; ; tried /= 2)
    try {
      const memory = openMemory(tried, plain);
      if (tried === bytes) return memory;
      throw new DomainError('matrix_too_large', {
        rows: shape.rows + shape.held,
        columns: shape.columns,
        megabytes: Math.ceil(bytes / 1e6),
        limit: Math.floor(tried / 1e6),
      });
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
}

/** Writes codes, targets and weights: rows fitted on first, then those held aside. */
export function fillArena(arena: Arena, task: BoostTask, bins: readonly ColumnBins[]): void {
  const { matrix, rows, held, checkCancelled } = task;
  const every = new Int32Array(rows.length + held.length);
  every.set(rows);
  every.set(held, rows.length);
  let first = 0;
  bins.forEach((columnBins, column) => {
    checkCancelled();
    writeCodes(columnBins, matrix.columns[column]!, every, arena.codes, codesFrom(arena.shape, column));
    arena.firstBins[column] = first;
    first += binCount(columnBins);
  });
  arena.firstBins[bins.length] = first;
  for (let i = 0; i < every.length; i++) {
    arena.target[i] = matrix.target![every[i]!]!;
    arena.weights[i] = matrix.weights?.[every[i]!] ?? 1;
  }
  arena.allowed.fill(1);
}

export function rulesOf(arena: Arena, { options, objective }: BoostTask, bins: readonly ColumnBins[]): Rules {
  const weights = arena.weights.subarray(0, arena.shape.rows);
  const { learningRate, l2, minRows, minHessian, minGain, categorySmoothing, categoryL2, monotone } = options;
  return {
    squared: objective === 'squared',
    weighted: weights.some((weight) => weight !== 1),
    largestWeight: weights.reduce((most, weight) => Math.max(most, weight), 0),
    learningRate,
    l2,
    minRows,
    minHessian,
    minGain,
    categorySmoothing,
    categoryL2,
    categorical: bins.map(({ kind }) => kind === 'categorical'),
    directions: bins.map(
      ({ name }) => ({ none: 0, increasing: 1, decreasing: -1 })[monotone[name] ?? 'none'],
    ),
  };
}

/** Gives every row the best single value and returns it: the first tree starts from there. */
export function startScores({ target, weights, scores, shape }: Arena, objective: Objective): number {
  let sum = 0;
  let weight = 0;
  for (let i = 0; i < shape.rows; i++) {
    sum += weights[i]! * target[i]!;
    weight += weights[i]!;
  }
  const mean = sum / weight;
  const kept = Math.max(1e-6, Math.min(1 - 1e-6, mean));
  const base = objective === 'squared' ? mean : Math.log(kept / (1 - kept));
  scores.fill(base);
  return base;
}
