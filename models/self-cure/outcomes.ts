import type { Dialect } from '#core/sql/dialects/dialect.ts';
import { current } from '#core/sql/dialects/duckdb.ts';
import { join, type Sql, sql } from '#core/sql/sql.ts';
import type { Text } from '#core/text/text.ts';
import type { DecisionDate } from '../question.ts';
import { isOneOf, statusesOut } from './candidates.ts';

export const outcomeTexts: Readonly<Record<string, Text>> = {
  cured: { es: 'Volvió a 0 días de mora', en: 'Back to 0 days past due' },
  closed: { es: 'Pagó todo y cerró', en: 'Paid off and closed' },
  relapsed: { es: 'Volvió a 0 y no se mantuvo', en: 'Back to 0 and did not stay' },
  administrative: {
    es: 'A 0 por una medida administrativa: no es cura',
    en: 'At 0 by an administrative measure: not a cure',
  },
  lost: {
    es: 'Castigada, vendida, insolvencia o muerte',
    en: 'Charged off, sold, insolvency or death',
  },
  not_cured: { es: 'Siguió en mora', en: 'Still past due' },
  left: { es: 'Salió de la observación', en: 'Left observation' },
};

/** Adjustments that bring an account to 0 without it having been paid. */
const administrativeKinds = ['re_age', 'refund', 'write_off', 'restructuring'];

/**
 * What became of each account between its date and the end of the horizon, by its snapshots. Cured, or paid off and
 * closed, is 1; at 0 after an administrative measure, lost, back to late before `labelEnd`, or still past due is 0;
 * no snapshot in the window is unknown.
 */
export function outcomes(dialect: Dialect, population: Sql, dates: readonly DecisionDate[]): Sql {
  const day = (iso: string) => dialect.date(iso);
  const settled = join(
    dates.map(
      ({ asOf, horizonEnd, labelEnd }) =>
        sql`SELECT ${day(asOf)} AS as_of, ${day(horizonEnd)} AS horizon_end, ${day(labelEnd)} AS label_end`,
    ),
    ' UNION ALL ',
  );
  const lost = isOneOf(sql`s.status`, statusesOut.charged_off);
  const inHorizon = sql`s.as_of <= p.horizon_end`;
  const seen = sql`SELECT p.account_id, p.as_of, ${dialect.countIf(inHorizon)} AS snapshots,
  min(s.as_of) FILTER (WHERE ${inHorizon} AND s.days_past_due = 0 AND NOT coalesce(${lost}, false)) AS cured_on,
  min(s.as_of) FILTER (WHERE ${inHorizon} AND ${isOneOf(sql`s.status`, statusesOut.closed)}) AS closed_on,
  min(s.as_of) FILTER (WHERE ${inHorizon} AND ${lost}) AS lost_on, max(s.as_of) FILTER (WHERE s.days_past_due > 0) AS late_on
FROM settled_rows p LEFT JOIN ${current('snapshots')} s ON s.account_id = p.account_id AND s.as_of > p.as_of AND s.as_of <= p.label_end
GROUP BY p.account_id, p.as_of`;
  const measures = sql`SELECT p.account_id, p.as_of, min(m.occurred_at) AS measure_at
FROM settled_rows p JOIN ${current('adjustments')} m ON m.account_id = p.account_id
  AND m.occurred_at >= ${dialect.addDays(sql`p.as_of`, 1)} AND m.occurred_at < ${dialect.addDays(sql`p.horizon_end`, 1)}
WHERE ${isOneOf(sql`m.kind`, administrativeKinds)}
GROUP BY p.account_id, p.as_of`;
  const endings = sql`SELECT DISTINCT p.account_id, p.as_of
FROM settled_rows p JOIN ${current('flags')} f ON f.customer_id = p.customer_id
  AND f.started_on > p.as_of AND f.started_on <= p.horizon_end
WHERE ${isOneOf(sql`f.kind`, ['insolvent', 'deceased'])}`;
  return sql`WITH settled_rows AS (SELECT q.account_id, q.customer_id, q.as_of, d.horizon_end, d.label_end
  FROM ${population} q JOIN (${settled}) d ON d.as_of = q.as_of)
SELECT account_id, as_of, outcome,
  CASE WHEN outcome = 'left' THEN NULL WHEN outcome IN ('cured', 'closed') THEN 1 ELSE 0 END AS target
FROM (SELECT p.account_id, p.as_of, CASE
    WHEN e.account_id IS NOT NULL OR x.lost_on IS NOT NULL THEN 'lost'
    WHEN a.charged_off_on > p.as_of AND a.charged_off_on <= p.horizon_end THEN 'lost'
    WHEN x.cured_on IS NULL THEN CASE WHEN x.snapshots > 0 THEN 'not_cured' ELSE 'left' END
    WHEN m.measure_at < ${dialect.addDays(sql`x.cured_on`, 1)} THEN 'administrative'
    WHEN x.closed_on = x.cured_on THEN 'closed'
    WHEN p.label_end > p.horizon_end AND x.late_on > x.cured_on THEN 'relapsed'
    ELSE 'cured' END AS outcome
  FROM settled_rows p
  JOIN (${seen}) x ON x.account_id = p.account_id AND x.as_of = p.as_of
  LEFT JOIN ${current('accounts')} a ON a.account_id = p.account_id
  LEFT JOIN (${measures}) m ON m.account_id = p.account_id AND m.as_of = p.as_of
  LEFT JOIN (${endings}) e ON e.account_id = p.account_id AND e.as_of = p.as_of) o`;
}
