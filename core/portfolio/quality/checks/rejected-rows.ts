import { raw, sql } from '../../../sql/sql.ts';
import { tableNames } from '../../tables.ts';
import type { QualityCheck } from '../check.ts';

/** Rows that a load did not take. */
const check: QualityCheck = {
  text: {
    title: { es: 'Filas rechazadas', en: 'Rejected rows' },
    summary: { es: 'Filas que no entraron al cargar.', en: 'Rows that did not enter when loading.' },
  },
  found: {
    es: 'Al cargar {affected, plural, one {se rechazó # fila} other {se rechazaron # filas}} ({share, number, percent}); se pueden bajar con su motivo.',
    en: '{affected, plural, one {# row ({share, number, percent}) was} other {# rows ({share, number, percent}) were}} rejected when loading; each can be downloaded with its reason.',
  },
  clean: { es: 'No se rechazó ninguna fila al cargar.', en: 'No row was rejected when loading.' },
  affects: {
    es: 'Lo que se muestra deja fuera esas filas; si no son al azar, deja fuera a un grupo de personas.',
    en: 'What is shown leaves out those rows; if they are not random, it leaves out a group of people.',
  },
  advice: {
    es: 'Mire los motivos; lo más común se corrige en el mapeo y se carga de nuevo.',
    en: 'Look at the reasons; the commonest are corrected in the mapping and loaded again.',
  },
  remedy: 'rejects',
  order: 25,
  remarkAbove: 0,
  seriousAbove: 0.05,
  probes: ({ load, rowsOf }) => {
    const rows = raw(String(tableNames.reduce((sum, name) => sum + rowsOf(name), 0)));
    const which = load === null ? raw('') : sql` AND load_id = ${raw(String(load))}`;
    return [
      {
        table: 'accounts',
        column: null,
        statement: sql`SELECT CAST(coalesce(sum(rejected), 0) AS BIGINT) AS affected, CAST(coalesce(sum(rejected), 0) + ${rows} AS BIGINT) AS looked_at
FROM loads WHERE state = 'live'${which}`,
      },
    ];
  },
};

export default check;
