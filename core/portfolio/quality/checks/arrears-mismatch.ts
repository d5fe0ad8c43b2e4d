import { raw } from '../../../sql/sql.ts';
import type { QualityCheck } from '../check.ts';

/** Days past due and arrears that contradict each other. */
const check: QualityCheck = {
  text: {
    title: { es: 'Mora y vencido no cuadran', en: 'Days and arrears disagree' },
    summary: {
      es: 'Días de mora sin importe vencido, o al revés.',
      en: 'Days past due without arrears, or the reverse.',
    },
  },
  found: {
    es: 'En {affected, plural, one {# saldo} other {# saldos}} ({share, number, percent}) hay días de mora sin importe vencido, o al revés.',
    en: 'In {affected, plural, one {# snapshot} other {# snapshots}} ({share, number, percent}) there are days past due without arrears, or the reverse.',
  },
  clean: { es: 'Días de mora e importe vencido cuadran.', en: 'Days past due and arrears agree.' },
  affects: {
    es: 'Los tramos se cuentan por días de mora y los importes por lo vencido: las dos vistas no darán lo mismo.',
    en: 'Buckets are counted by days past due and amounts by arrears: the two views will not agree.',
  },
  advice: {
    es: 'Confirme con quien entrega los datos cuál de las dos columnas manda, y corrija la otra en el mapeo.',
    en: 'Ask who delivers the data which of the two columns rules, and correct the other in the mapping.',
  },
  remedy: 'map',
  order: 70,
  remarkAbove: 0.001,
  seriousAbove: 0.1,
  probes: ({ isFilled }) =>
    isFilled('snapshots', 'arrears')
      ? [
          {
            table: 'snapshots',
            column: 'arrears',
            where: raw('(t.days_past_due > 0 AND t.arrears = 0) OR (t.days_past_due = 0 AND t.arrears > 0)'),
          },
        ]
      : [],
};

export default check;
