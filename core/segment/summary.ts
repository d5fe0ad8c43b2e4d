import type { Dialect } from '../sql/dialects/dialect.ts';
import { ident, join, literal, raw, type Sql, sql } from '../sql/sql.ts';
import { factColumns, scoreColumn } from './columns.ts';

/** Most categories of one column that are listed. */
export const listedValues = 200;

const named = (name: string): Sql => sql`f.${ident(name)}`;

/**
 * Smallest and largest value of each number, amount and score of the facts: rows of (name, minimum, maximum).
 * An amount's range is given only while all accounts share one currency.
 */
export function factRanges(dialect: Dialect, facts: Sql, models: readonly string[]): Sql {
  const range = (name: string, value: Sql, when: Sql) => sql`SELECT ${name} AS name,
    min(CASE WHEN ${when} THEN ${dialect.float(value)} END) AS minimum,
    max(CASE WHEN ${when} THEN ${dialect.float(value)} END) AS maximum FROM facts f`;
  const oneCurrency = sql`(SELECT count(DISTINCT currency) FROM facts) = 1`;
  const parts = [
    ...factColumns
      .filter((column) => column.type !== 'category')
      .map(({ name, type }) => range(name, named(name), type === 'money' ? oneCurrency : raw('true'))),
    ...models.map((model) => range(model, named(scoreColumn(model)), raw('true'))),
  ];
  return sql`WITH facts AS (${facts}) ${join(parts, ' UNION ALL ')} ORDER BY name`;
}

/** The categories of each category column: rows of (name, value), most common first. */
export function factCategories(facts: Sql): Sql {
  const parts = factColumns
    .filter((column) => column.type === 'category')
    .map(
      ({ name }) => sql`SELECT ${literal(name)} AS name, ${named(name)} AS value, count(*) AS n
        FROM facts f WHERE ${named(name)} IS NOT NULL GROUP BY ${named(name)}`,
    );
  return sql`WITH facts AS (${facts}) SELECT name, value FROM (${join(parts, ' UNION ALL ')}) x
    ORDER BY name, n DESC, value`;
}
