import { current } from '../../../sql/dialects/duckdb.ts';
import { ident, sql } from '../../../sql/sql.ts';
import { tables } from '../../tables.ts';
import type { QualityCheck } from '../check.ts';
import { tableWords } from '../words.ts';

const homes = [
  { column: 'customer_id', home: 'customers' },
  { column: 'account_id', home: 'accounts' },
];

/** Rows that refer to a person or an account that is not there. */
const check: QualityCheck = {
  text: {
    title: { es: 'Referencias sin dueño', en: 'References to nothing' },
    summary: {
      es: 'Filas que nombran una persona o una cuenta que no está.',
      en: 'Rows that name a person or an account that is not there.',
    },
  },
  found: {
    es: '{affected, plural, one {# fila de {table} ({share, number, percent}) nombra} other {# filas de {table} ({share, number, percent}) nombran}} en {column} algo que no está en {home}.',
    en: '{affected, plural, one {# row of {table} ({share, number, percent}) names} other {# rows of {table} ({share, number, percent}) name}} in {column} what is not in {home}.',
  },
  clean: {
    es: 'Todas las filas de {table} apuntan a filas de {home} que existen.',
    en: 'Every row of {table} points to rows of {home} that exist.',
  },
  affects: {
    es: 'Esas filas no entran en ninguna cifra por país, producto o moneda, ni en los modelos.',
    en: 'Those rows enter no figure by country, product or currency, and no model.',
  },
  advice: {
    es: 'Cargue las filas de {home} que faltan, o mapee {column} al mismo identificador en los dos archivos (ceros a la izquierda, espacios).',
    en: 'Load the rows of {home} that are missing, or map {column} to the same identifier in both files (leading zeros, spaces).',
  },
  remedy: 'load',
  order: 10,
  remarkAbove: 0,
  seriousAbove: 0.05,
  probes: ({ isFilled, liveRowsOf }) =>
    homes.flatMap(({ column, home }) =>
      tables
        .filter(({ name, columns }) => name !== home && Object.hasOwn(columns, column))
        .filter(({ name }) => isFilled(name, column) && liveRowsOf(home) > 0)
        .map(({ name }) => ({
          table: name,
          column,
          joined: sql`LEFT JOIN ${current(home)} AS h ON h.${ident(column)} = t.${ident(column)}`,
          among: sql`t.${ident(column)} IS NOT NULL`,
          where: sql`h.${ident(column)} IS NULL`,
          words: { home: tableWords(home) },
        })),
    ),
};

export default check;
