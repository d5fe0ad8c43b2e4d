import type { Dialect } from '../../../sql/dialects/dialect.ts';
import { ident, raw, type Sql, sql } from '../../../sql/sql.ts';

/** Values looked at, of any one column. */
export const shownValues = 250;
/** Longer values are cut: they are only looked at. */
const longestValue = 200;

/** What is known of a column: rows that hold something, different values, and the most frequent ones. */
export interface ColumnValues {
  value: string;
  n: number;
  filled: number;
  distinct_values: number;
}

/** One row for each of the most frequent values of a column, blanks aside. */
export const columnValues = (dialect: Dialect, relation: Sql, name: string): Sql => {
  const text = sql`nullif(trim(${dialect.cast(ident(name), 'text')}), '')`;
  return sql`SELECT substr(value, 1, ${raw(String(longestValue))}) AS value, n, CAST(sum(n) OVER () AS BIGINT) AS filled, count(*) OVER () AS distinct_values FROM (SELECT ${text} AS value, count(*) AS n FROM ${relation} GROUP BY 1) AS v WHERE value IS NOT NULL ORDER BY n DESC, value LIMIT ${raw(String(shownValues))}`;
};
