import type { Dialect } from '../../sql/dialects/dialect.ts';
import { ident, join, type Sql, sql } from '../../sql/sql.ts';

export const ownCount = (i: number): string => `n${i}`;
export const bothCount = (i: number, j: number): string => `n${i}_${j}`;

/** The pairs of the first so many, each once. */
export const pairsOf = (n: number): [number, number][] =>
  Array.from({ length: n }, (_, i) => i).flatMap((i) =>
    Array.from({ length: n - i - 1 }, (_, k): [number, number] => [i, i + 1 + k]),
  );

/**
 * How many people each predicate picks, and each pair of them, as one row: a person is picked where one of their accounts
 * is. Columns `n<i>` and `n<i>_<j>`.
 */
export function overlapCounts(dialect: Dialect, facts: Sql, predicates: readonly Sql[]): Sql {
  const mark = (i: number) => ident(`s${i}`);
  const marks = predicates.map((predicate, i) => sql`bool_or(${predicate}) AS ${mark(i)}`);
  const own = predicates.map((_, i) => sql`${dialect.countIf(sql`p.${mark(i)}`)} AS ${ident(ownCount(i))}`);
  const both = pairsOf(predicates.length).map(
    ([i, j]) => sql`${dialect.countIf(sql`p.${mark(i)} AND p.${mark(j)}`)} AS ${ident(bothCount(i, j))}`,
  );
  return sql`SELECT ${join([...own, ...both])} FROM (
    SELECT f.customer_id, ${join(marks)} FROM (${facts}) f GROUP BY f.customer_id) p`;
}
