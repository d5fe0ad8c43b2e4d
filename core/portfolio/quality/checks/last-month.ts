import { raw, sql } from '../../../sql/sql.ts';
import type { QualityCheck } from '../check.ts';
import { monthWords } from '../words.ts';

/** A last month with far fewer accounts than the one before it: an extract that is not complete. */
const check: QualityCheck = {
  text: {
    title: { es: 'Último mes incompleto', en: 'Last month incomplete' },
    summary: {
      es: 'El último mes tiene muchas menos cuentas que el anterior.',
      en: 'The last month has far fewer accounts than the one before.',
    },
  },
  found: {
    es: '{month} tiene {affected, plural, one {# cuenta} other {# cuentas}} menos que el mes anterior ({share, number, percent} de {of, number}).',
    en: '{month} has {affected, plural, one {# account} other {# accounts}} fewer than the month before ({share, number, percent} of {of, number}).',
  },
  clean: {
    es: 'El último mes tiene tantas cuentas como el anterior, o más.',
    en: 'The last month has as many accounts as the one before, or more.',
  },
  affects: {
    es: 'El estado de la cartera y los traspasos de {month} describen solo una parte de las cuentas.',
    en: 'The state of the book and the rolls of {month} describe only a part of the accounts.',
  },
  advice: {
    es: 'Cargue el resto de {month}; si las cuentas salieron de la cartera, no hay nada que hacer.',
    en: 'Load the rest of {month}; if the accounts left the book, there is nothing to do.',
  },
  remedy: 'load',
  order: 14,
  remarkAbove: 0.1,
  seriousAbove: 0.5,
  probes: ({ dialect, load, rows, rowsOf, monthsOf }) => {
    const last = monthsOf('snapshots').at(-1);
    if (load !== null || rowsOf('snapshots') === 0 || !last) return [];
    const relation = rows('snapshots');
    return [
      {
        table: 'snapshots',
        column: 'as_of',
        words: { month: monthWords(last.month) },
        statement: sql`SELECT greatest(coalesce(max(CASE WHEN place = 2 THEN accounts END) - max(CASE WHEN place = 1 THEN accounts END), 0), 0) AS affected,
  coalesce(max(CASE WHEN place = 2 THEN accounts END), 0) AS looked_at
FROM (
  SELECT accounts, ${dialect.rowNumber([], [raw('month DESC')])} AS place
  FROM (SELECT ${dialect.monthStart(raw('t.as_of'))} AS month, count(DISTINCT t.account_id) AS accounts FROM ${relation} AS t
    WHERE t.as_of >= ${dialect.addDays(sql`(SELECT max(as_of) FROM ${relation} AS l)`, -62)} GROUP BY 1) AS m
) AS p`,
      },
    ];
  },
};

export default check;
