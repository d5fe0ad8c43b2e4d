import { bucketOf } from '../portfolio/buckets.ts';
import type { Dialect } from '../sql/dialects/dialect.ts';
import { double } from '../sql/double.ts';
import { ident, literal, raw, type Sql, sql } from '../sql/sql.ts';
import type { RetailClass } from './basel.ts';
import type { RiskParameters } from './parameters.ts';
import { noProduct } from './product-class.ts';

const current = (table: string): Sql => ident(`current_${table}`);

/** What is taken of a product in one currency. LGD null: nobody knows it yet. */
export interface ProductTerms {
  product: string;
  currency: string;
  kind: RetailClass;
  /** In place of Basel's; null: Basel's. */
  correlation: number | null;
  lgd: number | null;
}

export interface ValueInput {
  asOf: string;
  /** Version whose scores are the probabilities. */
  versionId: string;
  parameters: RiskParameters;
  terms: readonly ProductTerms[];
  /** Versions of the two parts of the recovery, both scored on the date; null: products' LGD for all. */
  recovery: { any: string; amount: string } | null;
  /** Relation account_id, customer_id, as_of, days_past_due, excluded: why an account is not at risk, or null. */
  population: Sql;
}

/** Why an account of the population is in default, as opposed to gone. */
const inDefault = raw(`'charged_off', 'defaulted', 'deceased', 'insolvent'`);
const pdCeiling = 0.9999;

const correlationOf = (dialect: Dialect): Sql => {
  const risky = sql`((1 - ${dialect.exp(sql`-35 * pd`)}) / ${double(1 - Math.exp(-35))})`;
  return sql`CASE WHEN t.correlation IS NOT NULL THEN t.correlation WHEN t.kind = 'mortgage' THEN 0.15e0
    WHEN t.kind = 'revolving' THEN 0.04e0 ELSE 0.03e0 * ${risky} + 0.16e0 * (1 - ${risky}) END`;
};

/**
 * Every account with something to lose on a date: account_id, customer_id, currency, product_type, bucket,
 * days_past_due, balance, `defaulted`, `pd` (null where in default or without a score; held between the floor and
 * 0.9999), `raw_pd` as scored, `rho`, `ead`, `lgd`, `lgd_from` and `value` = pd · ead · lgd (ead · lgd where in
 * default), both in money.
 *
 * EAD = balance + interest at the contract rate and fees until charge-off + conversion × the limit not drawn, the last of
 * revolving products alone; in default, what is owed on the date and, before charge-off, its interest until then.
 * Closed and sold accounts are not there.
 */
export function valueRows(dialect: Dialect, input: ValueInput): Sql {
  const { parameters, terms, recovery } = input;
  const stated = dialect.inline(
    [
      ['product_type', 'text'],
      ['currency', 'text'],
      ['kind', 'text'],
      ['correlation', 'double'],
      ['lgd', 'double'],
    ],
    terms.map(({ product, currency, kind, correlation, lgd }) => [product, currency, kind, correlation, lgd]),
  );
  const day = dialect.date(input.asOf);
  const scored = (alias: string, versionId: string) => {
    const x = raw(alias);
    return sql` LEFT JOIN scores ${x} ON ${x}.account_id = h.account_id AND ${x}.version_id = ${versionId} AND ${x}.as_of = ${day}`;
  };
  const daysLeft = sql`greatest(${parameters.chargeOffDays} - h.days_past_due, 0)`;
  const undrawn = sql`CASE WHEN t.kind = 'revolving' AND NOT h.defaulted THEN greatest(h.credit_limit - h.balance, 0) ELSE 0 END`;
  const interest = sql`CASE WHEN h.excluded = 'charged_off' THEN 0 ELSE h.balance * coalesce(h.rate, 0) * ${dialect.float(daysLeft)} / 365 END`;
  const modelled = recovery
    ? sql`CASE WHEN h.defaulted THEN 1 - r1.score * r2.score END`
    : dialect.cast(raw('NULL'), 'double');
  return sql`WITH held AS (SELECT p.account_id, p.customer_id, p.days_past_due, p.excluded, p.excluded IS NOT NULL AS defaulted,
  coalesce(a.product_type, ${literal(noProduct)}) AS product_type, a.currency, a.rate, coalesce(${dialect.float(sql`a.credit_limit`)}, 0) AS credit_limit,
  greatest(${dialect.float(sql`s.balance`)}, 0) AS balance
  FROM (${input.population}) p JOIN ${current('accounts')} a ON a.account_id = p.account_id
  JOIN ${current('snapshots')} s ON s.account_id = p.account_id AND s.as_of = p.as_of
  WHERE s.balance IS NOT NULL AND coalesce(s.status, '') <> 'sold' AND (p.excluded IS NULL OR p.excluded IN (${inDefault}))),
exposed AS (SELECT h.*, t.kind, t.correlation, v.score AS raw_pd,
  CASE WHEN NOT h.defaulted AND v.score IS NOT NULL THEN least(greatest(v.score, ${double(parameters.pdFloor)}), ${double(pdCeiling)}) END AS pd,
  round(h.balance * (1 + CASE WHEN h.defaulted THEN 0 ELSE ${double(parameters.feeShare)} END) + ${interest} + ${double(parameters.conversion)} * ${undrawn}, 2) AS ead,
  coalesce(${modelled}, t.lgd) AS lgd, CASE WHEN ${modelled} IS NOT NULL THEN 'model' WHEN t.lgd IS NOT NULL THEN 'product' END AS lgd_from
  FROM held h JOIN ${stated} t ON t.product_type = h.product_type AND t.currency = h.currency${scored('v', input.versionId)}${recovery ? sql`${scored('r1', recovery.any)}${scored('r2', recovery.amount)}` : sql``})
SELECT t.account_id, t.customer_id, t.currency, t.product_type, ${bucketOf(sql`t.days_past_due`)} AS bucket, t.days_past_due, t.defaulted, t.raw_pd, t.pd,
  CASE WHEN t.pd IS NOT NULL THEN ${correlationOf(dialect)} END AS rho, t.ead, t.lgd, t.lgd_from,
  round(CASE WHEN t.defaulted THEN t.ead * t.lgd ELSE t.pd * t.ead * t.lgd END, 2) AS value
FROM exposed t`;
}
