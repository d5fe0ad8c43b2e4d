import { raw, sql } from '../../../sql/sql.ts';
import type { QualityCheck } from '../check.ts';

/** A last month with far fewer accounts than the one before it: an extract that is not complete. */
export const lastMonth: QualityCheck = {
  id: 'last_month',
  title: { es: 'Último mes incompleto', en: 'Last month incomplete' },
  found: {
    es: 'El último mes tiene {affected, number} cuentas menos que el anterior ({share, number, percent} de {of, number}).',
    en: 'The last month has {affected, number} accounts fewer than the one before ({share, number, percent} of {of, number}).',
  },
  clean: {
    es: 'El último mes tiene tantas cuentas como el anterior, o más.',
    en: 'The last month has as many accounts as the one before, or more.',
  },
  remarkAbove: 0.1,
  seriousAbove: 0.5,
  probes: ({ dialect, rowsOf }) => {
    if (rowsOf('snapshots') === 0) return [];
    const month = dialect.monthStart(raw('as_of'));
    return [
      {
        table: 'snapshots',
        column: 'as_of',
        statement: sql`SELECT greatest(coalesce(max(CASE WHEN place = 2 THEN accounts END) - max(CASE WHEN place = 1 THEN accounts END), 0), 0) AS affected,
  coalesce(max(CASE WHEN place = 2 THEN accounts END), 0) AS looked_at
FROM (
  SELECT accounts, ${dialect.rowNumber([], [raw('month DESC')])} AS place
  FROM (SELECT ${month} AS month, count(DISTINCT account_id) AS accounts FROM current_snapshots
    WHERE as_of >= ${dialect.addDays(sql`(SELECT max(as_of) FROM current_snapshots)`, -62)} GROUP BY 1) AS m
) AS p`,
      },
    ];
  },
};
