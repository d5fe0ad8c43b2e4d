import type { Timeline } from '#core/contract/portfolio/person-views.ts';
import { current } from '#core/sql/dialects/duckdb.ts';
import { list, type Sql, sql } from '#core/sql/sql.ts';
import type { Session } from '../../engine/engine.ts';
import { hasLeft } from '../delivery/exports.ts';
import { accountsOf } from './find.ts';
import { missingTables } from './missing.ts';

/** Events of one kind that are shown; of more, the newest. */
const most = 2_000;
const findingMonths = 6;

const accountsIn = (ids: readonly string[]): Sql =>
  sql`(SELECT account_id, currency FROM ${current('accounts')} WHERE account_id IN ${list(ids)})`;

const balancesOf = (session: Session, own: readonly string[]): Promise<Timeline['balances']> =>
  session.rows(sql`SELECT s.account_id AS "accountId", a.currency, s.as_of AS "asOf", s.balance, s.arrears, s.days_past_due AS "daysPastDue"
    FROM ${current('snapshots')} s JOIN ${accountsIn(own)} a ON a.account_id = s.account_id
    WHERE s.account_id IN ${list(own)} ORDER BY s.as_of DESC, s.account_id LIMIT ${most}`);

const paymentsOf = (session: Session, own: readonly string[]): Promise<Timeline['payments']> =>
  session.rows(sql`SELECT p.account_id AS "accountId", a.currency, p.paid_at AS "paidAt", p.amount, p.method, coalesce(p.reversed, false) AS reversed
    FROM ${current('payments')} p JOIN ${accountsIn(own)} a ON a.account_id = p.account_id
    WHERE p.account_id IN ${list(own)} ORDER BY p.paid_at DESC, p.payment_id LIMIT ${most}`);

const contactsOf = (session: Session, id: string): Promise<Timeline['contacts']> =>
  session.rows(sql`SELECT sent_at AS "sentAt", channel, style, CASE WHEN right_party THEN 'right_party' WHEN replied THEN 'replied'
      WHEN delivered THEN 'delivered' WHEN delivered IS NULL THEN 'unknown' ELSE 'failed' END AS outcome, experiment_id AS "experimentId", arm
    FROM ${current('contacts')} WHERE customer_id = ${id} ORDER BY sent_at DESC, contact_id LIMIT ${most}`);

const promisesOf = (session: Session, own: readonly string[]): Promise<Timeline['promises']> =>
  session.rows(sql`SELECT p.account_id AS "accountId", a.currency, p.made_at AS "madeAt", p.due_on AS "dueOn", p.amount, p.kept
    FROM ${current('promises')} p JOIN ${accountsIn(own)} a ON a.account_id = p.account_id WHERE p.account_id IN ${list(own)} ORDER BY p.made_at DESC, p.promise_id LIMIT ${most}`);

const complaintsOf = (session: Session, id: string): Promise<Timeline['complaints']> =>
  session.rows(
    sql`SELECT occurred_at AS "occurredAt", channel, topic FROM ${current('complaints')} WHERE customer_id = ${id} ORDER BY occurred_at DESC, complaint_id LIMIT ${most}`,
  );

const assignedOf = (session: Session, id: string): Promise<Timeline['assigned']> =>
  session.rows(sql`SELECT a.assigned_at AS "assignedAt", d.design ->> '$.name' AS name, a.arm FROM assignments a
    JOIN designs d ON d.experiment_id = a.experiment_id WHERE a.customer_id = ${id} ORDER BY a.assigned_at, a.experiment_id`);

const messagesOf = (session: Session, id: string): Promise<Timeline['messages']> =>
  session.rows(sql`SELECT k.planned_at AS "plannedAt", r.channel, d.design ->> '$.name' AS name, r.arm FROM export_rows r
    JOIN export_runs x ON x.export_id = r.export_id
    JOIN contact_checks k ON k.batch_id = x.batch_id AND k.assignment_id = r.assignment_id
    JOIN designs d ON d.experiment_id = x.experiment_id
    WHERE r.customer_id = ${id} AND ${hasLeft(sql`r.state`)} ORDER BY k.planned_at, r.message_key`);

/** In how many of the last months up to the newest balances something was paid, and how late the person is now. */
function findingOf(
  balances: Timeline['balances'],
  payments: Timeline['payments'],
  today: string,
): Timeline['finding'] {
  const asOf = balances[0]?.asOf ?? null;
  const last = asOf && asOf > today ? today : (asOf ?? today);
  const monthOf = (date: string) => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1;
  const first = balances.at(-1)?.asOf ?? last;
  const months = Math.min(findingMonths, monthOf(last) - monthOf(first) + 1);
  const paid = new Set(
    payments
      .filter(
        ({ reversed, amount, paidAt }) => !reversed && Number(amount) > 0 && monthOf(paidAt) <= monthOf(last),
      )
      .map(({ paidAt }) => monthOf(last) - monthOf(paidAt))
      .filter((ago) => ago < months),
  );
  const newest = new Map<string, number | null>();
  for (const { accountId, daysPastDue } of balances)
    if (!newest.has(accountId)) newest.set(accountId, daysPastDue);
  const days = [...newest.values()].filter((value) => value !== null);
  return { months, monthsPaid: paid.size, daysPastDue: days.length ? Math.max(...days) : null, asOf };
}

/** Everything that happened with a person on one time axis, oldest first. */
export async function readTimeline(session: Session, id: string, today: string): Promise<Timeline> {
  const own = await accountsOf(session, [id]);
  const balances = await balancesOf(session, own);
  const payments = await paymentsOf(session, own);
  const contacts = await contactsOf(session, id);
  const promises = await promisesOf(session, own);
  const complaints = await complaintsOf(session, id);
  const lists = [balances, payments, contacts, promises, complaints];
  return {
    today,
    finding: findingOf(balances, payments, today),
    balances: balances.toReversed(),
    payments: payments.toReversed(),
    contacts: contacts.toReversed(),
    promises: promises.toReversed(),
    complaints: complaints.toReversed(),
    assigned: await assignedOf(session, id),
    messages: await messagesOf(session, id),
    shortened: lists.some((list) => list.length === most),
    missing: await missingTables(session, ['snapshots', 'payments', 'contacts', 'promises', 'complaints']),
  };
}
