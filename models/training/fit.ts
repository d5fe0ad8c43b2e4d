import { DomainError } from '#core/errors/domain-error.ts';
import type { Fitted, Learner, Progress } from '../learner.ts';
import { seededRandom } from '../maths/random.ts';
import { type Matrix, takeRows } from '../matrix.ts';
import type { Pool } from '../pool.ts';

/** One way to fit, with options of its own: what is compared. */
export interface Asked {
  id: string;
  /** Opens the learner; a way whose library is missing fails here, and the others go on. */
  open: () => Learner | Promise<Learner>;
  options: unknown;
}

export interface Run {
  /** Without columns that do not vary. */
  matrix: Matrix;
  seed: number;
  pool?: Pool | undefined;
  /** Seconds since some moment. */
  clock: () => number;
  checkCancelled: () => void;
}

/** A number for each use of one seed, so that no fit depends on what was fitted before it (FNV-1a). */
export function seedOf(seed: number, use: string): number {
  let hash = 0x811c9dc5;
  for (const letter of `${seed}/${use}`) hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193) >>> 0;
  return hash;
}

export interface Fitting {
  learner: Learner;
  options: unknown;
  /** Names the fit among those of a seed: the random numbers it is given. */
  use: string;
  rows: Int32Array;
  onProgress: (progress: Progress) => void;
}

/** Fits a learner on some rows of the run's matrix. @throws learner_cannot, cancelled, and the learner's own */
export async function fitRows(run: Run, fitting: Fitting): Promise<Fitted> {
  const { learner, options, use, rows, onProgress } = fitting;
  run.checkCancelled();
  return learner.fit({
    matrix: takeRows(run.matrix, rows),
    objective: 'logistic',
    options,
    random: seededRandom(seedOf(run.seed, use)),
    ...(run.pool ? { pool: run.pool } : {}),
    onProgress,
    checkCancelled: run.checkCancelled,
  });
}

/** @throws learner_cannot when it does not give probabilities. */
export function requireProbabilities(id: string, { objectives }: Learner): void {
  if (objectives && !objectives.includes('logistic'))
    throw new DomainError('learner_cannot', { learner: id, objective: 'logistic' });
}

/** A cancel is never taken for a failure of the learner. */
export function rethrowCancel(error: unknown): void {
  if (error instanceof DomainError && error.code === 'cancelled') throw error;
}
