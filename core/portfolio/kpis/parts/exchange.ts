import type { Dialect } from '../../../sql/dialects/dialect.ts';
import { all, join, literal, raw, type Sql, sql } from '../../../sql/sql.ts';
import type { KpiAmount, KpiScope } from '../../kpi.ts';
import { accountsInScope } from './accounts.ts';

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

const dated: Record<KpiAmount, readonly [table: string, day: string]> = {
  snapshots: ['current_snapshots', 'as_of'],
  payments: ['current_payments', 'paid_at'],
  placements: ['current_placements', 'placed_on'],
  contacts: ['current_contacts', 'sent_at'],
  costs: ['current_costs', 'occurred_at'],
};

/**
 * The first day, of each currency, of an amount that no rate reaches: currency, day. None when all can be turned into
 * the currency asked for.
 *
 * @param from first day looked at, ISO
 */
export function unratedAmounts(scope: KpiScope, amounts: readonly KpiAmount[], from?: string): Sql {
  const { dialect, asOf, filter } = scope;
  const quote = literal(filter.quote ?? '');
  const days = amounts.flatMap((amount) => {
    const [table, name] = dated[amount];
    const day = dialect.cast(raw(`t.${name}`), 'date');
    const conditions = [
      sql`t.${raw(name)} < ${dialect.addDays(dialect.date(literal(asOf)), 1)}`,
      ...(from === undefined ? [] : [sql`t.${raw(name)} >= ${dialect.date(literal(from))}`]),
    ];
    const accounts = accountsInScope(scope);
    const first = (own: string, holder: Sql): Sql =>
      sql`SELECT ${raw(own)} AS currency, min(${day}) AS day FROM ${raw(table)} AS t${holder} WHERE ${all(conditions)} GROUP BY 1`;
    if (amount === 'costs') {
      if (filter.currency !== undefined) conditions.push(sql`t.currency = ${literal(filter.currency)}`);
      return [first('t.currency', raw(''))];
    }
    const ofAccount = first('a.currency', sql` JOIN (${accounts}) AS a ON a.account_id = t.account_id`);
    const ofPerson = sql` JOIN (${accounts}) AS a ON t.account_id IS NULL AND a.customer_id = t.customer_id`;
    return amount === 'contacts' ? [ofAccount, first('a.currency', ofPerson)] : [ofAccount];
  });
  return sql`SELECT d.currency, ${dialect.cast(raw('min(d.day)'), 'text')} AS day
FROM (${join(days, ' UNION ALL ')}) AS d
LEFT JOIN (
  SELECT currency, min(valid_on) AS first_on FROM current_exchange_rates WHERE quote_currency = ${quote} GROUP BY currency
) AS r ON r.currency = d.currency
WHERE d.currency <> ${quote} AND (r.first_on IS NULL OR d.day < r.first_on)
GROUP BY d.currency ORDER BY d.currency`;
}
