import { ident, sql } from '../../../sql/sql.ts';
import { tables } from '../../tables.ts';
import type { QualityCheck } from '../check.ts';
import { looksPersonal } from '../personal.ts';

const homes: Readonly<Record<string, string>> = { customer_id: 'customers', account_id: 'accounts' };

/** Personal data in columns that are not for them, so that nothing masks them. */
const check: QualityCheck = {
  text: {
    title: { es: 'Parecen datos personales', en: 'Looks like personal data' },
    summary: {
      es: 'Correos, teléfonos, tarjetas o documentos en columnas que no se ocultan.',
      en: 'Mail addresses, telephones, cards or national identifiers in columns that are not masked.',
    },
  },
  found: {
    es: '{affected, plural, one {Un valor de {column}, en {table}, parece} other {# valores de {column}, en {table}, parecen}} correos, teléfonos, tarjetas o documentos; esa columna no se oculta.',
    en: '{affected, plural, one {One value of {column}, in {table}, looks} other {# values of {column}, in {table}, look}} like mail addresses, telephones, cards or national identifiers; that column is not masked.',
  },
  clean: {
    es: '{column}, en {table}, no parece traer datos personales.',
    en: '{column}, in {table}, does not seem to hold personal data.',
  },
  affects: {
    es: 'Quien ve la cartera vería esos datos, y saldrían en consultas y descargas.',
    en: 'Whoever sees the portfolio would see them, and they would leave with queries and downloads.',
  },
  advice: {
    es: 'Deje esa columna fuera del mapeo, o cámbiela por un identificador interno; después deshaga la carga que los trajo y cargue de nuevo.',
    en: 'Leave that column out of the mapping, or put an internal identifier in its place; then undo the load that brought them and load again.',
  },
  remedy: 'undo',
  order: 5,
  remarkAbove: 0,
  seriousAbove: 0.01,
  probes: ({ dialect, isFilled, liveRowsOf }) =>
    tables.flatMap(({ name, columns }) =>
      Object.entries(columns)
        .filter(([, { type, tag, values }]) => type === 'text' && !tag && !values)
        .filter(([column]) => isFilled(name, column))
        // An identifier is looked at in its own table, where it stands once.
        .filter(([column]) => (homes[column] ?? name) === name || liveRowsOf(homes[column] ?? '') === 0)
        .map(([column]) => ({
          table: name,
          column,
          hidden: true,
          among: sql`t.${ident(column)} IS NOT NULL`,
          where: looksPersonal(dialect, sql`t.${ident(column)}`),
        })),
    ),
};

export default check;
