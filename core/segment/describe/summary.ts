import type { Dialect } from '../../sql/dialects/dialect.ts';
import { ident, join, raw, type Sql, sql } from '../../sql/sql.ts';
import { factColumns, scoreColumn } from '../columns.ts';

/** Most categories of one column that are listed. */
export const listedValues = 200;

const numbers = factColumns.filter((column) => column.type !== 'category');
const categories = factColumns.filter((column) => column.type === 'category').map((column) => column.name);

/**
 * Smallest and largest value of each number, amount and score of the facts, as one row with columns `min:<name>`
 * and `max:<name>`, and `currencies`, how many there are.
 */
export function factRanges(dialect: Dialect, facts: Sql, models: readonly string[]): Sql {
  const parts = [
    ...numbers.map(({ name }) => ({ name, column: name })),
    ...models.map((model) => ({ name: model, column: scoreColumn(model) })),
  ].map(({ name, column }) => {
    const value = dialect.float(sql`f.${ident(column)}`);
    return sql`min(${value}) AS ${ident(`min:${name}`)}, max(${value}) AS ${ident(`max:${name}`)}`;
  });
  return sql`SELECT ${dialect.cast(raw('count(DISTINCT f.currency)'), 'bigint')} AS currencies, ${join(parts)}
    FROM (${facts}) f`;
}

export type RangeRow = Record<string, number | null>;

/** The range of one column; none for an amount when there are several currencies. */
export function rangeOf(
  row: RangeRow | undefined,
  name: string,
): { minimum: number | null; maximum: number | null } {
  const amount = numbers.some((column) => column.name === name && column.type === 'money');
  if (!row || (amount && row.currencies !== 1)) return { minimum: null, maximum: null };
  return { minimum: row[`min:${name}`] ?? null, maximum: row[`max:${name}`] ?? null };
}

/**
 * The categories of every category column: rows with one of the columns filled and n, how many accounts have it,
 * most common first. Accounts where it is not known are a row with none filled.
 */
export function factCategories(dialect: Dialect, facts: Sql): Sql {
  const names = categories.map((name) => sql`f.${ident(name)}`);
  return sql`SELECT ${join(names)}, ${dialect.countIf(raw('true'))} AS n FROM (${facts}) f
    GROUP BY GROUPING SETS (${join(names.map((name) => sql`(${name})`))})
    ORDER BY n DESC, ${join(names)}`;
}

export type CategoryRow = Record<string, string | number | null>;

/** The categories of one column, most common first. */
export const categoriesOf = (rows: readonly CategoryRow[], name: string): string[] =>
  rows.flatMap((row) => (typeof row[name] === 'string' ? [row[name]] : [])).slice(0, listedValues);
