import type { Dialect } from '../sql/dialects/dialect.ts';
import { ident, raw, type Sql, sql } from '../sql/sql.ts';
import { type Interval, wilson } from '../stats/wilson.ts';

/** Fewest customers a claim may rest on. */
export const claimMinimumN = 200;
/** House setting: a true "3 of 10 pay" teaches not paying, so a lower share is not offered. */
export const claimMinimumShare = 0.6;

export interface CountryCount {
  country: string | null;
  n: number;
  events: number;
}

/** What the portfolio says about "n of 10 customers are up to date", where it says least. */
export interface Claim {
  /** The number the text may name: the lower end of the interval in tenths, rounded down. */
  claimed: number;
  share: Interval;
  n: number;
  country: string | null;
  holds: boolean;
  reason?: 'no_rows' | 'too_few' | 'too_low';
}

/**
 * Customers with no account past due on a date, and all customers, by country: only countries in which somebody
 * of `people` (a relation with customer_id) lives. A customer whose country is not known counts in `country`.
 */
export function countUpToDate(dialect: Dialect, asOf: string, people: Sql, country: string | null): Sql {
  const countryOf = (customers: string) =>
    sql`coalesce(substr(${raw(customers)}.jurisdiction, 1, 2), ${country})`;
  return sql`SELECT b.country, ${dialect.countIf(raw('true'))} AS n, ${dialect.countIf(raw('b.worst = 0'))} AS events
    FROM (
      SELECT a.customer_id, ${countryOf('c')} AS country, max(s.days_past_due) AS worst
      FROM ${ident('current_snapshots')} s
      JOIN ${ident('current_accounts')} a ON a.account_id = s.account_id
      LEFT JOIN ${ident('current_customers')} c ON c.customer_id = a.customer_id
      WHERE s.as_of = ${dialect.date(asOf)}
      GROUP BY 1, 2
    ) b
    WHERE coalesce(b.country, '') IN (
      SELECT coalesce(${countryOf('o')}, '') FROM (${people}) p
      LEFT JOIN ${ident('current_customers')} o ON o.customer_id = p.customer_id
    )
    GROUP BY b.country ORDER BY b.country`;
}

/**
 * The claim "at least n in 10 customers are up to date" for people of several countries: true for each of them,
 * so it is the weakest country's. n = floor(10 × lower end of the 95 % Wilson interval). It holds when that end
 * is at least .6 and the country has 200 customers or more.
 */
export function judgeClaim(counts: readonly CountryCount[]): Claim {
  const judged = counts.map(({ country, n, events }): Claim => {
    const share = wilson(events, n);
    const lower = share.lower ?? 0;
    const reason = n < claimMinimumN ? 'too_few' : lower < claimMinimumShare ? 'too_low' : undefined;
    return { claimed: Math.floor(10 * lower), share, n, country, holds: !reason, ...(reason && { reason }) };
  });
  const weakest = judged.sort(
    (a, b) => Number(a.holds) - Number(b.holds) || (a.share.lower ?? 0) - (b.share.lower ?? 0),
  )[0];
  return weakest ?? { claimed: 0, share: wilson(0, 0), n: 0, country: null, holds: false, reason: 'no_rows' };
}
