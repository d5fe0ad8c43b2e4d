import type { z } from 'zod';
import type { ModelCard } from '#core/contract/models/card.ts';
import type { Dialect } from '#core/sql/dialects/dialect.ts';
import type { Sql } from '#core/sql/sql.ts';
import type { Text } from '#core/text/text.ts';
import type { Matrix } from './matrix.ts';
import type { Pool } from './pool.ts';

export interface Progress {
  /** Share done in [0, 1]. */
  done: number;
  note: string;
}

/**
 * What is made small. `logistic`: log loss; the target is 0 or 1, or a share between (a fractional response, Papke and
 * Wooldridge 1996), and predictions are probabilities. `squared`: squared error; the target is any number, and
 * predictions are expected values.
 */
export type Objective = 'logistic' | 'squared';

export interface FitTask<Options> {
  matrix: Matrix;
  /** Default: logistic. A learner is only asked for what its `objectives` list. */
  objective?: Objective;
  options: Options;
  /** Uniform numbers in [0, 1) from the run's seed. */
  random: () => number;
  /** Threads it may use; default: none beside its own. The model is the same, bit for bit, whatever their number. */
  pool?: Pool;
  onProgress: (progress: Progress) => void;
  /** Throws DomainError('cancelled') when the job was cancelled; called between rounds. */
  checkCancelled: () => void;
}

/**
 * What each column adds to a row's prediction, on the scale of the model's sum (log odds, or the value itself where the
 * objective is squared): base + the row's values = the uncalibrated prediction on that scale.
 */
export interface Contributions {
  base: number;
  /** Columns used, in the order of `values`. */
  columns: readonly string[];
  /** Row-major, rows × columns. */
  values: Float64Array;
}

/** A fitted model: probabilities for rows, as numbers and where possible as SQL. */
export interface Fitted {
  /** One probability per row of the matrix, which must hold the columns fitted on. */
  predict(matrix: Matrix): Float64Array;
  /** The same probability as an expression over columns named as the features. */
  toSql?(dialect: Dialect): Sql;
  /** Shapley values (or, of an additive model, its terms less their mean over the rows fitted on). */
  contributions?(matrix: Matrix): Contributions;
  /** Everything needed to restore the model exactly, as plain JSON. */
  save(): unknown;
  /** What its card shows beside the figures every model has. */
  describe?(): {
    /** Columns it uses. */
    used: readonly string[];
    /** Information value of each column it was offered, where it knows it. */
    information: Readonly<Record<string, number>>;
    points: ModelCard['points'];
    /** Free parameters: coefficients, leaves or weights; among equals, the least is the simplest. */
    complexity?: number;
  };
}

/** A way to fit a model. One file of `learners/` is one learner; its id is its file name. */
export interface Learner<Options = unknown> {
  text: { title: Text; summary: Text };
  options: z.ZodType<Options>;
  /** Default: logistic alone. */
  objectives?: readonly Objective[];
  /**
   * Other options worth trying, drawn from `random`, for a search that keeps the best half of each round.
   * Absent: there is nothing to search.
   */
  propose?(random: () => number, around: Options): Options;
  /** Deterministic under the random source: equal input gives an equal model, bit for bit. */
  fit(task: FitTask<Options>): Fitted | Promise<Fitted>;
  restore(saved: unknown): Fitted;
}
