import { ident, sql } from '../../../sql/sql.ts';
import { tables } from '../../tables.ts';
import type { QualityCheck } from '../check.ts';

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
const check: QualityCheck = {
  text: {
    title: { es: 'Fechas en el futuro', en: 'Dates in the future' },
    summary: { es: 'Hechos con fecha posterior a hoy.', en: 'Events dated after today.' },
  },
  found: {
    es: '{affected, plural, one {# fila de {table} tiene} other {# filas de {table} tienen}} {column} posterior a hoy; la última es {latest}.',
    en: '{affected, plural, one {# row of {table} has} other {# rows of {table} have}} {column} after today; the latest is {latest}.',
  },
  clean: {
    es: 'Ninguna fila de {table} tiene {column} posterior a hoy.',
    en: 'No row of {table} has {column} after today.',
  },
  affects: {
    es: 'Lo que se cuenta a una fecha no verá esas filas hasta que llegue su día.',
    en: 'What is counted at a date will not see those rows until their day comes.',
  },
  advice: {
    es: 'Revise el formato de fecha (día y mes cambiados, siglo) en el mapeo, y cargue de nuevo.',
    en: 'Look at the date format (day and month swapped, century) in the mapping, and load again.',
  },
  remedy: 'map',
  order: 30,
  remarkAbove: 0,
  seriousAbove: 0.01,
  probes: ({ dialect, today, isFilled }) =>
    tables.flatMap(({ name, columns }) =>
      happened
        .filter((column) => Object.hasOwn(columns, column) && isFilled(name, column))
        .map((column) => ({
          table: name,
          column,
          where: sql`t.${ident(column)} >= ${dialect.addDays(dialect.date(today), 1)}`,
          figures: { latest: dialect.cast(sql`max(t.${ident(column)})`, 'text') },
        })),
    ),
};

export default check;
