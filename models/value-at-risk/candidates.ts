import type { Dialect } from '#core/sql/dialects/dialect.ts';
import { current } from '#core/sql/dialects/duckdb.ts';
import { join, literal, raw, type Sql, sql } from '#core/sql/sql.ts';
import type { Text } from '#core/text/text.ts';
import { isOneOf, statusesOut } from '../self-cure/candidates.ts';
import type { ValueAtRiskParameters } from './parameters.ts';

export const exclusionTexts: Readonly<Record<string, Text>> = {
  charged_off: { es: 'Ya castigada o vendida', en: 'Already charged off or sold' },
  closed: { es: 'Cerrada', en: 'Closed' },
  deceased: { es: 'Persona fallecida: incumplimiento', en: 'Person deceased: in default' },
  insolvent: { es: 'En insolvencia: incumplimiento', en: 'Insolvent: in default' },
  defaulted: {
    es: 'En incumplimiento por días de mora: se muestra aparte',
    en: 'In default by days past due: shown apart',
  },
};

const flagsOut = ['deceased', 'insolvent'] as const;

/** Every account with a balance on each date, with why it is not at risk of rolling to charge-off if it is not. */
export function candidates(
  dialect: Dialect,
  { defaultDays }: Pick<ValueAtRiskParameters, 'defaultDays'>,
  dates: readonly string[],
): Sql {
  const flagged = sql`SELECT s.account_id, s.as_of, ${join(
    flagsOut.map(
      (kind) => sql`max(CASE WHEN f.kind = ${literal(kind)} THEN 1 ELSE 0 END) AS ${raw(`has_${kind}`)}`,
    ),
  )}
FROM on_dates s JOIN ${current('flags')} f ON f.customer_id = s.customer_id
  AND f.started_on <= s.as_of AND (f.ended_on IS NULL OR f.ended_on > s.as_of)
GROUP BY s.account_id, s.as_of`;
  return sql`WITH on_dates AS (SELECT s.account_id, a.customer_id, s.as_of, s.days_past_due, coalesce(s.status, '') AS status, a.charged_off_on
  FROM ${current('snapshots')} s JOIN ${current('accounts')} a ON a.account_id = s.account_id
  WHERE s.as_of IN (${join(dates.map(dialect.date))}))
SELECT s.account_id, s.customer_id, s.as_of, s.days_past_due,
  CASE WHEN coalesce(s.charged_off_on <= s.as_of, false) OR ${isOneOf(sql`s.status`, statusesOut.charged_off)} THEN 'charged_off'
    WHEN ${isOneOf(sql`s.status`, statusesOut.closed)} THEN 'closed'
    WHEN f.has_deceased = 1 THEN 'deceased' WHEN f.has_insolvent = 1 THEN 'insolvent'
    WHEN s.days_past_due >= ${defaultDays} THEN 'defaulted' END AS excluded,
  CASE WHEN s.days_past_due > 0 THEN 1 ELSE 0 END AS late
FROM on_dates s LEFT JOIN (${flagged}) f ON f.account_id = s.account_id AND f.as_of = s.as_of`;
}
