import { current } from '../../../sql/dialects/duckdb.ts';
import { ident, sql } from '../../../sql/sql.ts';
import { tables } from '../../tables.ts';
import type { QualityCheck } from '../check.ts';
import { countRows } from '../count.ts';

const mail = '[^@ ]+@[^@ ]+\\.[A-Za-z]{2,}';
const phone = '\\+[0-9][0-9 ()-]{7,16}';

/** Mail addresses and telephone numbers in columns that are not for them, so that nothing masks them. */
export const personalLooking: QualityCheck = {
  id: 'personal_looking',
  title: { es: 'Parecen datos personales', en: 'Looks like personal data' },
  found: {
    es: '{affected, number} valores de {table}.{column} parecen correos o teléfonos; esa columna no se oculta.',
    en: '{affected, number} values of {table}.{column} look like mail addresses or telephones; that column is not masked.',
  },
  clean: {
    es: '{table}.{column} no parece traer correos ni teléfonos.',
    en: '{table}.{column} does not seem to hold mail addresses or telephones.',
  },
  remarkAbove: 0,
  seriousAbove: 0.01,
  probes: ({ dialect, isFilled }) =>
    tables.flatMap(({ name, columns }) =>
      Object.entries(columns)
        .filter(
          ([column, { type, tag, values }]) => type === 'text' && !tag && !values && isFilled(name, column),
        )
        .map(([column]) => {
          const looks = sql`${dialect.matches(ident(column), mail)} OR ${dialect.matches(ident(column), phone)}`;
          return { table: name, column, statement: countRows(dialect, current(name), looks) };
        }),
    ),
};
