import type { Dialect } from '#core/sql/dialects/dialect.ts';
import { current } from '#core/sql/dialects/duckdb.ts';
import { double } from '#core/sql/double.ts';
import { raw, type Sql, sql } from '#core/sql/sql.ts';
import type { Text } from '#core/text/text.ts';
import type { DecisionDate } from '../question.ts';
import type { RecoveryAmountParameters } from './parameters.ts';

export const outcomeTexts: Readonly<Record<string, Text>> = {
  recovered: { es: 'Algo se recuperó', en: 'Something was recovered' },
  nothing: { es: 'No se recuperó nada', en: 'Nothing was recovered' },
};

type Discounting = Pick<RecoveryAmountParameters, 'discountRate' | 'subtractCosts'>;

/** What one unit of money is worth on `from` when it comes on `day`, at an annual rate. */
export const presentValue = (dialect: Dialect, rate: Sql, from: Sql, day: Sql): Sql =>
  dialect.exp(
    sql`-${dialect.ln(sql`1 + greatest(coalesce(${rate}, 0), 0)`)} * ${dialect.float(dialect.daysBetween(from, day))} / 365`,
  );

/**
 * What came in from each row of `population` after its date and by the end of its window: account_id, as_of, `paid`
 * (plain sum of payments, reversed ones left out) and `net_share`, the present value of payments less costs over the
 * balance on the date, held in [0, 1]. Costs of another currency than the account's are not subtracted.
 */
export function recovered(
  dialect: Dialect,
  population: Sql,
  dates: readonly DecisionDate[],
  { discountRate, subtractCosts }: Discounting = { discountRate: null, subtractCosts: false },
): Sql {
  const settled = dialect.inline(
    [
      ['as_of', 'date'],
      ['horizon_end', 'date'],
    ],
    dates.map(({ asOf, horizonEnd }) => [asOf, horizonEnd]),
  );
  const rate = discountRate === null ? sql`r.rate` : double(discountRate);
  const inWindow = (at: string) =>
    sql`${raw(at)} >= ${dialect.addDays(sql`r.as_of`, 1)} AND ${raw(at)} < ${dialect.addDays(sql`r.horizon_end`, 1)}`;
  const worth = (at: string) => presentValue(dialect, rate, sql`r.as_of`, dialect.cast(raw(at), 'date'));
  const costs = sql`SELECT r.account_id, r.as_of, sum(${dialect.float(sql`k.amount`)} * ${worth('k.occurred_at')}) AS worth
FROM windows r JOIN ${current('costs')} k ON k.account_id = r.account_id AND k.currency = r.currency AND ${inWindow('k.occurred_at')}
GROUP BY r.account_id, r.as_of`;
  return sql`WITH windows AS (SELECT q.account_id, q.as_of, d.horizon_end, a.rate, a.currency, ${dialect.float(sql`s.balance`)} AS balance
  FROM ${population} q JOIN ${settled} d ON d.as_of = q.as_of JOIN ${current('accounts')} a ON a.account_id = q.account_id
  JOIN ${current('snapshots')} s ON s.account_id = q.account_id AND s.as_of = q.as_of),
came AS (SELECT r.account_id, r.as_of, sum(p.amount) AS paid, sum(${dialect.float(sql`p.amount`)} * ${worth('p.paid_at')}) AS worth
  FROM windows r JOIN ${current('payments')} p ON p.account_id = r.account_id AND p.amount > 0 AND NOT coalesce(p.reversed, false) AND ${inWindow('p.paid_at')}
  GROUP BY r.account_id, r.as_of)${subtractCosts ? sql`, spent AS (${costs})` : sql``}
SELECT r.account_id, r.as_of, c.paid,
  greatest(0e0, least(1e0, (coalesce(c.worth, 0) - ${subtractCosts ? sql`coalesce(k.worth, 0)` : sql`0`}) / r.balance)) AS net_share
FROM windows r LEFT JOIN came c ON c.account_id = r.account_id AND c.as_of = r.as_of${
    subtractCosts ? sql` LEFT JOIN spent k ON k.account_id = r.account_id AND k.as_of = r.as_of` : sql``
  }`;
}
