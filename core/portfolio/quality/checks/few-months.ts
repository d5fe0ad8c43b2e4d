import { raw, sql } from '../../../sql/sql.ts';
import type { QualityCheck } from '../check.ts';

const enough = 6;

/** Too few months to learn from one period and test on a later one. */
export const fewMonths: QualityCheck = {
  id: 'few_months',
  title: { es: 'Poca historia', en: 'Little history' },
  found: {
    es: 'Hay {months, number} meses de saldos; para aprender de unos y probar en otros hacen falta al menos 6.',
    en: 'There are {months, number} months of snapshots; learning from some and testing on others takes at least 6.',
  },
  clean: {
    es: 'Hay {months, number} meses de saldos.',
    en: 'There are {months, number} months of snapshots.',
  },
  remarkAbove: 0,
  probes: ({ dialect, rowsOf }) =>
    rowsOf('snapshots') === 0
      ? []
      : [
          {
            table: 'snapshots',
            column: 'as_of',
            statement: sql`SELECT greatest(${raw(String(enough))} - count(DISTINCT ${dialect.monthStart(raw('as_of'))}), 0) AS affected,
  ${raw(String(enough))} AS looked_at, count(DISTINCT ${dialect.monthStart(raw('as_of'))}) AS months FROM current_snapshots`,
          },
        ],
};
