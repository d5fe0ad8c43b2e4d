import { literal, raw, sql } from '../../../sql/sql.ts';
import { tables } from '../../tables.ts';
import type { QualityCheck } from '../check.ts';

/** Columns of a table that no row fills: what rests on them is not available. */
export const emptyColumns: QualityCheck = {
  id: 'empty_columns',
  title: { es: 'Columnas sin datos', en: 'Columns without data' },
  found: {
    es: '{table} no trae {columns}: lo que las necesita queda fuera.',
    en: '{table} does not hold {columns}: what needs them is left out.',
  },
  clean: { es: '{table} trae todas sus columnas.', en: '{table} holds all of its columns.' },
  probes: ({ rowsOf, isFilled }) =>
    tables
      .filter(({ name }) => rowsOf(name) > 0)
      .map(({ name, columns }) => {
        const names = Object.keys(columns);
        const empty = names.filter((column) => !isFilled(name, column));
        return {
          table: name,
          column: null,
          statement: sql`SELECT ${raw(String(empty.length))} AS affected, ${raw(String(names.length))} AS looked_at, ${literal(empty.join(', '))} AS columns`,
        };
      }),
};
