import { channels } from '#core/portfolio/tables/people.ts';
import type { Dialect } from '#core/sql/dialects/dialect.ts';
import { current } from '#core/sql/dialects/duckdb.ts';
import { join, literal, raw, type Sql, sql } from '#core/sql/sql.ts';
import type { Text } from '#core/text/text.ts';
import type { ChannelParameters } from './parameters.ts';

/** Flags of people nobody decides a channel for by rule, in the order they are named. */
const flagsOut = [
  'deceased',
  'insolvent',
  'dispute',
  'plan',
  'cease_contact',
  'vulnerable',
  'hardship',
] as const;
const lost = ['charged_off', 'written_off', 'sold'];
const closed = ['closed', 'paid_off'];

export const exclusionTexts: Readonly<Record<string, Text>> = {
  charged_off: { es: 'Castigada o vendida', en: 'Charged off or sold' },
  closed: { es: 'Cerrada', en: 'Closed' },
  deceased: { es: 'Persona fallecida', en: 'Person deceased' },
  insolvent: { es: 'En insolvencia', en: 'Insolvent' },
  dispute: { es: 'Deuda en disputa', en: 'Debt disputed' },
  plan: { es: 'Con un plan de pagos', en: 'On a payment plan' },
  cease_contact: { es: 'Pidió que no se le contacte', en: 'Asked not to be contacted' },
  vulnerable: { es: 'Persona vulnerable', en: 'Vulnerable person' },
  hardship: { es: 'En dificultad económica', en: 'In hardship' },
};

const isOneOf = (value: Sql, texts: readonly string[]): Sql => sql`${value} IN (${join(texts.map(literal))})`;

/**
 * People with an account in the range on each date, one row each, by the account most past due (of equals, the one with
 * the larger arrears, then the first by name), with why they are left out if they are.
 */
export function candidates(
  dialect: Dialect,
  { minDaysPastDue, maxDaysPastDue }: ChannelParameters,
  dates: readonly string[],
): Sql {
  const place = dialect.rowNumber(
    [sql`a.customer_id`, sql`s.as_of`],
    [sql`s.days_past_due DESC`, sql`coalesce(s.arrears, 0) DESC`, sql`s.account_id`],
  );
  const range = sql`SELECT s.account_id, a.customer_id, s.as_of, s.days_past_due, s.status, a.charged_off_on, ${place} AS place
FROM ${current('snapshots')} s JOIN ${current('accounts')} a ON a.account_id = s.account_id
WHERE s.as_of IN (${join(dates.map(dialect.date))}) AND s.days_past_due BETWEEN ${minDaysPastDue} AND ${maxDaysPastDue}`;
  const flags = sql`SELECT r.customer_id, r.as_of, ${join(
    flagsOut.map(
      (kind) => sql`max(CASE WHEN f.kind = ${literal(kind)} THEN 1 ELSE 0 END) AS ${raw(`has_${kind}`)}`,
    ),
  )}
FROM in_range r JOIN ${current('flags')} f ON f.customer_id = r.customer_id
  AND f.started_on <= r.as_of AND (f.ended_on IS NULL OR f.ended_on > r.as_of)
WHERE r.place = 1 GROUP BY r.customer_id, r.as_of`;
  const reasons: [string, Sql][] = [
    ['charged_off', sql`r.charged_off_on <= r.as_of OR ${isOneOf(sql`r.status`, lost)}`],
    ['closed', isOneOf(sql`r.status`, closed)],
    ...flagsOut.map((kind): [string, Sql] => [kind, sql`${raw(`f.has_${kind}`)} = 1`]),
  ];
  return sql`WITH in_range AS (${range})
SELECT r.account_id, r.customer_id, r.as_of, r.days_past_due,
  CASE ${join(
    reasons.map(([id, when]) => sql`WHEN ${when} THEN ${literal(id)}`),
    '\n    ',
  )} END AS excluded
FROM in_range r LEFT JOIN (${flags}) f ON f.customer_id = r.customer_id AND f.as_of = r.as_of
WHERE r.place = 1`;
}

export const outcomeTexts: Readonly<Record<string, Text>> = {
  paid: { es: 'Hizo algún pago', en: 'Made a payment' },
  not_paid: { es: 'No hizo ningún pago', en: 'Made no payment' },
};

/** Payments that came in and stayed. */
export const moneyIn = sql`y.amount > 0 AND NOT coalesce(y.reversed, false)`;

/** Whether each person of `population` paid anything, on any account, in the days after the date. */
export function outcomes(dialect: Dialect, { windowDays }: ChannelParameters, population: Sql): Sql {
  const paid = sql`SELECT DISTINCT p.customer_id, p.as_of
FROM ${population} p JOIN ${current('accounts')} a ON a.customer_id = p.customer_id
JOIN ${current('payments')} y ON y.account_id = a.account_id AND ${moneyIn}
  AND y.paid_at >= ${dialect.addDays(sql`p.as_of`, 1)} AND y.paid_at < ${dialect.addDays(sql`p.as_of`, 1 + windowDays)}`;
  return sql`SELECT p.account_id, p.as_of, CASE WHEN y.customer_id IS NULL THEN 'not_paid' ELSE 'paid' END AS outcome,
  CASE WHEN y.customer_id IS NULL THEN 0 ELSE 1 END AS target
FROM ${population} p LEFT JOIN (${paid}) y ON y.customer_id = p.customer_id AND y.as_of = p.as_of`;
}

/**
 * permitted_<channel> for rows with customer_id and day: 1 where the person had a basis for the channel that morning. A
 * channel nobody has a basis for on record is taken as open to all: it was not loaded.
 */
export function permittedColumns(dialect: Dialect, rows: Sql): Sql {
  const known = (channel: string) =>
    sql`EXISTS (SELECT 1 FROM ${current('contact_permissions')} WHERE channel = ${literal(channel)})`;
  const one = (channel: string) =>
    sql`max(CASE WHEN m.channel = ${literal(channel)} THEN 1 ELSE 0 END) AS ${raw(`has_${channel}`)}`;
  const held = sql`SELECT r.customer_id, r.day, ${join(channels.map(one))}
FROM ${rows} r JOIN ${current('contact_permissions')} m ON m.customer_id = r.customer_id
  AND m.granted_at < ${dialect.addDays(sql`r.day`, 1)} AND (m.revoked_at IS NULL OR m.revoked_at >= r.day)
GROUP BY r.customer_id, r.day`;
  return sql`SELECT r.customer_id, r.day, 1 AS permitted_none, ${join(
    channels.map(
      (channel) =>
        sql`CASE WHEN ${known(channel)} THEN coalesce(${raw(`h.has_${channel}`)}, 0) ELSE 1 END AS ${raw(`permitted_${channel}`)}`,
    ),
  )}
FROM ${rows} r LEFT JOIN (${held}) h ON h.customer_id = r.customer_id AND h.day = r.day`;
}
