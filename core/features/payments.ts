import { current } from '../sql/dialects/duckdb.ts';
import { ident, join, raw, type Sql, sql } from '../sql/sql.ts';
import { markChangeable } from './changeable.ts';
import type { FeatureColumn, FeatureFamily } from './feature.ts';
import { currencyScale, lastInMonth, ratio, snapshotHistory } from './history.ts';

const column = (name: string, es: string, en: string): FeatureColumn => ({
  name,
  kind: 'numeric',
  title: { es, en },
});
const inHand = [
  'payments_3m',
  'months_paid_3m',
  'months_since_payment',
  'days_since_payment',
  'paid_share',
  'paid_share_3m',
  'paid_of_minimum',
  'paid_of_due_3m',
  'paid_relative',
  'paid_of_limit_3m',
  'last_paid_of_minimum',
  'last_paid_relative',
];
const lags = [0, 1, 2, 3, 4, 5] as const;
const paid = (lag: number): Sql => ident(`p${lag}`);
const owed = (lag: number): Sql => ident(`b${lag}`);
const due = (lag: number): Sql => ident(`m${lag}`);

/**
 * What was paid, by calendar month. Payments later reversed count as paid: the data does not say when the
 * reversal became known, and using it would look ahead.
 */
const payments: FeatureFamily = {
  text: {
    title: { es: 'Pagos', en: 'Payments' },
    summary: {
      es: 'Cuántos pagos hubo, cuánto cubrieron del saldo anterior, con qué regularidad y cuándo fue el último',
      en: 'How many payments there were, how much of the previous balance they covered, how regular and how recent',
    },
  },
  needs: ['payments', 'snapshots', 'accounts'],
  known: {
    es: 'Solo usa pagos que ya se conocían al terminar el día del puntaje.',
    en: 'Uses only payments known by the end of the date of the score.',
  },
  columns: markChangeable(
    [
      column('payments_3m', 'Pagos, 3 meses', 'Payments, 3 months'),
      column('payments_6m', 'Pagos, 6 meses', 'Payments, 6 months'),
      column('months_paid_3m', 'Meses con pago, de 3', 'Months with a payment, of 3'),
      column('months_paid_6m', 'Meses con pago, de 6', 'Months with a payment, of 6'),
      column('months_since_payment', 'Meses desde el último pago', 'Months since the last payment'),
      column('days_since_payment', 'Días desde el último pago', 'Days since the last payment'),
      column(
        'paid_share',
        'Pagado este mes sobre el saldo anterior',
        'Paid this month over the balance before',
      ),
      column(
        'paid_share_1m',
        'Pagado un mes antes sobre el saldo anterior',
        'Paid a month before over the balance before',
      ),
      column(
        'paid_share_2m',
        'Pagado dos meses antes sobre el saldo anterior',
        'Paid two months before over the balance before',
      ),
      column('paid_share_3m', 'Pagado en 3 meses sobre el saldo', 'Paid in 3 months over the balance'),
      column(
        'paid_of_minimum',
        'Pagado este mes sobre el pago mínimo',
        'Paid this month over the minimum due',
      ),
      column(
        'paid_of_due_3m',
        'Pagado en 3 meses sobre los pagos mínimos',
        'Paid in 3 months over the minimum dues',
      ),
      column('payment_gap', 'Días entre pagos', 'Days between payments'),
      column(
        'payment_overdue_rhythm',
        'Días sin pagar sobre su ritmo',
        'Days without paying over the usual gap',
      ),
      column('last_paid_of_minimum', 'Último pago sobre el pago mínimo', 'Last payment over the minimum due'),
      column('last_paid_relative', 'Último pago, en medianas de saldo', 'Last payment, in median balances'),
      column('paid_relative', 'Pagado este mes, en medianas de saldo', 'Paid this month, in median balances'),
      column(
        'paid_relative_1m',
        'Pagado un mes antes, en medianas de saldo',
        'Paid a month before, in median balances',
      ),
      column(
        'paid_relative_2m',
        'Pagado dos meses antes, en medianas de saldo',
        'Paid two months before, in median balances',
      ),
      column('paid_of_limit_3m', 'Pagado en 3 meses sobre el cupo', 'Paid in 3 months over the limit'),
      column(
        'largest_paid_share',
        'Mayor pago de 6 meses sobre el saldo',
        'Largest payment of 6 months over the balance',
      ),
    ],
    inHand,
  ),
  build(dialect, population) {
    const lag = dialect.monthsBetween(sql`y.paid_at`, sql`p.as_of`);
    const events = sql`SELECT p.account_id, p.as_of, y.payment_id, y.paid_at, y.amount, ${lag} AS lag,
  ${dialect.daysBetween(sql`y.paid_at`, sql`p.as_of`)} AS days
FROM ${population} p JOIN ${current('payments')} y ON y.account_id = p.account_id
  AND y.paid_at < ${dialect.addDays(sql`p.as_of`, 1)} AND coalesce(y.known_at, y.paid_at) < ${dialect.addDays(sql`p.as_of`, 1)}
  AND y.paid_at > ${dialect.addDays(sql`p.as_of`, -187)}
WHERE y.amount > 0`;
    const sums = sql`SELECT account_id, as_of,
  ${join(
    lags.map((k) => sql`${dialect.sumIf(sql`amount`, raw(`lag = ${k}`))} AS ${paid(k)}`),
    ', ',
  )},
  ${dialect.sumIf(sql`amount`, sql`lag < 3`)} AS sum_3m, max(amount) FILTER (WHERE lag < 6) AS largest,
  ${dialect.countIf(sql`lag < 3`)} AS payments_3m, ${dialect.countIf(sql`lag < 6`)} AS payments_6m,
  min(lag) AS months_since_payment, min(days) AS days_since_payment,
  ${ratio(dialect, sql`max(days) - min(days)`, sql`count(*) - 1`)} AS gap,
  ${dialect.argMax(sql`amount`, sql`paid_at`, sql`payment_id`)} AS last_paid
FROM (${events}) e
GROUP BY account_id, as_of`;
    const balances = sql`SELECT account_id, as_of,
  ${join(
    lags.slice(0, 4).map((k) => sql`${lastInMonth(dialect, sql`balance`, k)} AS ${owed(k)}`),
    ', ',
  )},
  ${join(
    [1, 2, 3].map((k) => sql`${lastInMonth(dialect, sql`minimum_due`, k)} AS ${due(k)}`),
    ', ',
  )}
FROM (${snapshotHistory(dialect, population)}) h
GROUP BY account_id, as_of`;
    const amount = (k: number) => sql`coalesce(${paid(k)}, 0)`;
    const months = (count: number) =>
      join(
        lags.slice(0, count).map((k) => sql`CASE WHEN ${paid(k)} > 0 THEN 1 ELSE 0 END`),
        ' + ',
      );
    const share = (k: number) => ratio(dialect, amount(k), owed(k + 1));
    const scaled = (k: number) => ratio(dialect, amount(k), sql`median_balance`);
    return sql`SELECT b.account_id, b.as_of,
  coalesce(payments_3m, 0) AS payments_3m, coalesce(payments_6m, 0) AS payments_6m,
  ${months(3)} AS months_paid_3m, ${months(6)} AS months_paid_6m, months_since_payment, days_since_payment,
  ${share(0)} AS paid_share, ${share(1)} AS paid_share_1m, ${share(2)} AS paid_share_2m,
  ${ratio(dialect, sql`coalesce(sum_3m, 0)`, sql`coalesce(b3, b2, b1, b0)`)} AS paid_share_3m,
  ${ratio(dialect, amount(0), sql`m1`)} AS paid_of_minimum,
  ${ratio(dialect, sql`coalesce(sum_3m, 0)`, sql`coalesce(m1, 0) + coalesce(m2, 0) + coalesce(m3, 0)`)} AS paid_of_due_3m,
  gap AS payment_gap, ${ratio(dialect, sql`days_since_payment`, sql`gap`)} AS payment_overdue_rhythm,
  ${ratio(dialect, sql`last_paid`, sql`m1`)} AS last_paid_of_minimum, ${ratio(dialect, sql`last_paid`, sql`median_balance`)} AS last_paid_relative,
  ${scaled(0)} AS paid_relative, ${scaled(1)} AS paid_relative_1m, ${scaled(2)} AS paid_relative_2m,
  ${ratio(dialect, sql`coalesce(sum_3m, 0)`, sql`ceiling`)} AS paid_of_limit_3m,
  ${ratio(dialect, sql`coalesce(largest, 0)`, sql`b0`)} AS largest_paid_share
FROM (SELECT h.*, a.currency, coalesce(a.credit_limit, a.original_amount) AS ceiling FROM (${balances}) h
  LEFT JOIN ${current('accounts')} a ON a.account_id = h.account_id) b
LEFT JOIN (${sums}) s ON s.account_id = b.account_id AND s.as_of = b.as_of
LEFT JOIN (${currencyScale(dialect, population)}) c ON c.as_of = b.as_of AND c.currency = b.currency`;
  },
};
export default payments;
