import { current } from '../../../sql/dialects/duckdb.ts';
import { ident, sql } from '../../../sql/sql.ts';
import { tables } from '../../tables.ts';
import type { QualityCheck } from '../check.ts';

const homes = [
  { column: 'customer_id', home: 'customers' },
  { column: 'account_id', home: 'accounts' },
];

/** Rows that refer to a person or an account that is not there. */
export const orphanKeys: QualityCheck = {
  id: 'orphan_keys',
  title: { es: 'Referencias sin dueño', en: 'References to nothing' },
  found: {
    es: '{affected, number} filas de {table} ({share, number, percent}) nombran {column} que no existe en {home}.',
    en: '{affected, number} rows of {table} ({share, number, percent}) name a {column} that {home} does not have.',
  },
  clean: {
    es: 'Todas las filas de {table} apuntan a {home} que existen.',
    en: 'Every row of {table} points to {home} that exist.',
  },
  remarkAbove: 0,
  seriousAbove: 0.05,
  probes: ({ dialect, rowsOf, isFilled }) =>
    homes.flatMap(({ column, home }) =>
      tables
        .filter(
          ({ name, columns }) =>
            name !== home && Object.hasOwn(columns, column) && isFilled(name, column) && rowsOf(home) > 0,
        )
        .map(({ name }) => ({
          table: name,
          column,
          statement: sql`SELECT ${dialect.countIf(sql`h.${ident(column)} IS NULL AND t.${ident(column)} IS NOT NULL`)} AS affected,
  ${dialect.countIf(sql`t.${ident(column)} IS NOT NULL`)} AS looked_at, ${home} AS home
FROM ${current(name)} AS t LEFT JOIN ${current(home)} AS h ON h.${ident(column)} = t.${ident(column)}`,
        })),
    ),
};
