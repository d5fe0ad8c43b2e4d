import { raw, sql } from '../../../sql/sql.ts';
import type { QualityCheck } from '../check.ts';

/** Accounts that skip a month between their first and their last snapshot. */
export const monthGaps: QualityCheck = {
  id: 'month_gaps',
  title: { es: 'Meses sin dato', en: 'Months without a row' },
  found: {
    es: 'A {affected, number} cuentas ({share, number, percent}) les falta algún mes entre su primer y su último saldo.',
    en: '{affected, number} accounts ({share, number, percent}) skip a month between their first and last snapshot.',
  },
  clean: {
    es: 'Ninguna cuenta salta meses entre su primer y su último saldo.',
    en: 'No account skips a month between its first and last snapshot.',
  },
  remarkAbove: 0,
  seriousAbove: 0.25,
  probes: ({ dialect, rowsOf }) => {
    if (rowsOf('snapshots') === 0) return [];
    const span = dialect.monthsBetween(raw('min(month)'), raw('max(month)'));
    return [
      {
        table: 'snapshots',
        column: 'as_of',
        statement: sql`SELECT ${dialect.countIf(raw('months < span'))} AS affected, ${dialect.countIf(raw('true'))} AS looked_at
FROM (
  SELECT account_id, count(DISTINCT month) AS months, 1 + ${span} AS span
  FROM (SELECT account_id, ${dialect.monthStart(raw('as_of'))} AS month FROM current_snapshots) AS m
  GROUP BY account_id
) AS a`,
      },
    ];
  },
};
