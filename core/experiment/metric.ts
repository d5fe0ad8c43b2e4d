import type { Dialect } from '../sql/dialects/dialect.ts';
import type { Sql } from '../sql/sql.ts';
import type { Text } from '../text/text.ts';

export interface OutcomeWindow {
  /** Relation with customer_id and entered_on: one row a person. */
  people: Sql;
  /** Outcomes count from entered_on to so many days after it, that day included. */
  horizonDays: number;
  /** Last day whose events are known; later ones are not looked at. */
  asOf: string;
  /**
   * Days after entering up to which later balances may show that what a shorter window counted was not so. Left out:
   * those of the window itself.
   */
  followedDays?: number;
  /** Relation in which `clearingSql` was worked out for these people, this window among others; left out: it is not there. */
  cleared?: Sql;
}

/**
 * What is measured of a person over a window. One file of `metrics/` is one metric; its id is its file name.
 */
export interface Metric {
  text: {
    title: Text;
    summary: Text;
    /** Population, window and what counts, as an explanation beside a figure. */
    definition: Text;
  };
  kind: 'proportion' | 'mean' | 'ratio' | 'quantile' | 'count';
  unit: 'share' | 'money' | 'count' | 'days';
  better: 'higher' | 'lower';
  /** What a guardrail's margin is when none is stated, in the metric's unit; null: no guardrail. */
  margin: number | null;
  /** Quantile above which values are capped; null: none is. */
  capAt: number | null;
  /** Canonical tables without which it cannot be measured. */
  needs: readonly string[];
  /** Whether its outcomes follow from when accounts were cleared, which all such metrics and windows then share. */
  byClearing?: boolean;
  /**
   * One row per person of the window's relation that has an outcome: customer_id, y and, of a ratio, d, as doubles. A
   * person without a row has 0. An amount is in the currency of the column `currency`, which such a metric adds; its
   * people without a row have 0 in the currency of their first account.
   */
  outcomes(dialect: Dialect, window: OutcomeWindow): Sql;
}
