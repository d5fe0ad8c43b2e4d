import { current } from '../../../sql/dialects/duckdb.ts';
import { ident, sql } from '../../../sql/sql.ts';
import { tables } from '../../tables.ts';
import type { QualityCheck } from '../check.ts';
import { countRows } from '../count.ts';

/** Protected attributes that are there: useful to watch for unequal treatment, never fed to a model. */
export const protectedColumns: QualityCheck = {
  id: 'protected_columns',
  title: { es: 'Atributos protegidos', en: 'Protected attributes' },
  found: {
    es: '{column} está en {affected, number} filas de {table}. Queda fuera de los modelos; sirve para vigilar que el trato sea igual.',
    en: '{column} is in {affected, number} rows of {table}. It stays out of models; it serves to watch that treatment is equal.',
  },
  clean: { es: '{table} no trae {column}.', en: '{table} does not hold {column}.' },
  probes: ({ dialect, isFilled }) =>
    tables.flatMap(({ name, columns }) =>
      Object.entries(columns)
        .filter(([column, { tag }]) => tag === 'protected' && isFilled(name, column))
        .map(([column]) => ({
          table: name,
          column,
          statement: countRows(dialect, current(name), sql`${ident(column)} IS NOT NULL`),
        })),
    ),
};
