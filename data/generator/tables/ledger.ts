import { join, raw, type Sql, sql } from '#core/sql/sql.ts';
import { byCode, num } from '../draw.ts';
import { model } from '../model.ts';
import { bits } from '../policy.ts';
import { type Scope, scratchTable } from '../scope.ts';
import { accountId, balanceOf, c, currency, customerId, type Made, paidSecond, perUnit } from './shared.ts';

const texts = (values: readonly string[]): Sql[] => values.map((value) => raw(`'${value}'`));

/** Steps of the written months with their dates and what is known of the account. */
const months = (scope: Scope): Sql =>
  sql`SELECT s.*, k.start_on, k.end_on, k.days, l.customer_no, l.country, l.product, l.due_day, l.term, l.opened_idx, l.used, l.instalment
FROM ${scratchTable(scope, 'steps')} s JOIN ${scratchTable(scope, 'calendar')} k ON k.month = s.month JOIN ${scratchTable(scope, 'latent')} l ON l.account_no = s.account_no`;

export function accounts(scope: Scope): Made {
  const d = scope.dialect;
  const rate = sql`${byCode(c('product'), [num(0.46), num(0.29), raw('NULL')])} + country * 0.03e0`;
  const month = (kind: number) =>
    sql`(SELECT account_no, max(end_on) AS end_on FROM ${scratchTable(scope, 'changes')} JOIN ${scratchTable(scope, 'calendar')} USING (month) WHERE status = ${num(kind)} GROUP BY account_no)`;
  return {
    table: 'accounts',
    query: sql`SELECT ${accountId(sql`l.account_no`)} AS account_id, ${customerId(sql`l.customer_no`)} AS customer_id, ${byCode(c('product'), texts(model.products.map((product) => product.name)))} AS product_type,
  ${d.cast(sql`${d.date(raw(`'${scope.months[0]!.start}'`))} + (opened_idx - 1) * INTERVAL 1 MONTH + (due_day - 1) * INTERVAL 1 DAY`, 'date')} AS opened_on, ${currency} AS currency,
  CASE WHEN product = 0 THEN ${d.cast(sql`instalment * 20`, 'money')} END AS credit_limit, CASE WHEN product = 1 THEN ${d.cast(sql`round(instalment * term * 0.68e0, 0)`, 'money')} END AS original_amount,
  round(${rate}, 4) AS rate, false AS secured, CASE WHEN f.account_no IS NOT NULL THEN 'closed' WHEN o.account_no IS NOT NULL THEN 'charged_off' ELSE 'active' END AS status, o.end_on AS charged_off_on
FROM ${scratchTable(scope, 'latent')} l LEFT JOIN ${month(2)} o ON o.account_no = l.account_no LEFT JOIN ${month(3)} f ON f.account_no = l.account_no
ORDER BY l.account_no`,
  };
}

export function snapshots(scope: Scope): Made {
  const d = scope.dialect;
  return {
    table: 'snapshots',
    query: sql`SELECT ${accountId()} AS account_id, end_on AS as_of, ${d.cast(balanceOf(scope), 'money')} AS balance, ${d.cast(sql`instalment * k`, 'money')} AS arrears,
  CAST(CASE WHEN k > 0 THEN ${d.daysBetween(c('oldest'), c('end_on'))} ELSE 0 END AS INTEGER) AS days_past_due,
  CASE status WHEN 1 THEN ${d.cast(sql`instalment * (k + 1)`, 'money')} WHEN 3 THEN CAST(0 AS DECIMAL(18,2)) END AS minimum_due, ${byCode(sql`status - 1`, texts(['active', 'charged_off', 'closed']))} AS status
FROM (${months(scope)}) ORDER BY account_no, month`,
  };
}

/** An attempt that fails: marked reversed, two days before the payment that succeeds. */
const failedKind = 7;

/** Instalments that close an account, from month, opened_idx, term and product. */
export const payoff = (month: Sql): Sql =>
  sql`CASE product WHEN 1 THEN greatest(term - (${month} - opened_idx), 0) + 1 ELSE 6 END`;

/** Cards are often paid above the minimum. */
export const timesPaid =
  'CASE WHEN product = 0 THEN CASE WHEN (w1 >> 3) & 7 < 5 THEN 1 WHEN (w1 >> 3) & 7 < 7 THEN 2 ELSE 5 END ELSE 1 END';

/** A charged-off account pays something back. */
const recovers = `status0 = 2 AND (w1 >> 20) < ${Math.round(model.recoveryPerMonth * 4096)}`;

/** The ways money comes in during a month, with its day of the month and its amount. */
const kinds: readonly { kind: number; day: string; amount: string }[] = [
  {
    kind: 1,
    day: 'l.due_day - CASE WHEN k0 > 0 THEN 0 ELSE greatest((w1 & 7) - 5, 0) END',
    amount: `instalment * ${timesPaid}`,
  },
  { kind: 2, day: 't1', amount: 'instalment * CASE WHEN t1 >= due_day THEN k0 + 1 ELSE k0 END' },
  { kind: 3, day: 't2', amount: 'instalment' },
  { kind: 4, day: 'partial_day', amount: 'instalment' },
  { kind: 5, day: 'due_day', amount: `instalment * ${payoff(raw('s.month')).text}` },
  { kind: 6, day: '1 + (w1 & 15)', amount: 'instalment * (1 + (w1 >> 4) % 3)' },
  { kind: failedKind, day: 't1 - 2', amount: 'instalment * k0' },
];

/** What an account pays first in a month, and what it may pay next: most have one payment, so the steps are read three times, not seven. */
const paidKinds: readonly string[] = [
  `CASE WHEN closes THEN 5 WHEN ${recovers} THEN 6 WHEN t1 IS NOT NULL THEN 2 WHEN partial_day IS NOT NULL THEN 4 WHEN t2 IS NOT NULL THEN 3 WHEN clean AND NOT missed THEN 1 END`,
  'CASE WHEN t1 IS NOT NULL AND clean THEN CASE WHEN t2 IS NOT NULL THEN 3 WHEN NOT missed THEN 1 END END',
  `CASE WHEN t1 > 2 AND (w1 >> 20) < 82 THEN ${failedKind} END`,
];

export function payments(scope: Scope): Made {
  const d = scope.dialect;
  const steps = raw('account_no, month, w1, k0, t1, t2, partial_day');
  const rows = paidKinds.map(
    (kind) =>
      sql`SELECT ${steps}, kind FROM (SELECT *, ${raw(kind)} AS kind FROM ${scratchTable(scope, 'steps')}) WHERE kind IS NOT NULL`,
  );
  const ofKind = (value: (payment: (typeof kinds)[number]) => string): Sql =>
    byCode(
      sql`kind - 1`,
      kinds.map((payment) => raw(value(payment))),
    );
  const paid = sql`SELECT s.account_no, s.month, s.kind, s.w1, k.start_on, CAST(${ofKind(({ day }) => day)} AS INTEGER) AS day, ${ofKind(({ amount }) => amount)} AS amount
FROM (${join(rows, ' UNION ALL ')}) s JOIN ${scratchTable(scope, 'calendar')} k ON k.month = s.month JOIN ${scratchTable(scope, 'latent')} l ON l.account_no = s.account_no`;
  return {
    table: 'payments',
    query: paymentRows(
      scope,
      sql`SELECT account_no, month, kind, amount, w1, ${d.addDays(c('start_on'), sql`(day - 1)`)} AS paid_on FROM (${paid})`,
      model.lastMonthEnd,
    ),
  };
}

/**
 * Payments in their canonical form from account_no, month, kind, amount, paid_on and w1, whose bits give the rest. Some are
 * known a day or two later, but none after the last date: what is written is known.
 */
export function paymentRows(scope: Scope, paid: Sql, last: string): Sql {
  const d = scope.dialect;
  const at = d.addSeconds(c('paid_on'), sql`CAST(${paidSecond(c('w1'))} AS INTEGER)`);
  return sql`SELECT 'P' || lpad(CAST(account_no AS VARCHAR), 8, '0') || '-' || month || '-' || kind AS payment_id, ${accountId()} AS account_id, paid_at,
  ${d.addSeconds(c('paid_at'), sql`(86400 * least(CASE (w1 >> 9) & 15 WHEN 0 THEN 2 WHEN 1 THEN 1 WHEN 2 THEN 1 ELSE 0 END, ${d.daysBetween(c('paid_on'), d.date(raw(`'${last}'`)))}))`)} AS known_at, ${d.cast(c('amount'), 'money')} AS amount,
  ${byCode(sql`(w1 >> 13) & 7`, texts(['transfer', 'transfer', 'cash', 'cash', 'card', 'direct_debit', 'direct_debit', 'app']))} AS method, kind = ${num(failedKind)} AS reversed
FROM (SELECT *, ${at} AS paid_at FROM (${paid})) ORDER BY account_no, month, kind`;
}

export function instalments(scope: Scope): Made {
  const d = scope.dialect;
  return {
    table: 'instalments',
    query: sql`SELECT ${accountId()} AS account_id, ${d.cast(d.addDays(c('start_on'), sql`CAST(due_day - 1 AS INTEGER)`), 'date')} AS due_on, instalment AS amount
FROM (${months(scope)}) WHERE product = 1 AND status0 = 1 ORDER BY account_no, month`,
  };
}

export function adjustments(scope: Scope): Made {
  const d = scope.dialect;
  const at = d.addSeconds(d.cast(c('end_on'), 'timestamp'), num(79_200));
  return {
    table: 'adjustments',
    query: sql`WITH months AS (${months(scope)})
SELECT ${accountId()} AS account_id, ${at} AS occurred_at, kind, ${d.cast(c('amount'), 'money')} AS amount FROM (
  SELECT account_no, month, end_on, CASE WHEN k0 >= 4 THEN 'restructuring' ELSE 're_age' END AS kind, -instalment * (k0 + CASE WHEN partial_day IS NULL THEN 1 ELSE 0 END) AS amount FROM months WHERE re_aged
  UNION ALL SELECT account_no, month, end_on, 'write_off' AS kind, -${d.cast(balanceOf(scope), 'money')} AS amount FROM months WHERE status = 2 AND status0 = 1
  UNION ALL SELECT account_no, month, end_on, CASE WHEN w1 % 2 = 0 THEN 'refund' ELSE 'correction' END AS kind, -instalment AS amount FROM months WHERE clean AND NOT missed AND NOT closes AND ${bits(c('w1'), 12, 12)} < 0.0008e0
) ORDER BY account_no, month, kind`,
  };
}

export const agencies = ['agencia_norte', 'agencia_sur', 'agencia_oriente'];
const charged = (scope: Scope): Sql => sql`SELECT * FROM (${months(scope)}) WHERE status = 2 AND status0 = 1`;

export function placements(scope: Scope): Made {
  const d = scope.dialect;
  const last = d.date(raw(`'${model.lastMonthEnd}'`));
  const returned = d.cast(d.addDays(c('end_on'), 180), 'date');
  return {
    table: 'placements',
    query: sql`SELECT ${accountId()} AS account_id, ${byCode(sql`w1 % 3`, texts(agencies))} AS agency, end_on AS placed_on, ${d.cast(balanceOf(scope), 'money')} AS balance_placed, CASE WHEN ${returned} <= ${last} THEN ${returned} END AS returned_on
FROM (${charged(scope)}) WHERE (w1 >> 4) % 4 < 3 ORDER BY account_no`,
  };
}

export function costs(scope: Scope): Made {
  const d = scope.dialect;
  return {
    table: 'costs',
    query: sql`WITH months AS (${months(scope)})
SELECT 'G' || lpad(CAST(account_no AS VARCHAR), 8, '0') || '-' || month || '-' || kind AS cost_id, ${d.addSeconds(d.cast(c('end_on'), 'timestamp'), num(72_000))} AS occurred_at, ${accountId()} AS account_id, agency, kind,
  ${d.cast(sql`round(amount, 2)`, 'money')} AS amount, ${currency} AS currency FROM (
  SELECT account_no, month, end_on, country, ${byCode(sql`account_no % 3`, texts(agencies))} AS agency, 'commission' AS kind, 0.25e0 * instalment * (1 + (w1 >> 4) % 3) AS amount FROM months WHERE ${raw(recovers)}
  UNION ALL SELECT account_no, month, end_on, country, CAST(NULL AS VARCHAR) AS agency, 'legal' AS kind, 8 * ${perUnit} AS amount FROM months WHERE status = 2 AND status0 = 1 AND product < 2
) ORDER BY account_no, month, kind`,
  };
}
