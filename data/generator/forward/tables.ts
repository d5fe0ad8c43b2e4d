import { channels } from '#core/portfolio/tables/people.ts';
import { raw, type Sql, sql } from '#core/sql/sql.ts';
import { byCode, num } from '../draw.ts';
import { type Scope, scratchTable } from '../scope.ts';
import { contactCost } from '../tables/conversation.ts';
import { agencies, paymentRows } from '../tables/ledger.ts';
import { accountId, c, customerId, type Made } from '../tables/shared.ts';

const texts = (values: readonly string[]): Sql[] => values.map((value) => raw(`'${value}'`));
const channelName = byCode(c('channel'), texts(channels));

/** The live rows of canonical tables whose rows change: given by the caller, who knows where they are. */
export interface Current {
  accounts: Sql;
  contact_permissions: Sql;
}

/** What happened, as canonical tables. Rows of accounts and permissions that changed are written whole again. */
export function forwardTables(scope: Scope, current: Current, today: string): Made[] {
  const d = scope.dialect;
  const from = (name: string): Sql => scratchTable(scope, name);
  const evening = (day: Sql) => d.addSeconds(d.cast(day, 'timestamp'), num(79_200));
  const changes = sql`SELECT ${accountId()} AS account_id, max(status) AS status, max(CASE WHEN status = 2 THEN changed_on END) AS charged_off_on FROM ${from('changed')} GROUP BY account_no`;
  const withdrawn = sql`SELECT ${customerId()} AS customer_id, ${channelName} AS channel, min(sent_at) AS sent_at FROM ${from('touches')} WHERE opted_out GROUP BY customer_no, channel`;
  const charged = sql`SELECT * FROM ${from('changed')} WHERE status = 2`;
  return [
    {
      table: 'snapshots',
      query: sql`SELECT ${accountId()} AS account_id, as_of, balance, arrears, days_past_due, minimum_due, ${byCode(sql`status - 1`, texts(['active', 'charged_off', 'closed']))} AS status FROM ${from('closings')} ORDER BY account_no, as_of`,
    },
    {
      table: 'payments',
      query: paymentRows(
        scope,
        sql`SELECT account_no, month, kind, amount, paid_on, word AS w1 FROM ${from('money_in')}`,
        today,
      ),
    },
    {
      table: 'contacts',
      query: sql`SELECT contact_id, ${customerId()} AS customer_id, ${accountId()} AS account_id, ${channelName} AS channel, style_name AS style, template_id, sent_at, sent_at AS known_at, delivered, opened, clicked, replied, right_party,
  CASE WHEN channel = 3 THEN 'AG' || (reply % 40) END AS agent_id, ${contactCost(scope)} AS cost, experiment_id, arm, round(propensity, 6) AS propensity FROM ${from('touches')} ORDER BY contact_id`,
    },
    {
      table: 'promises',
      query: sql`SELECT promise_id, ${accountId()} AS account_id, made_at, due_on, amount, kept FROM ${from('pledges')} WHERE changed ORDER BY promise_id`,
    },
    {
      table: 'complaints',
      query: sql`SELECT 'Q' || substr(contact_id, 2) AS complaint_id, ${customerId()} AS customer_id, ${d.addSeconds(c('sent_at'), sql`CAST(600 + reply % 3000 AS INTEGER)`)} AS occurred_at, ${channelName} AS channel,
  ${byCode(sql`reply % 4`, texts(['tone', 'frequency', 'amount', 'not_my_debt']))} AS topic FROM ${from('touches')} WHERE complained ORDER BY contact_id`,
    },
    {
      table: 'contact_permissions',
      query: sql`SELECT p.customer_id, p.channel, p.basis, p.granted_at, ${d.addSeconds(sql`w.sent_at`, num(900))} AS revoked_at, p.source FROM ${current.contact_permissions} p JOIN (${withdrawn}) w ON w.customer_id = p.customer_id AND w.channel = p.channel WHERE p.revoked_at IS NULL ORDER BY p.customer_id, p.channel`,
    },
    {
      table: 'accounts',
      query: sql`SELECT a.account_id, a.customer_id, a.product_type, a.opened_on, a.currency, a.credit_limit, a.original_amount, a.rate, a.secured, ${byCode(sql`x.status - 2`, texts(['charged_off', 'closed']))} AS status, coalesce(x.charged_off_on, a.charged_off_on) AS charged_off_on FROM ${current.accounts} a JOIN (${changes}) x ON x.account_id = a.account_id ORDER BY a.account_id`,
    },
    {
      table: 'instalments',
      query: sql`SELECT ${accountId()} AS account_id, due_on, amount FROM ${from('falls_due')} ORDER BY account_no, due_on`,
    },
    {
      table: 'adjustments',
      query: sql`SELECT ${accountId()} AS account_id, ${evening(c('occurred_on'))} AS occurred_at, kind, ${d.cast(c('amount'), 'money')} AS amount FROM (
  SELECT account_no, occurred_on, CASE WHEN level >= 4 THEN 'restructuring' ELSE 're_age' END AS kind, -amount AS amount FROM ${from('re_ages')}
  UNION ALL SELECT account_no, changed_on AS occurred_on, 'write_off' AS kind, -balance AS amount FROM (${charged})) ORDER BY account_no, occurred_on, kind`,
    },
    {
      table: 'placements',
      query: sql`SELECT ${accountId()} AS account_id, ${byCode(sql`word % 3`, texts(agencies))} AS agency, changed_on AS placed_on, balance AS balance_placed, CAST(NULL AS DATE) AS returned_on FROM (${charged}) WHERE (word >> 4) % 4 < 3 ORDER BY account_no, changed_on`,
    },
  ];
}
