import { raw } from '../../../sql/sql.ts';
import type { QualityCheck } from '../check.ts';

/** Payments known before they were made: the two dates are swapped or wrong. */
const check: QualityCheck = {
  text: {
    title: { es: 'Sabido antes de ocurrir', en: 'Known before it happened' },
    summary: {
      es: 'Pagos que constan como sabidos antes de hacerse.',
      en: 'Payments marked as known before they were made.',
    },
  },
  found: {
    es: '{affected, plural, one {# pago ({share, number, percent}) consta como sabido} other {# pagos ({share, number, percent}) constan como sabidos}} antes de hacerse.',
    en: '{affected, plural, one {# payment ({share, number, percent}) is marked as known before it was made} other {# payments ({share, number, percent}) are marked as known before they were made}}.',
  },
  clean: {
    es: 'Ningún pago consta como sabido antes de hacerse.',
    en: 'No payment is marked as known before it was made.',
  },
  affects: {
    es: 'Un modelo vería pagos antes de que existieran: parecería mejor de lo que es.',
    en: 'A model would see payments before they existed: it would seem better than it is.',
  },
  advice: {
    es: 'Revise en el mapeo si las dos fechas están cambiadas; si no se sabe cuándo se supo, deje esa columna sin mapear.',
    en: 'Look in the mapping whether the two dates are swapped; where it is not known when it was known, leave that column out.',
  },
  remedy: 'map',
  order: 50,
  remarkAbove: 0,
  seriousAbove: 0.05,
  probes: ({ isFilled }) =>
    isFilled('payments', 'known_at')
      ? [{ table: 'payments', column: 'known_at', where: raw('t.known_at < t.paid_at') }]
      : [],
};

export default check;
