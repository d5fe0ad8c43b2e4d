import { literal, raw, sql } from '../../../sql/sql.ts';
import { tableNames } from '../../tables.ts';
import type { QualityCheck } from '../check.ts';

/** Canonical tables that hold nothing. */
export const absentTables: QualityCheck = {
  id: 'absent_tables',
  title: { es: 'Tablas ausentes', en: 'Absent tables' },
  found: {
    es: 'No se cargaron: {tables}. Lo que depende de ellas se omite o se declara como supuesto.',
    en: 'Not loaded: {tables}. What rests on them is left out, or stated as an assumption.',
  },
  clean: { es: 'Están todas las tablas.', en: 'Every table is there.' },
  probes: ({ rowsOf }) => {
    const absent = tableNames.filter((name) => rowsOf(name) === 0);
    return [
      {
        table: 'accounts',
        column: null,
        statement: sql`SELECT ${raw(String(absent.length))} AS affected, ${raw(String(tableNames.length))} AS looked_at, ${literal(absent.join(', '))} AS tables`,
      },
    ];
  },
};
