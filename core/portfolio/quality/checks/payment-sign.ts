import { raw } from '../../../sql/sql.ts';
import type { QualityCheck } from '../check.ts';

/** Payments of nothing or less that are not marked as reversed. */
const check: QualityCheck = {
  text: {
    title: { es: 'Pagos sin importe', en: 'Payments of nothing' },
    summary: {
      es: 'Pagos de cero o menos que no constan como devueltos.',
      en: 'Payments of zero or less that are not marked as reversed.',
    },
  },
  found: {
    es: '{affected, plural, one {# pago ({share, number, percent}) es de cero o menos y no consta como devuelto} other {# pagos ({share, number, percent}) son de cero o menos y no constan como devueltos}}.',
    en: '{affected, plural, one {# payment ({share, number, percent}) is} other {# payments ({share, number, percent}) are}} of zero or less and not marked as reversed.',
  },
  clean: {
    es: 'Todos los pagos tienen importe positivo, o constan como devueltos.',
    en: 'Every payment has a positive amount, or is marked as reversed.',
  },
  affects: {
    es: 'La recuperación y los modelos que cuentan pagos toman por pago lo que no lo es.',
    en: 'Recovery, and models that count payments, take for a payment what is none.',
  },
  advice: {
    es: 'Mapee la devolución a su columna, deje fuera los pagos de cero, o cambie el signo si todos vienen en negativo.',
    en: 'Map reversals to their column, leave out payments of zero, or change the sign if all come as negatives.',
  },
  remedy: 'map',
  order: 55,
  remarkAbove: 0,
  seriousAbove: 0.05,
  probes: ({ isFilled }) =>
    isFilled('payments', 'amount')
      ? [
          {
            table: 'payments',
            column: 'amount',
            where: raw('t.amount <= 0 AND NOT coalesce(t.reversed, false)'),
          },
        ]
      : [],
};

export default check;
