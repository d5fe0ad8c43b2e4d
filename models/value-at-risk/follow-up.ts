import type { Dialect } from '#core/sql/dialects/dialect.ts';
import { current } from '#core/sql/dialects/duckdb.ts';
import { raw, type Sql, sql } from '#core/sql/sql.ts';
import type { Text } from '#core/text/text.ts';
import type { DecisionDate } from '../question.ts';
import { isOneOf, statusesOut } from '../self-cure/candidates.ts';
import type { ValueAtRiskParameters } from './parameters.ts';
import { horizonMonths, monthOf, monthsBy, monthsSeen } from './periods.ts';

export const outcomeTexts: Readonly<Record<string, Text>> = {
  charged_off: { es: 'Castigada o vendida', en: 'Charged off or sold' },
  closed: { es: 'Pagada o cerrada antes: no hay castigo', en: 'Paid off or closed before: no charge-off' },
  survived: { es: 'Sin castigo en todo el plazo', en: 'Not charged off in the whole horizon' },
  censored: {
    es: 'Los datos terminan, o la cuenta deja de verse, antes del plazo',
    en: 'The data ends, or the account is no longer seen, before the horizon',
  },
};

/**
 * What became of each row of `population`: account_id, as_of, `ending` (a key of `outcomeTexts`) and `period`, the
 * month in which it was settled (of a censored row, the months seen). The first charge-off after the date counts;
 * one that follows a closing does not.
 */
export function followUp(
  dialect: Dialect,
  parameters: ValueAtRiskParameters,
  population: Sql,
  dates: readonly DecisionDate[],
): Sql {
  const months = horizonMonths(parameters.horizonDays);
  const settled = dialect.inline(
    [
      ['as_of', 'date'],
      ['horizon_end', 'date'],
      ['seen', 'integer'],
    ],
    dates.map(({ asOf, horizonEnd }) => [asOf, horizonEnd, Math.min(months, monthsSeen(asOf, horizonEnd))]),
  );
  const lost = isOneOf(sql`s.status`, statusesOut.charged_off);
  const closed = isOneOf(sql`s.status`, statusesOut.closed);
  const later = raw(
    'OVER (PARTITION BY s.account_id ORDER BY s.as_of ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING)',
  );
  const whole = raw(String(months));
  return sql`WITH followed AS (SELECT q.account_id, q.as_of, d.horizon_end, d.seen FROM ${population} q JOIN ${settled} d ON d.as_of = q.as_of),
ahead AS (SELECT s.account_id, s.as_of, min(CASE WHEN ${lost} THEN s.as_of END) ${later} AS lost_on,
  min(CASE WHEN ${closed} THEN s.as_of END) ${later} AS closed_on, max(s.as_of) OVER (PARTITION BY s.account_id) AS last_on
  FROM ${current('snapshots')} s),
dated AS (SELECT f.account_id, f.as_of, f.horizon_end, f.seen, h.closed_on, least(h.last_on, f.horizon_end) AS seen_until,
  CASE WHEN a.charged_off_on > f.as_of AND (h.lost_on IS NULL OR a.charged_off_on < h.lost_on) THEN a.charged_off_on ELSE h.lost_on END AS lost_on
  FROM followed f JOIN ahead h ON h.account_id = f.account_id AND h.as_of = f.as_of JOIN ${current('accounts')} a ON a.account_id = f.account_id),
ended AS (SELECT *, CASE WHEN lost_on > as_of AND lost_on <= horizon_end AND (closed_on IS NULL OR lost_on <= closed_on) THEN 'charged_off'
    WHEN closed_on <= horizon_end THEN 'closed'
    WHEN seen >= ${whole} AND ${monthsBy(dialect, sql`as_of`, sql`seen_until`)} >= ${whole} THEN 'survived' ELSE 'censored' END AS ending FROM dated)
SELECT account_id, as_of, ending, CAST(CASE ending
    WHEN 'charged_off' THEN least(seen, ${monthOf(dialect, sql`as_of`, sql`lost_on`)})
    WHEN 'closed' THEN least(seen, ${monthOf(dialect, sql`as_of`, sql`closed_on`)})
    WHEN 'survived' THEN ${whole} ELSE least(seen, ${monthsBy(dialect, sql`as_of`, sql`seen_until`)}) END AS INTEGER) AS period
FROM ended`;
}
