import type { Dialect } from '../sql/dialects/dialect.ts';
import { raw, type Sql, sql } from '../sql/sql.ts';
import type { ConsequenceQuestion } from './consequence.ts';
import { current } from './group.ts';

/**
 * Counts cases by the country of the customer.
 *
 * @param each relation with customer_id and a boolean `happened`, one row a case
 */
export function countCases(dialect: Dialect, { country }: ConsequenceQuestion, each: Sql): Sql {
  return sql`SELECT country, ${dialect.countIf(raw('true'))} AS n, ${dialect.countIf(raw('happened'))} AS events FROM (
      SELECT coalesce(substr(c.jurisdiction, 1, 2), ${country}) AS country, e.happened FROM (${each}) e
      LEFT JOIN ${current('customers')} c ON c.customer_id = e.customer_id
    ) k GROUP BY country ORDER BY country`;
}

/** The countries in which people live: a relation with one column, ordered. */
export const countriesOf = (people: Sql | null, country: string | null): Sql =>
  sql`SELECT DISTINCT coalesce(substr(c.jurisdiction, 1, 2), ${country}) AS country FROM (${
    people ?? sql`SELECT customer_id FROM ${current('accounts')}`
  }) p LEFT JOIN ${current('customers')} c ON c.customer_id = p.customer_id ORDER BY country`;
