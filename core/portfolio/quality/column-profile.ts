import type { Dialect } from '../../sql/dialects/dialect.ts';
import { ident, join, literal, raw, type Sql, sql } from '../../sql/sql.ts';
import type { Column, Table } from '../column.ts';

/** Above this many rows distinct values are estimated, not counted. */
export const exactUpTo = 200_000;

/** Free text and identifiers could name a person; their smallest and largest say nothing besides. */
const hasRange = (column: Column): boolean =>
  column.tag !== 'personal' &&
  column.tag !== 'secret' &&
  (column.type !== 'text' || column.values !== undefined);

function columnFigures(dialect: Dialect, name: string, column: Column, rows: number): Sql {
  const value = ident(name);
  const bound = (side: 'min' | 'max') =>
    hasRange(column) ? dialect.cast(sql`${raw(side)}(${value})`, 'text') : dialect.cast(raw('NULL'), 'text');
  const distinct = rows > exactUpTo ? dialect.approximateDistinct(value) : sql`count(DISTINCT ${value})`;
  return sql`count(${value}) AS ${ident(`${name}:filled`)}, ${distinct} AS ${ident(`${name}:distinct`)}, ${bound('min')} AS ${ident(`${name}:minimum`)}, ${bound('max')} AS ${ident(`${name}:maximum`)}`;
}

/**
 * One row about every column of a table: how many rows have a value, distinct values, smallest and largest as
 * text, as `<column>:<figure>`. Personal and secret columns, identifiers and free text show no values; distinct values
 * of a relation of more than 200,000 rows are estimates.
 */
export const columnProfile = (dialect: Dialect, table: Table, relation: Sql, rows: number): Sql =>
  sql`SELECT ${literal(table.name)} AS table_name, ${join(
    Object.entries(table.columns).map(([name, column]) => columnFigures(dialect, name, column, rows)),
  )} FROM ${relation} AS t`;

/** Rows of several relations: table_name, row_count. */
export const rowCounts = (
  dialect: Dialect,
  relations: readonly (readonly [table: string, relation: Sql])[],
): Sql =>
  join(
    relations.map(
      ([table, relation]) =>
        sql`SELECT ${literal(table)} AS table_name, ${dialect.countIf(raw('true'))} AS row_count FROM ${relation} AS t`,
    ),
    ' UNION ALL ',
  );
