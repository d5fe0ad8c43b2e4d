import type { Dialect } from '../../sql/dialects/dialect.ts';
import type { Sql } from '../../sql/sql.ts';
import type { Text } from '../../text/text.ts';

/** What a check may know before it looks at rows. */
export interface QualityScope {
  dialect: Dialect;
  /** The workspace's date, ISO. */
  today: string;
  /** Live rows of a canonical table; 0 when it is absent. */
  rowsOf(table: string): number;
  /** Whether any row of the table has a value in the column. */
  isFilled(table: string, column: string): boolean;
  /** Loads that hold rows of a table, oldest first. */
  loadsOf(table: string): readonly number[];
}

/** One question to the rows. */
export interface Probe {
  table: string;
  column: string | null;
  /** One row: `affected`, `looked_at`, and further figures that the texts of the check name. */
  statement: Sql;
}

export const severities = ['info', 'remark', 'serious'] as const;
export type Severity = (typeof severities)[number];

/**
 * Something that can be wrong with data. `remarkAbove` and `seriousAbove` are shares of the rows looked at; a
 * check without them only informs.
 */
export interface QualityCheck {
  id: string;
  title: Text;
  /** Worded with `affected`, `of`, `share`, `table`, `column` and the probe's own figures. */
  found: Text;
  clean: Text;
  remarkAbove?: number;
  seriousAbove?: number;
  probes(scope: QualityScope): Probe[];
}
