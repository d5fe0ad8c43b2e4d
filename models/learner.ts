import type { z } from 'zod';
import type { ModelCard } from '#core/contract/models.ts';
import type { Dialect } from '#core/sql/dialects/dialect.ts';
import type { Sql } from '#core/sql/sql.ts';
import type { Text } from '#core/text/text.ts';
import type { Matrix } from './matrix.ts';

export interface Progress {
  /** Share done in [0, 1]. */
  done: number;
  note: string;
}

export interface FitTask<Options> {
  matrix: Matrix;
  options: Options;
  /** Uniform numbers in [0, 1) from the run's seed. */
  random: () => number;
  onProgress: (progress: Progress) => void;
  /** Throws DomainError('cancelled') when the job was cancelled; called between rounds. */
  checkCancelled: () => void;
}

/** A fitted model: probabilities for rows, as numbers and where possible as SQL. */
export interface Fitted {
  /** One probability per row of the matrix, which must hold the columns fitted on. */
  predict(matrix: Matrix): Float64Array;
  /** The same probability as an expression over columns named as the features. */
  toSql?(dialect: Dialect): Sql;
  /** Everything needed to restore the model exactly, as plain JSON. */
  save(): unknown;
  /** What its card shows beside the figures every model has. */
  describe?(): {
    /** Columns it uses. */
    used: readonly string[];
    /** Information value of each column it was offered, where it knows it. */
    information: Readonly<Record<string, number>>;
    points: ModelCard['points'];
  };
}

/** A way to fit a model. One file of `learners/` is one learner; its id is its file name. */
export interface Learner<Options = unknown> {
  text: { title: Text; summary: Text };
  options: z.ZodType<Options>;
  /** Deterministic under the random source: equal input gives an equal model, bit for bit. */
  fit(task: FitTask<Options>): Fitted | Promise<Fitted>;
  restore(saved: unknown): Fitted;
}
