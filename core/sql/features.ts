import type { FeatureColumn, FeatureFamily } from '../features/feature.ts';
import type { Dialect } from './dialects/dialect.ts';
import { ident, join, raw, type Sql, sql } from './sql.ts';

export interface NamedFamily {
  id: string;
  family: FeatureFamily;
}

/** A feature column as a double or as text, whatever the family computed it as. */
const asFeature = (dialect: Dialect, column: FeatureColumn, from: Sql): Sql => {
  const value = sql`${from}.${ident(column.name)}`;
  return sql`${column.kind === 'numeric' ? dialect.float(value) : dialect.cast(value, 'text')} AS ${ident(column.name)}`;
};

/**
 * All features of the families for each row of `population` (account_id, customer_id, as_of): one SELECT with
 * account_id, as_of and every column, each family aggregated once and joined. `population` is named several
 * times, so it should be the name of a relation or of a common table expression.
 */
export function buildFeatures(dialect: Dialect, population: Sql, families: readonly NamedFamily[]): Sql {
  const columns = families.flatMap(({ family }, i) =>
    family.columns.map((column) => asFeature(dialect, column, raw(`f${i}`))),
  );
  const joins = families.map(
    ({ family }, i) => sql`
LEFT JOIN (${family.build(dialect, population)}) ${raw(`f${i}`)} ON ${raw(`f${i}`)}.account_id = p.account_id AND ${raw(`f${i}`)}.as_of = p.as_of`,
  );
  return sql`SELECT p.account_id, p.as_of${columns.length ? sql`, ${join(columns, ',\n  ')}` : raw('')}
FROM ${population} p${join(joins, '')}`;
}
