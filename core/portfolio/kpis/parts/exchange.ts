import type { Dialect } from '../../../sql/dialects/dialect.ts';
import { literal, raw, type Sql, sql } from '../../../sql/sql.ts';
import type { KpiScope } from '../../kpi.ts';

/**
 * Relation of the rate of every currency on every day up to a date: currency, day, rate. A day has the last rate on or
 * before it; a day before the first rate of its currency has none.
 */
export const dailyRates = (dialect: Dialect, quote: string, until: string): Sql => {
  const last = dialect.date(literal(until));
  return sql`SELECT r.currency, ${dialect.cast(dialect.addDays(raw('r.valid_on'), raw('d.n')), 'date')} AS day, r.rate
  FROM (
    SELECT currency, valid_on, rate,
      coalesce(lead(valid_on) OVER (PARTITION BY currency ORDER BY valid_on), ${dialect.cast(dialect.addDays(last, 1), 'date')}) AS next_on
    FROM current_exchange_rates
    WHERE quote_currency = ${literal(quote)} AND currency <> ${literal(quote)} AND valid_on <= ${last}
  ) AS r
  JOIN ${dialect.series(raw('0'), raw('36600'))} AS d ON d.n < ${dialect.daysBetween(raw('r.valid_on'), raw('r.next_on'))}`;
};

/** How an amount of an account is told: in its own currency, or in the one asked for at the rate of its day. */
export interface Told {
  /** Joins to be added after the relation that has the currency and the day. */
  join: Sql;
  currency: Sql;
  amount(value: Sql): Sql;
}

/**
 * The currency and the amounts of a relation with a currency and a day. Each row is rounded to cents before anything
 * is added, so that sums stay exact.
 */
export function told({ dialect, filter, asOf }: KpiScope, currency: Sql, day: Sql): Told {
  const { quote } = filter;
  if (quote === undefined) return { join: raw(''), currency, amount: (value) => value };
  return {
    join: sql`
  LEFT JOIN (${dailyRates(dialect, quote, asOf)}) AS x ON x.currency = ${currency} AND x.day = ${day}`,
    currency: literal(quote),
    amount: (value) =>
      sql`CASE WHEN ${currency} = ${literal(quote)} THEN ${value} ELSE ${dialect.cast(sql`${value} * x.rate`, 'money')} END`,
  };
}
