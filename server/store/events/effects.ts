import { channels } from '#core/portfolio/tables/people.ts';
import type { Dialect } from '#core/sql/dialects/dialect.ts';
import { join, literal, raw, type Sql, sql } from '#core/sql/sql.ts';
import type { Session } from '../../engine/engine.ts';
import { makeContacts, settleUncertain } from './contacts.ts';
import type { EventDay, EventTable } from './days.ts';
import { complaints, lastSaid, nameRows, payments, promises, said } from './own-names.ts';
import { findPrior, publishRows, type Written } from './publish-rows.ts';

export interface EffectsGiven {
  dialect: Dialect;
  day: EventDay;
  /** Whether the workspace has a date of its own; then an event is known when it happened. */
  ownClock: boolean;
  /** Instant of storing. */
  at: string;
}

const accepted = (kind: string): Sql => sql`FROM told WHERE reason IS NULL AND kind = ${literal(kind)}`;

/** Of a payment told of several times the last to have happened gives the amount, and sent back counts whenever it is said. */
async function makePayments(session: Session, { ownClock, at }: EffectsGiven): Promise<void> {
  const known = ownClock ? raw('happened_at') : sql`CAST(${at} AS TIMESTAMP)`;
  const { last, joined } = lastSaid(payments, await nameRows(session, payments));
  await session.run(sql`CREATE TEMPORARY TABLE made_payments AS
    SELECT n.payment_id, n.account_id, least(n.paid_at, p.paid_at) AS paid_at, greatest(n.known_at, p.known_at) AS known_at,
      ${last}.amount AS amount, least(n.method, p.method) AS method, n.reversed OR coalesce(p.reversed, false) AS reversed
    FROM (SELECT own_name AS payment_id, min(account_id) AS account_id, min(happened_at) AS paid_at, max(${known}) AS known_at,
        max(${said}) AS last, min(method) AS method, bool_or(reversed) AS reversed FROM named_payments GROUP BY 1) n
    LEFT JOIN (SELECT payment_id, min(paid_at) AS paid_at, max(known_at) AS known_at, bool_or(reversed) AS reversed, min(method) AS method
      FROM prior_payments WHERE is_current GROUP BY payment_id) p USING (payment_id)
    ${joined}`);
}

async function makePromises(session: Session): Promise<void> {
  const { last, joined } = lastSaid(promises, await nameRows(session, promises));
  await session.run(sql`CREATE TEMPORARY TABLE made_promises AS
    SELECT n.promise_id, n.account_id, least(n.made_at, p.made_at) AS made_at, ${last}.due_on AS due_on,
      ${last}.amount AS amount, p.kept
    FROM (SELECT own_name AS promise_id, min(account_id) AS account_id, min(happened_at) AS made_at, max(${said}) AS last FROM named_promises GROUP BY 1) n
    LEFT JOIN (SELECT promise_id, min(made_at) AS made_at, bool_or(kept) AS kept FROM prior_promises WHERE is_current GROUP BY promise_id) p USING (promise_id)
    ${joined}`);
}

async function makeComplaints(session: Session): Promise<void> {
  await nameRows(session, complaints);
  await session.run(
    raw(`CREATE TEMPORARY TABLE made_complaints AS
    SELECT n.complaint_id, n.customer_id, least(n.occurred_at, p.occurred_at) AS occurred_at, least(n.channel, p.channel) AS channel, least(n.topic, p.topic) AS topic
    FROM (SELECT own_name AS complaint_id, min(customer_id) AS customer_id, min(happened_at) AS occurred_at, min(channel) AS channel, min(topic) AS topic
      FROM named_complaints GROUP BY 1) n
    LEFT JOIN (SELECT complaint_id, min(occurred_at) AS occurred_at, min(channel) AS channel, min(topic) AS topic
      FROM prior_complaints WHERE is_current GROUP BY complaint_id) p USING (complaint_id)`),
  );
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
