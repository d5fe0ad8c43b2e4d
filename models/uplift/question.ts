import type { FeatureColumn } from '#core/features/feature.ts';
import type { Dialect } from '#core/sql/dialects/dialect.ts';
import type { Sql } from '#core/sql/sql.ts';
import type { Text } from '#core/text/text.ts';
import type { DecisionDate, Question } from '../question.ts';
import type { Sample } from '../training-set.ts';
import type { Method } from './fit/learners.ts';

export interface Arm {
  id: string;
  title: Text;
}

/** How the rows of past decisions were thinned, for the card. */
export interface Thinning {
  /** Share of the days without an attempt that are kept. */
  share: number;
  rule: Text;
}

/**
 * A question about what an action changes: `kind` is `uplift`, job `train-uplift` trains it and `score-uplift` scores it.
 * The first arm is doing nothing. A decision is taken at the start of a `day`, knowing what was known the day before.
 */
export interface UpliftQuestion<P = unknown> extends Question<P> {
  kind: 'uplift';
  arms: readonly Arm[];
  /** Days, the day of the decision included, in which the outcome may happen. */
  windowDays(parameters: P): number;
  method(parameters: P): Method;
  trim(parameters: P): readonly [number, number];
  thinning(parameters: P, dates: readonly DecisionDate[]): Thinning;
  /** Columns of the decision itself, beside those of the feature families. */
  columns: readonly FeatureColumn[];
  /**
   * Past decisions of the people of `candidates` on the dates, one row for each person and day: account_id, customer_id,
   * day, state_on (the last snapshot before), arm, target (0 or 1), amount (paid in the window, in the currency of the
   * account), currency, arrears, place, recorded (0 or 1), p_<arm> (as written down, or null), permitted_<arm> (0 or 1)
   * and the question's columns.
   */
  decisions(dialect: Dialect, parameters: P, dates: readonly DecisionDate[], sample: Sample): Sql;
  /**
   * People of `candidates` on a date who are decided on the day after, in the same shape without arm, target, amount,
   * recorded and p_<arm>.
   */
  people(dialect: Dialect, parameters: P, asOf: string): Sql;
}

export const isUplift = (question: Question): question is UpliftQuestion => question.kind === 'uplift';
