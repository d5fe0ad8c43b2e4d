import { ident, sql } from '../../../sql/sql.ts';
import { tables } from '../../tables.ts';
import type { QualityCheck } from '../check.ts';

/** Shapes of mail addresses, telephones with country code, payment cards and national identifiers of the region. */
const shapes = [
  '[^@ ]+@[^@ ]+\\.[A-Za-z]{2,}',
  '\\+[0-9][0-9 ()-]{7,16}',
  '[0-9]{4}[ -][0-9]{4}[ -][0-9]{4}[ -][0-9]{4}',
  // CURP and RFC of Mexico, CPF of Brazil, CUIT of Argentina, RUT of Chile, DNI of Spain
  '[A-Z]{4}[0-9]{6}[HM][A-Z]{5}[A-Z0-9][0-9]',
  '[A-ZÑ&]{4}[0-9]{6}[A-Z0-9]{3}',
  '[0-9]{3}\\.[0-9]{3}\\.[0-9]{3}-[0-9]{2}',
  '(20|23|24|27|30|33|34)-[0-9]{8}-[0-9]',
  '[0-9]{1,2}\\.[0-9]{3}\\.[0-9]{3}-[0-9kK]',
  '[0-9]{8}[A-HJ-NP-TV-Z]',
];
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
    es: '{affected, number} valores de {column}, en {table}, parecen correos, teléfonos, tarjetas o documentos; esa columna no se oculta.',
    en: '{affected, number} values of {column}, in {table}, look like mail addresses, telephones, cards or national identifiers; that column is not masked.',
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
          where: dialect.matches(sql`t.${ident(column)}`, shapes.map((shape) => `(${shape})`).join('|')),
        })),
    ),
};

export default check;
