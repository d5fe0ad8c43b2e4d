import type { Dialect } from '#core/sql/dialects/dialect.ts';
import { current } from '#core/sql/dialects/duckdb.ts';
import { double } from '#core/sql/double.ts';
import { join, literal, raw, type Sql, sql } from '#core/sql/sql.ts';
import type { Text } from '#core/text/text.ts';
import { entries } from './entries.ts';
import type { SelfCureParameters } from './parameters.ts';

/** Flags that take a person out of the question, in the order they are named. */
const flagsOut = ['deceased', 'insolvent', 'dispute', 'plan', 'cease_contact'] as const;
export const statusesOut = {
  charged_off: ['charged_off', 'written_off', 'sold'],
  closed: ['closed', 'paid_off'],
};

export const exclusionTexts: Readonly<Record<string, Text>> = {
  charged_off: { es: 'Castigada o vendida', en: 'Charged off or sold' },
  closed: { es: 'Cerrada', en: 'Closed' },
  deceased: { es: 'Persona fallecida', en: 'Person deceased' },
  insolvent: { es: 'En insolvencia', en: 'Insolvent' },
  dispute: { es: 'Deuda en disputa', en: 'Debt disputed' },
  plan: { es: 'Con un plan de pagos', en: 'On a payment plan' },
  cease_contact: { es: 'Pidió que no se le contacte', en: 'Asked not to be contacted' },
  small_arrears: { es: 'Vencido por debajo del mínimo', en: 'Arrears below the minimum' },
  start_unknown: {
    es: 'Ya en mora cuando se vio por primera vez: no se sabe desde cuándo',
    en: 'Already late when first seen: the start is not known',
  },
  not_entry: {
    es: 'No es la fecha de la pregunta: la entrada en mora fue antes, o es muy reciente',
    en: 'Not the date of the question: it became late earlier, or too recently',
  },
};

/** The text is one of the list; the list is written in this repository. */
export const isOneOf = (value: Sql, texts: readonly string[]): Sql =>
  sql`${value} IN (${join(texts.map(literal))})`;

/**
 * Accounts in the range of days past due on each date, one row each, with why they are left out if they are. With a
 * row per entry, `new_entries` is empty, all rows being one; with a row per late date it is whether the snapshot before
 * (at most 45 days earlier) had 0 days past due.
 */
export function candidates(dialect: Dialect, parameters: SelfCureParameters, dates: readonly string[]): Sql {
  const { minDaysPastDue, maxDaysPastDue, minArrears } = parameters;
  const perEntry = parameters.rows === 'entries';
  const range = sql`SELECT s.account_id, a.customer_id, s.as_of, s.days_past_due, s.arrears, s.status, a.charged_off_on
FROM ${current('snapshots')} s JOIN ${current('accounts')} a ON a.account_id = s.account_id
WHERE s.as_of IN (${join(dates.map(dialect.date))}) AND s.days_past_due BETWEEN ${minDaysPastDue} AND ${maxDaysPastDue}`;
  const flags = sql`SELECT d.customer_id, d.as_of, ${join(
    flagsOut.map(
      (kind) => sql`max(CASE WHEN f.kind = ${literal(kind)} THEN 1 ELSE 0 END) AS ${raw(`has_${kind}`)}`,
    ),
  )}
FROM (SELECT DISTINCT customer_id, as_of FROM in_range) d JOIN ${current('flags')} f ON f.customer_id = d.customer_id
  AND f.started_on <= d.as_of AND (f.ended_on IS NULL OR f.ended_on > d.as_of)
GROUP BY d.customer_id, d.as_of`;
  const reasons: [string, Sql][] = [
    ['charged_off', sql`r.charged_off_on <= r.as_of OR ${isOneOf(sql`r.status`, statusesOut.charged_off)}`],
    ['closed', isOneOf(sql`r.status`, statusesOut.closed)],
    ...flagsOut.map((kind): [string, Sql] => [kind, sql`${raw(`f.has_${kind}`)} = 1`]),
    ['small_arrears', sql`r.arrears <= ${double(minArrears)}`],
    ...(perEntry
      ? [
          ['start_unknown', sql`b.started = 0`] as [string, Sql],
          ['not_entry', sql`b.asked = 0`] as [string, Sql],
        ]
      : []),
  ];
  const newEntries = perEntry
    ? raw('CAST(NULL AS INTEGER)')
    : raw('CASE WHEN b.days_before IS NULL THEN NULL WHEN b.days_before = 0 THEN 1 ELSE 0 END');
  return sql`WITH in_range AS (${range})
SELECT r.account_id, r.customer_id, r.as_of, r.days_past_due,
  CASE ${join(
    reasons.map(([id, when]) => sql`WHEN ${when} THEN ${literal(id)}`),
    '\n    ',
  )} END AS excluded,
  ${newEntries} AS new_entries
FROM in_range r
LEFT JOIN (${flags}) f ON f.customer_id = r.customer_id AND f.as_of = r.as_of
LEFT JOIN (${perEntry ? entries(dialect, parameters, dates) : before(dialect)}) b ON b.account_id = r.account_id AND b.as_of = r.as_of`;
}

const before = (dialect: Dialect): Sql =>
  sql`SELECT r.account_id, r.as_of, ${dialect.argMax(sql`s.days_past_due`, sql`s.as_of`)} AS days_before
FROM in_range r JOIN ${current('snapshots')} s ON s.account_id = r.account_id
  AND s.as_of < r.as_of AND s.as_of >= ${dialect.addDays(sql`r.as_of`, -45)}
GROUP BY r.account_id, r.as_of`;
