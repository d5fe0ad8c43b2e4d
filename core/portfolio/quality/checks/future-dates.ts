import { current } from '../../../sql/dialects/duckdb.ts';
import { ident, sql } from '../../../sql/sql.ts';
import { tables } from '../../tables.ts';
import type { QualityCheck } from '../check.ts';
import { countRows } from '../count.ts';

/** What has happened cannot lie ahead; due dates and ends may. */
const happened = [
  'as_of',
  'paid_at',
  'sent_at',
  'made_at',
  'occurred_at',
  'known_at',
  'opened_on',
  'charged_off_on',
  'customer_since',
  'placed_on',
  'granted_at',
  'started_on',
];

/** Dates after the workspace's own date. */
export const futureDates: QualityCheck = {
  id: 'future_dates',
  title: { es: 'Fechas en el futuro', en: 'Dates in the future' },
  found: {
    es: '{affected, number} filas de {table} tienen {column} posterior a hoy; la última es {latest}.',
    en: '{affected, number} rows of {table} have a {column} after today; the latest is {latest}.',
  },
  clean: {
    es: 'Ninguna fila de {table} tiene {column} posterior a hoy.',
    en: 'No row of {table} has a {column} after today.',
  },
  remarkAbove: 0,
  seriousAbove: 0.01,
  probes: ({ dialect, today, isFilled }) =>
    tables.flatMap(({ name, columns }) =>
      happened
        .filter((column) => Object.hasOwn(columns, column) && isFilled(name, column))
        .map((column) => {
          const late = sql`${ident(column)} >= ${dialect.addDays(dialect.date(today), 1)}`;
          const counted = countRows(dialect, current(name), late);
          const latest = sql`(SELECT CAST(max(${ident(column)}) AS VARCHAR) FROM ${current(name)})`;
          return {
            table: name,
            column,
            statement: sql`SELECT affected, looked_at, ${latest} AS latest FROM (${counted}) AS c`,
          };
        }),
    ),
};
