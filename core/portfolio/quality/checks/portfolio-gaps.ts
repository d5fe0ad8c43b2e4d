import { raw, sql } from '../../../sql/sql.ts';
import type { QualityCheck } from '../check.ts';

/** Calendar months, between the first and the last, in which the whole portfolio has no snapshot. */
export const portfolioGaps: QualityCheck = {
  id: 'portfolio_gaps',
  title: { es: 'Meses enteros ausentes', en: 'Whole months absent' },
  found: {
    es: 'Faltan por completo {affected, number} de {of, number} meses de saldos.',
    en: '{affected, number} of {of, number} months of snapshots are wholly absent.',
  },
  clean: {
    es: 'Hay saldos de los {of, number} meses.',
    en: 'There are snapshots of all {of, number} months.',
  },
  remarkAbove: 0,
  seriousAbove: 0,
  probes: ({ dialect, rowsOf }) => {
    if (rowsOf('snapshots') === 0) return [];
    const span = dialect.monthsBetween(raw('min(month)'), raw('max(month)'));
    return [
      {
        table: 'snapshots',
        column: 'as_of',
        statement: sql`SELECT coalesce(1 + ${span} - count(DISTINCT month), 0) AS affected, coalesce(1 + ${span}, 0) AS looked_at
FROM (SELECT ${dialect.monthStart(raw('as_of'))} AS month FROM current_snapshots) AS m`,
      },
    ];
  },
};
