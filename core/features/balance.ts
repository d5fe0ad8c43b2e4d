import { current } from '../sql/dialects/duckdb.ts';
import { ident, join, type Sql, sql } from '../sql/sql.ts';
import { markChangeable } from './changeable.ts';
import type { FeatureColumn, FeatureFamily } from './feature.ts';
import { currencyScale, lastInMonth, ratio, snapshotHistory } from './history.ts';

const column = (name: string, es: string, en: string): FeatureColumn => ({
  name,
  kind: 'numeric',
  title: { es, en },
});
const inHand = ['balance_relative', 'utilisation', 'arrears_share', 'minimum_due_share'];
const lags = [0, 1, 2, 3, 4, 5] as const;
const at = (lag: number): Sql => ident(`b${lag}`);
const pairs = [0, 1, 2, 3, 4] as const;
const step = (lag: number): Sql => sql`abs(${at(lag)} - ${at(lag + 1)})`;
const sumOf = (parts: readonly Sql[]): Sql => sql`(${join(parts, ' + ')})`;

/** Amounts are compared with the account's own limit or with the currency's median balance, never as they are. */
const balance: FeatureFamily = {
  text: {
    title: { es: 'Saldo y uso del cupo', en: 'Balance and utilisation' },
    summary: {
      es: 'Cuánto debe respecto de su cupo y de la cartera en su moneda, hacia dónde va y cuánto varía',
      en: 'What is owed against the limit and against the portfolio in its currency, its trend and how much it moves',
    },
  },
  needs: ['snapshots', 'accounts'],
  known: {
    es: 'Solo usa cortes con fecha igual o anterior a la del puntaje.',
    en: 'Uses only snapshots dated on or before the date of the score.',
  },
  columns: markChangeable(
    [
      column('balance_relative', 'Saldo, en medianas de su moneda', 'Balance, in medians of its currency'),
      column('limit_relative', 'Cupo, en medianas de saldo', 'Limit, in median balances'),
      column('utilisation', 'Uso del cupo', 'Utilisation'),
      column('utilisation_1m', 'Uso del cupo, un mes antes', 'Utilisation, a month before'),
      column('utilisation_2m', 'Uso del cupo, dos meses antes', 'Utilisation, two months before'),
      column('utilisation_3m', 'Uso del cupo, tres meses antes', 'Utilisation, three months before'),
      column(
        'utilisation_change_3m',
        'Cambio del uso del cupo en 3 meses',
        'Change of utilisation in 3 months',
      ),
      column('over_limit_months_6m', 'Meses sobre el cupo, de 6', 'Months over the limit, of 6'),
      column('utilisation_mean_6m', 'Uso medio del cupo, 6 meses', 'Mean utilisation, 6 months'),
      column('utilisation_max_6m', 'Uso máximo del cupo, 6 meses', 'Highest utilisation, 6 months'),
      column('balance_change_1m', 'Cambio del saldo en un mes', 'Change of balance in a month'),
      column('balance_change_2m', 'Cambio del saldo el mes anterior', 'Change of balance the month before'),
      column('balance_trend_3m', 'Saldo respecto de 3 meses antes', 'Balance against 3 months before'),
      column('balance_trend_6m', 'Saldo respecto de 5 meses antes', 'Balance against 5 months before'),
      column(
        'balance_volatility_6m',
        'Cambio mensual medio del saldo, sobre el saldo medio',
        'Mean monthly change of balance, over the mean balance',
      ),
      column('balance_range_6m', 'Variación del saldo, 6 meses', 'Range of balance, 6 months'),
      column('minimum_due_share', 'Pago mínimo sobre saldo', 'Minimum due over balance'),
      column('arrears_share', 'Vencido sobre saldo', 'Arrears over balance'),
    ],
    inHand,
  ),
  build(dialect, population) {
    const monthly = sql`SELECT account_id, as_of,
  ${join(
    lags.map((lag) => sql`${lastInMonth(dialect, sql`balance`, lag)} AS ${at(lag)}`),
    ', ',
  )},
  ${lastInMonth(dialect, sql`arrears`, 0)} AS arrears, ${lastInMonth(dialect, sql`minimum_due`, 0)} AS minimum_due,
  sum(balance) FILTER (WHERE lag < 6) AS total, count(balance) FILTER (WHERE lag < 6) AS seen,
  max(balance) FILTER (WHERE lag < 6) AS highest, min(balance) FILTER (WHERE lag < 6) AS lowest
FROM (${snapshotHistory(dialect, population)}) h
GROUP BY account_id, as_of`;
    const used = (amount: Sql) => ratio(dialect, amount, sql`ceiling`);
    return sql`SELECT m.account_id, m.as_of,
  ${ratio(dialect, sql`b0`, sql`median_balance`)} AS balance_relative, ${ratio(dialect, sql`ceiling`, sql`median_balance`)} AS limit_relative,
  ${used(sql`b0`)} AS utilisation, ${used(sql`b1`)} AS utilisation_1m, ${used(sql`b2`)} AS utilisation_2m, ${used(sql`b3`)} AS utilisation_3m,
  ${used(sql`b0`)} - ${used(sql`b3`)} AS utilisation_change_3m,
  CASE WHEN ceiling > 0 THEN ${sumOf(lags.map((lag) => sql`CASE WHEN ${at(lag)} > ceiling THEN 1 ELSE 0 END`))} END AS over_limit_months_6m,
  ${ratio(dialect, used(sql`total`), sql`seen`)} AS utilisation_mean_6m, ${used(sql`highest`)} AS utilisation_max_6m,
  ${ratio(dialect, sql`b0 - b1`, sql`b1`)} AS balance_change_1m, ${ratio(dialect, sql`b1 - b2`, sql`b2`)} AS balance_change_2m,
  ${ratio(dialect, sql`b0`, sql`b3`)} AS balance_trend_3m,
  ${ratio(dialect, sql`b0`, sql`b5`)} AS balance_trend_6m,
  ${dialect.float(sql`seen`)} * ${ratio(dialect, sumOf(pairs.map((lag) => sql`coalesce(${step(lag)}, 0)`)), sql`total * nullif(${sumOf(pairs.map((lag) => sql`CASE WHEN ${step(lag)} IS NULL THEN 0 ELSE 1 END`))}, 0)`)} AS balance_volatility_6m,
  ${dialect.float(sql`seen`)} * ${ratio(dialect, sql`highest - lowest`, sql`total`)} AS balance_range_6m,
  ${ratio(dialect, sql`minimum_due`, sql`b0`)} AS minimum_due_share, ${ratio(dialect, sql`arrears`, sql`b0`)} AS arrears_share
FROM (SELECT h.*, a.currency, coalesce(a.credit_limit, a.original_amount) AS ceiling FROM (${monthly}) h
  LEFT JOIN ${current('accounts')} a ON a.account_id = h.account_id) m
LEFT JOIN (${currencyScale(dialect, population)}) c ON c.as_of = m.as_of AND c.currency = m.currency`;
  },
};
export default balance;
