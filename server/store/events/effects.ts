import { channels } from '#core/portfolio/tables/people.ts';
import type { Dialect } from '#core/sql/dialects/dialect.ts';
import { join, literal, raw, type Sql, sql } from '#core/sql/sql.ts';
import type { Session } from '../../engine/engine.ts';
import { makeContacts, settleUncertain } from './contacts.ts';
import type { EventDay, EventTable } from './days.ts';
import { findPrior, publishRows, type Written } from './publish-rows.ts';

export interface EffectsGiven {
  dialect: Dialect;
  day: EventDay;
  /** Whether the workspace has a date of its own; then an event is known when it happened. */
  ownClock: boolean;
  /** Instant of storing. */
  at: string;
}

/** The row's own name: the sender's, which other loads may use too, else one that only the event has. */
const ownName = raw("coalesce(reference, sender_id || ':' || event_id)");
const accepted = (kind: string): Sql => sql`FROM told WHERE reason IS NULL AND kind = ${literal(kind)}`;

/** Of a payment told of several times, sent back counts whenever it is said. */
async function makePayments(session: Session, { ownClock, at }: EffectsGiven): Promise<void> {
  const known = ownClock ? raw('happened_at') : sql`CAST(${at} AS TIMESTAMP)`;
  await session.run(sql`CREATE TEMPORARY TABLE new_payments AS
    SELECT ${ownName} AS payment_id, min(account_id) AS account_id, min(happened_at) AS paid_at, max(${known}) AS known_at,
      arg_max(amount, happened_at) AS amount, min(method) AS method, bool_or(reversed) AS reversed, bool_or(reference IS NOT NULL) AS referred
    ${accepted('paid')} GROUP BY 1`);
  await findPrior(session, 'payments', raw('(SELECT payment_id FROM new_payments WHERE referred)'));
  await session.run(
    raw(`CREATE TEMPORARY TABLE made_payments AS
    SELECT n.* EXCLUDE (referred) REPLACE (coalesce(least(p.paid_at, n.paid_at), n.paid_at) AS paid_at, n.reversed OR coalesce(p.reversed, false) AS reversed, coalesce(n.method, p.method) AS method)
    FROM new_payments n LEFT JOIN (SELECT payment_id, min(paid_at) AS paid_at, bool_or(reversed) AS reversed, min(method) AS method
      FROM prior_payments WHERE is_current GROUP BY payment_id) p USING (payment_id)`),
  );
}

async function makePromises(session: Session): Promise<void> {
  await session.run(sql`CREATE TEMPORARY TABLE new_promises AS
    SELECT ${ownName} AS promise_id, min(account_id) AS account_id, min(happened_at) AS made_at, arg_max(due_on, happened_at) AS due_on,
      arg_max(amount, happened_at) AS amount ${accepted('promised')} GROUP BY 1`);
  await findPrior(session, 'promises', raw('new_promises'));
  await session.run(
    raw(`CREATE TEMPORARY TABLE made_promises AS
    SELECT n.*, p.kept FROM new_promises n LEFT JOIN (SELECT promise_id, bool_or(kept) AS kept FROM prior_promises WHERE is_current GROUP BY promise_id) p USING (promise_id)`),
  );
}

async function makeComplaints(session: Session): Promise<void> {
  await session.run(sql`CREATE TEMPORARY TABLE made_complaints AS
    SELECT ${ownName} AS complaint_id, min(customer_id) AS customer_id, min(happened_at) AS occurred_at, min(channel) AS channel, min(topic) AS topic
    ${accepted('complained')} GROUP BY 1`);
  await findPrior(session, 'complaints', raw('made_complaints'));
}

/**
 * An opt-out takes back what was given before it: of one channel, the message's where it names one, else of all. One
 * that comes late takes nothing back that was given since; where nothing was given, it stands for itself.
 */
async function makePermissions(session: Session): Promise<void> {
  const everyChannel = join(channels.map((channel) => sql`(${literal(channel)})`));
  await session.run(sql`CREATE TEMPORARY TABLE opt_outs AS
    SELECT o.customer_id, c.channel, max(o.happened_at) AS revoked_at, min(o.sender_id) AS sender_id
    FROM (SELECT * ${accepted('opted_out')}) o JOIN (VALUES ${everyChannel}) c(channel) ON c.channel = coalesce(o.channel, c.channel)
    GROUP BY o.customer_id, c.channel`);
  await findPrior(session, 'contact_permissions', raw('opt_outs'));
  await session.run(
    raw(`CREATE TEMPORARY TABLE made_contact_permissions AS
    SELECT o.customer_id, o.channel, coalesce(p.basis, 'consent') AS basis, coalesce(p.granted_at, o.revoked_at) AS granted_at, o.revoked_at,
      coalesce(s.name, 'events') AS source
    FROM opt_outs o LEFT JOIN (SELECT * FROM prior_contact_permissions WHERE is_current
        QUALIFY row_number() OVER (PARTITION BY customer_id, channel ORDER BY granted_at DESC, load_id DESC, source_row DESC) = 1) p USING (customer_id, channel)
    LEFT JOIN event_senders s ON s.sender_id = o.sender_id
    WHERE p.customer_id IS NULL OR (o.revoked_at >= p.granted_at AND (p.revoked_at IS NULL OR p.revoked_at < p.granted_at))`),
  );
}

const has = async (session: Session, kind: string): Promise<boolean> =>
  (await session.first(sql`SELECT 1 AS one ${accepted(kind)} LIMIT 1`)) !== undefined;

/**
 * Writes what the accepted events of a group say into the portfolio, as rows of the load of the day.
 *
 * @returns rows by table, and the next row of the load
 */
export async function writeEffects(
  session: Session,
  given: EffectsGiven,
): Promise<{ rows: Map<EventTable, Written>; nextRow: number }> {
  const rows = new Map<EventTable, Written>();
  let { nextRow } = given.day;
  const publish = async (table: EventTable) => {
    const written = await publishRows(session, table, given.day, nextRow);
    nextRow += written.rows;
    rows.set(table, written);
  };
  if (await makeContacts(session, given.dialect, given.ownClock, given.at)) {
    await publish('contacts');
    await settleUncertain(session, given.at);
  }
  if (await has(session, 'paid')) {
    await makePayments(session, given);
    await publish('payments');
  }
  if (await has(session, 'promised')) {
    await makePromises(session);
    await publish('promises');
  }
  if (await has(session, 'opted_out')) {
    await makePermissions(session);
    await publish('contact_permissions');
  }
  if (await has(session, 'complained')) {
    await makeComplaints(session);
    await publish('complaints');
  }
  return { rows, nextRow };
}
