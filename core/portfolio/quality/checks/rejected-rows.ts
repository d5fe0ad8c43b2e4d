import { raw, sql } from '../../../sql/sql.ts';
import type { QualityCheck } from '../check.ts';

/** Rows that live loads did not take. */
export const rejectedRows: QualityCheck = {
  id: 'rejected_rows',
  title: { es: 'Filas rechazadas', en: 'Rejected rows' },
  found: {
    es: 'Al cargar se rechazaron {affected, number} filas; se pueden bajar con su motivo.',
    en: '{affected, number} rows were rejected when loading; they can be downloaded with their reasons.',
  },
  clean: { es: 'No se rechazó ninguna fila al cargar.', en: 'No row was rejected when loading.' },
  remarkAbove: 0,
  seriousAbove: 0.05,
  probes: ({ rowsOf }) => [
    {
      table: 'accounts',
      column: null,
      statement: sql`SELECT CAST(coalesce(sum(rejected), 0) AS BIGINT) AS affected,
  CAST(coalesce(sum(rejected), 0) + ${raw(String(Math.max(rowsOf('accounts'), rowsOf('snapshots'), rowsOf('payments'))))} AS BIGINT) AS looked_at
FROM loads WHERE state = 'live'`,
    },
  ],
};
