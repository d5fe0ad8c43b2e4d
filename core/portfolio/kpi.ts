import type { z } from 'zod';
import type { Dialect } from '../sql/dialects/dialect.ts';
import type { Sql } from '../sql/sql.ts';
import type { Text } from '../text/text.ts';

/** Which accounts a figure is about; what is absent does not narrow. */
export interface KpiFilter {
  /** ISO 3166 country of the holder. */
  country?: string | undefined;
  product?: string | undefined;
  /** ISO 4217. */
  currency?: string | undefined;
  /** Bucket of days past due: on the date of the figure, or where its way begins when it is about a way. */
  bucket?: string | undefined;
  /** Id of a segment; its members as they were frozen. */
  segment?: string | undefined;
  /** First and last date looked at, ISO. */
  since?: string | undefined;
  until?: string | undefined;
  /** Currency that every amount is turned into by the loaded rate table; absent: each stays apart. */
  quote?: string | undefined;
}

export interface KpiScope<P = unknown> {
  dialect: Dialect;
  /** Whether the whole portfolio is seen on one date a month. */
  oneDateAMonth: boolean;
  /** Date of the figure, ISO: the last snapshot on or before what was asked. */
  asOf: string;
  /** The last snapshot date of each month seen up to then, ISO, oldest first. */
  dates: readonly string[];
  filter: KpiFilter;
  parameters: P;
}

/** How a column of the answer is to be read and written. */
export type KpiUnit =
  | 'code'
  | 'month'
  | 'date'
  | 'count'
  | 'share'
  | 'money'
  | 'ratio'
  | 'days'
  | 'per_thousand';

export interface KpiColumn {
  name: string;
  title: Text;
  unit: KpiUnit;
}

export type KpiValue = string | number | null;
export type KpiRow = Record<string, KpiValue>;

/** What a KPI says beside its rows. */
export interface KpiAnswer {
  rows: KpiRow[];
  /** Units counted on the date of the figure. */
  n: number;
  /** Size of the denominator, where it is one number. */
  of: number | null;
  /** Single figures for a sentence: the change since a month ago, the largest cell. */
  figures: Record<string, KpiValue>;
}

/** Something a KPI cannot do without: a table with rows, or a column with values. */
export interface KpiNeed {
  table: string;
  column?: string;
  /** Rows of this table do instead. */
  or?: string;
}

/** Tables whose amounts have a date of their own. */
export type KpiAmount = 'snapshots' | 'payments' | 'placements' | 'contacts' | 'costs';

/**
 * One figure of the portfolio, or one family of them: a statement over `current_*`, and what is worked out from its
 * rows. One file of `kpis/` is one KPI; its id is its file name.
 */
export interface Kpi<P extends z.ZodObject = z.ZodObject> {
  text: { title: Text; summary: Text };
  /** The formula, in words. */
  definition: Text;
  population: Text;
  denominator: Text;
  needs: readonly KpiNeed[];
  /** Of its own, beside the filter; each from text, with a default. */
  parameters: P;
  columns: readonly KpiColumn[];
  /** Dated amounts that are turned into one currency when that is asked for. */
  amounts?: readonly KpiAmount[];
  /** First date of which amounts are looked at, ISO; default: the filter's, or the first there is. */
  amountsFrom?(scope: KpiScope<z.output<P>>): string;
  statement(scope: KpiScope<z.output<P>>): Sql;
  /** Intervals, order and single figures, from the rows of the statement. */
  answer(rows: readonly KpiRow[], scope: KpiScope<z.output<P>>): KpiAnswer;
}

export const defineKpi = <P extends z.ZodObject>(kpi: Kpi<P>): Kpi<P> => kpi;
