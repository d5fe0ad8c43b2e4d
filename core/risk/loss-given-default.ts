import type { Dialect } from '../sql/dialects/dialect.ts';
import { double } from '../sql/double.ts';
import { ident, literal, raw, type Sql, sql } from '../sql/sql.ts';
import { wilson } from '../stats/wilson.ts';
import { noProduct } from './product-class.ts';

const current = (table: string): Sql => ident(`current_${table}`);

export interface RecoveryWindow {
  recoveryDays: number;
  /** Annual; null: the contract rate of each account. */
  discountRate: number | null;
  /** Last date of the data: accounts whose window ends later are left out. */
  seenUntil: string;
}

/**
 * What was recovered of each charged-off account within its whole window: account_id, product_type, currency, `exposure`
 * (balance at charge-off: the first snapshot from then on, else the last before), `recovered` and `costs`, each at
 * present value on the day of charge-off. Accounts without a positive balance are left out; reversed payments, and
 * costs in another currency, do not count.
 */
export function chargeOffRecoveries(
  dialect: Dialect,
  { recoveryDays, discountRate, seenUntil }: RecoveryWindow,
): Sql {
  const end = dialect.addDays(sql`a.charged_off_on`, recoveryDays);
  const rate = discountRate === null ? sql`coalesce(l.rate, 0)` : double(discountRate);
  const worth = (amount: string, at: string) => {
    const days = dialect.daysBetween(sql`l.charged_off_on`, dialect.cast(raw(at), 'date'));
    const factor = dialect.exp(
      sql`-${dialect.ln(sql`1 + greatest(${rate}, 0)`)} * ${dialect.float(days)} / 365`,
    );
    return sql`sum(${dialect.float(raw(amount))} * ${factor})`;
  };
  const inWindow = (at: string) =>
    sql`${raw(at)} >= ${dialect.addDays(sql`l.charged_off_on`, 1)} AND ${raw(at)} < ${dialect.addDays(sql`l.charged_off_on`, recoveryDays + 1)}`;
  const balance = sql`coalesce(${dialect.argMax(
    sql`CASE WHEN s.as_of >= l.charged_off_on THEN ${dialect.float(sql`s.balance`)} END`,
    sql`-${dialect.daysBetween(sql`l.charged_off_on`, sql`s.as_of`)}`,
  )}, ${dialect.argMax(
    sql`CASE WHEN s.as_of < l.charged_off_on THEN ${dialect.float(sql`s.balance`)} END`,
    sql`s.as_of`,
  )})`;
  return sql`WITH lost AS (SELECT a.account_id, coalesce(a.product_type, ${literal(noProduct)}) AS product_type, a.currency, a.rate, a.charged_off_on
  FROM ${current('accounts')} a WHERE a.charged_off_on IS NOT NULL AND ${end} <= ${dialect.date(seenUntil)}),
held AS (SELECT l.account_id, ${balance} AS exposure FROM lost l JOIN ${current('snapshots')} s ON s.account_id = l.account_id GROUP BY l.account_id),
came AS (SELECT l.account_id, ${worth('p.amount', 'p.paid_at')} AS worth FROM lost l JOIN ${current('payments')} p ON p.account_id = l.account_id
  AND p.amount > 0 AND NOT coalesce(p.reversed, false) AND ${inWindow('p.paid_at')} GROUP BY l.account_id),
spent AS (SELECT l.account_id, ${worth('k.amount', 'k.occurred_at')} AS worth FROM lost l JOIN ${current('costs')} k ON k.account_id = l.account_id
  AND k.currency = l.currency AND ${inWindow('k.occurred_at')} GROUP BY l.account_id)
SELECT l.account_id, l.product_type, l.currency, h.exposure, coalesce(c.worth, 0) AS recovered, coalesce(k.worth, 0) AS costs
FROM lost l JOIN held h ON h.account_id = l.account_id LEFT JOIN came c ON c.account_id = l.account_id LEFT JOIN spent k ON k.account_id = l.account_id
WHERE h.exposure > 0`;
}

export interface RecoverySums {
  product: string;
  currency: string;
  accounts: number;
  /** Accounts of which anything was recovered. */
  paying: number;
  exposure: number;
  /** Exposure of the accounts that paid. */
  payingExposure: number;
  recovered: number;
  costs: number;
  /** Sums of squares and products of exposure and of recovered less costs. */
  exposureSquares: number;
  netSquares: number;
  netByExposure: number;
}

/** Recoveries reduced to sums by product and currency. */
export function sumRecoveries(dialect: Dialect, window: RecoveryWindow): Sql {
  const net = sql`(r.recovered - r.costs)`;
  return sql`SELECT r.product_type AS product, r.currency, ${dialect.countIf(raw('true'))} AS accounts,
  ${dialect.countIf(sql`r.recovered > 0`)} AS paying, sum(r.exposure) AS exposure,
  coalesce(${dialect.sumIf(sql`r.exposure`, sql`r.recovered > 0`)}, 0) AS "payingExposure", sum(r.recovered) AS recovered, sum(r.costs) AS costs,
  sum(r.exposure * r.exposure) AS "exposureSquares", sum(${net} * ${net}) AS "netSquares", sum(${net} * r.exposure) AS "netByExposure"
FROM (${chargeOffRecoveries(dialect, window)}) r GROUP BY r.product_type, r.currency ORDER BY r.product_type, r.currency`;
}

export interface ObservedLoss {
  /** 1 − PV(recoveries − costs) / EAD, exposure-weighted, held in [0, 1]. */
  estimate: number;
  lower: number;
  upper: number;
  accounts: number;
  /** First part: chance of any recovery, with Wilson's interval. */
  anyRecovery: { estimate: number | null; lower: number | null; upper: number | null };
  /** Second part: share recovered of those that paid, and costs over all exposure. */
  shareGivenAny: number | null;
  costShare: number;
}

/** Charge-offs with a whole window that an estimate of one product needs. */
export const leastChargeOffs = 30;
const hold = (value: number): number => Math.min(1, Math.max(0, value));

/** Variance of Σ net / Σ exposure, linearised (Cochran 1977, ch. 6). */
function ratioVariance(sums: RecoverySums): number {
  const { accounts, exposure, exposureSquares, netSquares, netByExposure } = sums;
  const ratio = (sums.recovered - sums.costs) / exposure;
  const residuals = netSquares - 2 * ratio * netByExposure + ratio * ratio * exposureSquares;
  return accounts > 1 ? (Math.max(0, residuals) * accounts) / ((accounts - 1) * exposure ** 2) : 1;
}

/**
 * Loss given charge-off, with its two parts beside: the chance of any recovery, by accounts, and the share recovered
 * given any, by money. The estimate is one less the ratio of what came in, less costs, to what was owed, which is their
 * product where accounts that pay owe what others do. Of several currencies, each one's ratio counts by its number of
 * charge-offs: shares are averaged, money is not added.
 *
 * @param parts sums of one product, a currency each
 * @returns null under 30 charge-offs
 */
export function observedLoss(parts: readonly RecoverySums[]): ObservedLoss | null {
  const held = parts.filter(({ exposure }) => exposure > 0);
  const accounts = held.reduce((sum, part) => sum + part.accounts, 0);
  if (accounts < leastChargeOffs) return null;
  const mean = (of: (part: RecoverySums) => number, weight = (part: RecoverySums) => part.accounts) => {
    const total = held.reduce((sum, part) => sum + weight(part), 0);
    return held.reduce((sum, part) => sum + (weight(part) > 0 ? (weight(part) / total) * of(part) : 0), 0);
  };
  const loss = 1 - mean((part) => (part.recovered - part.costs) / part.exposure);
  const variance = held.reduce((sum, part) => sum + (part.accounts / accounts) ** 2 * ratioVariance(part), 0);
  const paying = held.reduce((sum, part) => sum + part.paying, 0);
  return {
    estimate: hold(loss),
    lower: hold(loss - 1.959964 * Math.sqrt(variance)),
    upper: hold(loss + 1.959964 * Math.sqrt(variance)),
    accounts,
    anyRecovery: wilson(paying, accounts),
    shareGivenAny:
      paying > 0
        ? mean(
            (part) => part.recovered / part.payingExposure,
            (part) => part.paying,
          )
        : null,
    costShare: mean((part) => part.costs / part.exposure),
  };
}
