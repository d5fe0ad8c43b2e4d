import { current } from '../../../sql/dialects/duckdb.ts';
import { raw } from '../../../sql/sql.ts';
import type { QualityCheck } from '../check.ts';
import { countRows } from '../count.ts';

/** Days past due and arrears that contradict each other. */
export const arrearsMismatch: QualityCheck = {
  id: 'arrears_mismatch',
  title: { es: 'Mora y vencido no cuadran', en: 'Days and arrears disagree' },
  found: {
    es: 'En {affected, number} saldos ({share, number, percent}) hay días de mora sin importe vencido, o al revés.',
    en: 'In {affected, number} snapshots ({share, number, percent}) there are days past due without arrears, or the reverse.',
  },
  clean: { es: 'Días de mora e importe vencido cuadran.', en: 'Days past due and arrears agree.' },
  remarkAbove: 0.001,
  seriousAbove: 0.1,
  probes: ({ dialect, isFilled }) =>
    isFilled('snapshots', 'arrears')
      ? [
          {
            table: 'snapshots',
            column: 'arrears',
            statement: countRows(
              dialect,
              current('snapshots'),
              raw('(days_past_due > 0 AND arrears = 0) OR (days_past_due = 0 AND arrears > 0)'),
            ),
          },
        ]
      : [],
};
