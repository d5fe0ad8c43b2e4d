import type { z } from 'zod';
import type { Identification, Rung } from '#core/contract/models/card.ts';
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
  /** The data ends before the horizon: of its rows mostly events are known, so its rate is compared with no other. */
  censored?: true;
}

/** Runs a small statement: how a question looks at the data without doing IO itself. */
export type Ask = <Row extends object>(statement: Sql) => Promise<Row[]>;

/** What the data allows the target to be called, and what that changes in the rows. */
export interface Identified {
  /** Every rung from the best down, with why it was used or refused. */
  ladder: Rung[];
  identification: Identification;
  /** Relation (account_id, as_of) the training rows are restricted to; absent: all. */
  restrict?: Sql;
  /** Relation (account_id, as_of, row_weight) of the training rows' weights; a row absent from it is left out. */
  weights?: Sql;
  warnings: Text[];
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
  /** What it may be called once its answer is identified so; else its title. */
  titles?: Partial<Record<Identification, Text>>;
  /** What somebody decides with the answer. */
  decision: Text;
  parameters: z.ZodType<Parameters>;
  /**
   * What a training of it makes. `probability` (default): the chance of an event or a share in [0, 1], by the common
   * training. Another word names the kind of job that trains it: `train-<kind>`, and `score-<kind>` that scores it.
   */
  kind?: 'probability' | 'uplift';
  /** `event` (default): the target is 0 or 1. `share`: anything between, such as the share of a debt recovered. */
  target?: 'event' | 'share';
  /** Canonical tables without which it cannot be asked. */
  needs: readonly string[];
  horizonDays(parameters: Parameters): number;
  /** The question with its figures, in words, as its answer is identified; default: `identification`. */
  describe(parameters: Parameters, calendar: Calendar, identification?: Identification): Text;
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
  /** What the target stands for in causal terms; with `identify`, what it is called until the data is looked at. */
  identification: Identification;
  /** The assumption under which the figure means what its title says, by what identified it. */
  assumption?(identification: Identification): Text;
  /**
   * Relation (account_id, as_of), in parentheses, of the rows whose outcome can say whether such a version was right:
   * of "cures alone", people left alone. Absent: every row.
   */
  judgedOn?(
    identification: Identification,
    dialect: Dialect,
    parameters: Parameters,
    dates: readonly DecisionDate[],
  ): Sql | undefined;
  /** Looks for the best rung of identification the data carries on the dates chosen. */
  identify?(
    ask: Ask,
    dialect: Dialect,
    parameters: Parameters,
    dates: readonly DecisionDate[],
  ): Promise<Identified>;
  /** What a reader must not conclude. */
  limits(parameters: Parameters, calendar: Calendar, identification?: Identification): Text[];
}
