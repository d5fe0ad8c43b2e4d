import type { Dialect } from '#core/sql/dialects/dialect.ts';
import { current } from '#core/sql/dialects/duckdb.ts';
import { join, type Sql, sql } from '#core/sql/sql.ts';
import type { Text } from '#core/text/text.ts';
import type { Calendar, DecisionDate } from '../question.ts';
import { isOneOf, statusesOut } from '../self-cure/candidates.ts';
import { decisionDates as complete } from '../value-at-risk/periods.ts';
import type { RecoveryParameters } from './parameters.ts';

/** Days past due from which an account is in default, charged off or not. */
const defaultDays = 90;

export const exclusionTexts: Readonly<Record<string, Text>> = {
  sold: { es: 'Vendida: lo que se recupere es de otro', en: 'Sold: what is recovered is somebody else’s' },
  closed: { es: 'Cerrada', en: 'Closed' },
  old: { es: 'Castigada hace más de lo pedido', en: 'Charged off longer ago than asked' },
  no_balance: { es: 'Sin saldo del que recuperar', en: 'Without a balance to recover from' },
};

/** Dates whose whole recovery window is in the data. */
export const decisionDates = ({ horizonDays }: RecoveryParameters, calendar: Calendar): DecisionDate[] =>
  complete({ horizonDays, defaultDays, followUp: 'complete' }, calendar);

/**
 * Accounts charged off (or in default) on each date, with why they are left out if they are. The date of charge-off is
 * the account's, else its first snapshot with such a status.
 */
export function candidates(
  dialect: Dialect,
  { stage, sinceDays }: RecoveryParameters,
  dates: readonly string[],
): Sql {
  const lost = isOneOf(sql`s.status`, statusesOut.charged_off);
  const days = join(dates.map(dialect.date));
  return sql`WITH lost AS (SELECT s.account_id, min(s.as_of) AS first_on FROM ${current('snapshots')} s WHERE ${lost} GROUP BY s.account_id),
on_dates AS (SELECT s.account_id, a.customer_id, s.as_of, s.days_past_due, s.balance, coalesce(s.status, '') AS status,
  CASE WHEN a.charged_off_on <= s.as_of THEN a.charged_off_on WHEN l.first_on <= s.as_of THEN l.first_on END AS lost_on
  FROM ${current('snapshots')} s JOIN ${current('accounts')} a ON a.account_id = s.account_id LEFT JOIN lost l ON l.account_id = s.account_id
  WHERE s.as_of IN (${days}))
SELECT s.account_id, s.customer_id, s.as_of, s.days_past_due, CASE WHEN s.status = 'sold' THEN 'sold'
    WHEN ${isOneOf(sql`s.status`, statusesOut.closed)} THEN 'closed'
    WHEN ${dialect.daysBetween(sql`s.lost_on`, sql`s.as_of`)} > ${sinceDays} THEN 'old'
    WHEN coalesce(s.balance, 0) <= 0 THEN 'no_balance' END AS excluded,
  CASE WHEN s.lost_on IS NULL THEN 0 WHEN ${dialect.daysBetween(sql`s.lost_on`, sql`s.as_of`)} <= 92 THEN 1 ELSE 0 END AS recent
FROM on_dates s WHERE s.lost_on IS NOT NULL${stage === 'default' ? sql` OR s.days_past_due >= ${defaultDays}` : sql``}`;
}
