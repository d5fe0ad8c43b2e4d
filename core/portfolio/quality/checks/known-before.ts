import { current } from '../../../sql/dialects/duckdb.ts';
import { raw } from '../../../sql/sql.ts';
import type { QualityCheck } from '../check.ts';
import { countRows } from '../count.ts';

/** Payments known before they were made: the two dates are swapped or wrong. */
export const knownBefore: QualityCheck = {
  id: 'known_before',
  title: { es: 'Sabido antes de ocurrir', en: 'Known before it happened' },
  found: {
    es: '{affected, number} pagos ({share, number, percent}) constan como sabidos antes de la fecha en que se hicieron.',
    en: '{affected, number} payments ({share, number, percent}) are marked as known before they were made.',
  },
  clean: {
    es: 'Ningún pago consta como sabido antes de hacerse.',
    en: 'No payment is marked as known before it was made.',
  },
  remarkAbove: 0,
  seriousAbove: 0.05,
  probes: ({ dialect, isFilled }) =>
    isFilled('payments', 'known_at')
      ? [
          {
            table: 'payments',
            column: 'known_at',
            statement: countRows(dialect, current('payments'), raw('known_at < paid_at')),
          },
        ]
      : [],
};
