import type { Dialect } from '../../sql/dialects/dialect.ts';
import type { Sql } from '../../sql/sql.ts';
import type { Text, TextValues } from '../../text/text.ts';
import type { Shift } from './drift.ts';
import type { MonthRows } from './months.ts';
import type { Series } from './series.ts';

/** What a check may know before it looks at rows. */
export interface QualityScope {
  dialect: Dialect;
  /** The workspace's date, ISO. */
  today: string;
  /** The load the report is about; null: everything that is live. */
  load: number | null;
  /** What to read in place of a table: all of its live rows, or those the load brought. */
  rows(table: string): Sql;
  /** Rows of that relation; 0 when it is empty. */
  rowsOf(table: string): number;
  /** Live rows of a table, whatever the report is about. */
  liveRowsOf(table: string): number;
  /** Whether any row of the relation has a value in the column. */
  isFilled(table: string, column: string): boolean;
  /** Live loads that hold rows of a table, oldest first, up to the one the report is about. */
  loadsOf(table: string): readonly number[];
  /** Rows of each month of a table of events or snapshots, in order; months without rows are missing. */
  monthsOf(table: string): readonly MonthRows[];
  /** How each column is spread, month by month. */
  series: readonly Series[];
  /** How each column of a load differs from the load before it. */
  shifts: readonly Shift[];
}

/** A figure, or words that differ by language. */
export type Words = TextValues | Record<string, TextValues[string] | Text>;

/** Which rows of a table break something. The table is called `t`. */
export interface RowsProbe {
  table: string;
  column: string | null;
  where: Sql;
  /** Further relations, from JOIN on. */
  joined?: Sql;
  /** Rows looked at; default: all. */
  among?: Sql;
  /** Aggregates over the relation that the words name. */
  figures?: Record<string, Sql>;
  words?: Words;
  /** The values found must not be shown. */
  hidden?: boolean;
}

/** Something counted that is not rows: months, codes. One row: `affected`, `looked_at`, and figures for the words. */
export interface FiguresProbe {
  table: string;
  column: string | null;
  statement: Sql;
  words?: Words;
}

/** Something judged already, with the statement that shows it. */
export interface JudgedProbe extends FiguresProbe {
  affected: number;
  lookedAt: number;
  severity: Severity;
}

export type Probe = RowsProbe | FiguresProbe | JudgedProbe;

export const severities = ['info', 'remark', 'serious'] as const;
export type Severity = (typeof severities)[number];

/** Where a person goes to put it right. */
export const remedies = ['load', 'map', 'undo', 'rejects', 'source', 'none'] as const;
export type Remedy = (typeof remedies)[number];

/**
 * Something that can be wrong with data. One file of `checks/` is one check; its id is its file name. `remarkAbove`
 * and `seriousAbove` are shares of the rows looked at; a check without them only informs.
 *
 * Words may name `affected`, `of`, `share`, `table`, `column` (in words) and what the probe adds.
 */
export interface QualityCheck {
  text: { title: Text; summary: Text };
  found: Text;
  clean: Text;
  /** What cannot be done, or not be trusted, because of it. */
  affects: Text;
  /** What to do about it. */
  advice: Text;
  remedy: Remedy;
  /** Place among findings of the same severity; the least first. */
  order: number;
  remarkAbove?: number;
  seriousAbove?: number;
  probes(scope: QualityScope): Probe[];
}
