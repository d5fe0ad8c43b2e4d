import { current } from '../../../sql/dialects/duckdb.ts';
import { raw } from '../../../sql/sql.ts';
import type { QualityCheck } from '../check.ts';
import { countRows } from '../count.ts';

/** Payments of nothing or less that are not marked as reversed. */
export const paymentSign: QualityCheck = {
  id: 'payment_sign',
  title: { es: 'Pagos sin importe', en: 'Payments of nothing' },
  found: {
    es: '{affected, number} pagos ({share, number, percent}) son de cero o menos y no constan como devueltos.',
    en: '{affected, number} payments ({share, number, percent}) are of zero or less and not marked as reversed.',
  },
  clean: {
    es: 'Todos los pagos tienen importe positivo, o constan como devueltos.',
    en: 'Every payment has a positive amount, or is marked as reversed.',
  },
  remarkAbove: 0,
  seriousAbove: 0.05,
  probes: ({ dialect, isFilled }) =>
    isFilled('payments', 'amount')
      ? [
          {
            table: 'payments',
            column: 'amount',
            statement: countRows(
              dialect,
              current('payments'),
              raw('amount <= 0 AND NOT coalesce(reversed, false)'),
            ),
          },
        ]
      : [],
};
