import type { Dialect } from '#core/sql/dialects/dialect.ts';
import { current } from '#core/sql/dialects/duckdb.ts';
import { literal, raw, type Sql, sql } from '#core/sql/sql.ts';
import { fates } from '../fates.ts';
import { atRisk, heldOut, type Scope } from '../identify/courses.ts';
import { outcomeOf, targetOf } from '../outcomes.ts';
import { yearDays } from './span.ts';

/** Rows with a known outcome of a part of the people: account_id, customer_id, as_of, held, target, until, dated. */
function known(scope: Scope, share: number): Sql {
  const { dialect, dates } = scope;
  const part =
    share >= 1
      ? raw('true')
      : sql`${dialect.md5Word(dialect.concat(literal('waiting:'), sql`p.customer_id`), 0)} < ${Math.floor(share * 2 ** 32)}`;
  const settled = sql`CASE WHEN w.outcome = 'lost' THEN w.lost_on WHEN w.cured_on IS NOT NULL THEN w.cured_on ELSE w.horizon_end END`;
  return sql`SELECT * FROM (WITH at_risk AS (SELECT p.*, CASE WHEN h.account_id IS NULL THEN 0 ELSE 1 END AS held FROM ${atRisk(scope)} p
  LEFT JOIN ${heldOut(scope)} h ON h.account_id = p.account_id AND h.as_of = p.as_of WHERE h.account_id IS NOT NULL OR ${part}),
fate AS (SELECT w.*, ${outcomeOf()} AS outcome FROM (${fates(dialect, raw('at_risk'), dates)}) w)
SELECT w.account_id, w.customer_id, w.as_of, r.held, ${targetOf(sql`w.outcome`)} AS target, w.dated, CAST(${dialect.daysBetween(sql`w.as_of`, settled)} AS INTEGER) AS until
FROM fate w JOIN at_risk r ON r.account_id = w.account_id AND r.as_of = w.as_of) k WHERE k.target IS NOT NULL`;
}

export interface CureDay {
  held: 0 | 1;
  day: number;
  n: number;
  cured: number;
  dated: number;
}

/** Rows by whether they were held out and the day that settled them, with how many contacts they had by then. */
export const cureDays = (scope: Scope, share: number): Sql => {
  const { dialect } = scope;
  return sql`SELECT k.held, k.until AS day, ${dialect.countIf(raw('true'))} AS n, ${dialect.countIf(sql`k.target = 1`)} AS cured, ${dialect.countIf(sql`k.target = 1 AND k.dated = 1`)} AS dated
FROM (${known(scope, share)}) k GROUP BY 1, 2 ORDER BY 1, 2`;
};

export interface ContactDay {
  day: number;
  contacts: number;
}

/** Contacts by day since the date of the question, of people under the policy, until their account was settled. */
export const contactDays = (scope: Scope, share: number): Sql => {
  const { dialect } = scope;
  const day = dialect.daysBetween(sql`k.as_of`, dialect.cast(sql`t.sent_at`, 'date'));
  return sql`SELECT CAST(${day} AS INTEGER) AS day, ${dialect.countIf(raw('true'))} AS contacts
FROM (${known(scope, share)}) k JOIN ${current('contacts')} t ON t.customer_id = k.customer_id AND (t.account_id = k.account_id OR t.account_id IS NULL)
  AND t.sent_at >= ${dialect.addDays(sql`k.as_of`, 1)} AND t.sent_at < ${dialect.addDays(sql`k.as_of`, sql`(k.until + 1)`)}
WHERE k.held = 0 GROUP BY 1 ORDER BY 1`;
};

/** Mean cost of a contact by currency of the account, over the newest year of contacts: currency, cost, n. */
export const contactCosts = (dialect: Dialect): Sql => {
  const newest = sql`(SELECT max(x.sent_at) FROM ${current('contacts')} x)`;
  return sql`SELECT a.currency, CAST(avg(t.cost) AS DOUBLE) AS cost, CAST(count(*) AS BIGINT) AS n
FROM ${current('contacts')} t JOIN ${current('accounts')} a ON a.account_id = t.account_id
WHERE t.cost IS NOT NULL AND t.sent_at > ${dialect.addDays(newest, -yearDays)} GROUP BY a.currency ORDER BY a.currency`;
};

export interface RateSums {
  held: 0 | 1;
  n: number;
  people: number;
  cured: number;
  /** Over people: squares of their rows, of their cures, and the product of both. */
  nn: number;
  cc: number;
  cn: number;
}

/** Cures of those held out and of the others, with what their interval needs where a person has several rows. */
export const rateSums = (scope: Scope, share: number): Sql => {
  const { dialect } = scope;
  const whole = (value: Sql) => dialect.cast(sql`sum(${value})`, 'bigint');
  return sql`SELECT q.held, ${whole(raw('q.n'))} AS n, ${dialect.countIf(raw('true'))} AS people, ${whole(raw('q.c'))} AS cured,
  ${whole(raw('q.n * q.n'))} AS nn, ${whole(raw('q.c * q.c'))} AS cc, ${whole(raw('q.c * q.n'))} AS cn
FROM (SELECT k.held, k.customer_id, ${dialect.countIf(raw('true'))} AS n, ${dialect.countIf(sql`k.target = 1`)} AS c FROM (${known(scope, share)}) k GROUP BY 1, 2) q
GROUP BY q.held ORDER BY q.held`;
};
