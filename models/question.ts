import type { z } from 'zod';
import type { Identification } from '#core/contract/models.ts';
import type { Dialect } from '#core/sql/dialects/dialect.ts';
import type { Sql } from '#core/sql/sql.ts';
import type { Text } from '#core/text/text.ts';

/** When the data was observed: each date with snapshots, ascending, and how often an account is seen. */
export interface Calendar {
  dates: readonly string[];
  observed: 'monthly' | 'weekly' | 'daily';
}

/** A date decisions are taken on. */
export interface DecisionDate {
  asOf: string;
  /** Last date on which the event may happen. */
  horizonEnd: string;
  /** Last date its label looks at; later than the horizon where the event has to last. */
  labelEnd: string;
}

/** A part of the rows whose results are shown apart. */
export interface Slice {
  id: string;
  title: Text;
}

/**
 * A question about accounts on a date. A file of `models/` with a default export is one model; any learner can be
 * asked to answer it. Relations are SELECTs over the `current_<table>` views.
 */
export interface Question<Parameters = unknown> {
  text: { title: Text; summary: Text };
  /** What somebody decides with the answer. */
  decision: Text;
  parameters: z.ZodType<Parameters>;
  /** Canonical tables without which it cannot be asked. */
  needs: readonly string[];
  horizonDays(parameters: Parameters): number;
  /** The question with its figures, in words. */
  describe(parameters: Parameters, calendar: Calendar): Text;
  /** Dates whose outcome the data holds in full, ascending. */
  decisionDates(parameters: Parameters, calendar: Calendar): DecisionDate[];
  /**
   * Everybody in range on the dates: account_id, customer_id, as_of, days_past_due, `excluded` (a key of
   * `exclusionTexts`, or null: at risk) and one 0/1 column named as each slice (null: unknown).
   */
  candidates(dialect: Dialect, parameters: Parameters, dates: readonly string[]): Sql;
  /**
   * What became of each row of `population`: account_id, as_of, `outcome` (a key of `outcomeTexts`) and `target`
   * (1, 0, or null where the outcome was not observed: the row is left out, never called 0).
   */
  outcomes(dialect: Dialect, parameters: Parameters, population: Sql, dates: readonly DecisionDate[]): Sql;
  exclusionTexts: Readonly<Record<string, Text>>;
  outcomeTexts: Readonly<Record<string, Text>>;
  slices: readonly Slice[];
  /** The column that already ranks people today: the baseline beside every result. */
  baseline: { column: string; title: Text };
  /** What the target stands for in causal terms. */
  identification: Identification;
  /** What a reader must not conclude. */
  limits(parameters: Parameters, calendar: Calendar): Text[];
}
