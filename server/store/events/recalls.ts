import { recallReasons } from '#core/delivery/recalled.ts';
import type { Dialect } from '#core/sql/dialects/dialect.ts';
import { raw, type Sql, sql } from '#core/sql/sql.ts';
import type { Session } from '../../engine/engine.ts';
import { paidEnough } from '../contact/paid-enough.ts';

const rank = sql`CASE c.reason ${raw(recallReasons.map((reason, i) => `WHEN '${reason}' THEN ${i}`).join(' '))} END`;
const reasonOf = sql`CASE min(rank) ${raw(recallReasons.map((reason, i) => `WHEN ${i} THEN '${reason}'`).join(' '))} END`;

export interface RecallGiven {
  dialect: Dialect;
  /** The workspace's own instant: a message whose window is over by then cannot be called back. */
  now: string;
  /** Instant of noticing, as the engine stores it. */
  at: string;
}

/**
 * Messages that left, or are leaving, and whose window is not over, of some people: temporary table `outstanding`.
 *
 * @param people relation(customer_id); null: of everybody
 * @returns whether there is any
 */
async function findOutstanding(session: Session, people: Sql | null, now: string): Promise<boolean> {
  await session.run(raw('DROP TABLE IF EXISTS outstanding'));
  await session.run(sql`CREATE OR REPLACE TEMPORARY TABLE open_checks AS
    SELECT e.export_id, k.assignment_id, k.customer_id FROM contact_checks k
    ${people === null ? raw('') : sql`SEMI JOIN ${people} p ON p.customer_id = k.customer_id`}
    JOIN export_runs e ON e.batch_id = k.batch_id WHERE k.send_before > CAST(${now.replace('Z', '')} AS TIMESTAMP)`);
  await session.run(
    raw(`CREATE TEMPORARY TABLE outstanding AS SELECT r.export_id, r.seq, r.customer_id, r.channel
    FROM (SELECT * FROM export_rows WHERE state NOT IN ('excluded', 'withheld')) r
    SEMI JOIN open_checks k ON k.export_id = r.export_id AND k.assignment_id = r.assignment_id AND k.customer_id = r.customer_id
    ANTI JOIN recalls x ON x.export_id = r.export_id AND x.customer_id = r.customer_id`),
  );
  await session.run(raw('DROP TABLE open_checks'));
  return (await session.first(raw('SELECT 1 AS one FROM outstanding LIMIT 1'))) !== undefined;
}

/** When the run of each message of `outstanding` was cleared, by the clock its facts are dated with: relation(export_id, customer_id, cleared_at). */
const clearedMessages = (now: string): Sql => sql`(
  SELECT DISTINCT o.export_id, o.customer_id, CASE WHEN EXISTS (SELECT 1 FROM settings WHERE name = 'today')
    THEN coalesce(CAST(replace(b.summary ->> '$.clearedAt', 'Z', '') AS TIMESTAMP), CAST(${now.replace('Z', '')} AS TIMESTAMP)) ELSE coalesce(b.checked_at, e.started_at) END AS cleared_at
  FROM outstanding o JOIN export_runs e ON e.export_id = o.export_id LEFT JOIN batches b ON b.batch_id = e.batch_id)`;

/** Messages of `outstanding` to people of a relation(account_id, customer_id) who have paid enough by now: relation(export_id, customer_id). */
const whoHasPaid = (accounts: Sql, { dialect, now }: RecallGiven): Sql => {
  const about = sql`(SELECT DISTINCT a.account_id, c.export_id, c.customer_id, c.cleared_at FROM ${accounts} a
    JOIN ${clearedMessages(now)} c ON c.customer_id = a.customer_id)`;
  return sql`(SELECT DISTINCT w.export_id, w.customer_id FROM ${about} w
  JOIN ${paidEnough(dialect, sql`(SELECT DISTINCT account_id, cleared_at FROM ${about} x)`)} y ON y.account_id = w.account_id AND y.cleared_at = w.cleared_at)`;
};

/** What new data say of people: those whom a message should no longer reach, why and, for opt-outs, on which channel. */
export interface RecallCauses {
  /** relation(customer_id, reason, channel) but for payments. */
  told: Sql;
  /** relation(account_id, customer_id) of accounts on which something was paid. */
  paid: Sql;
}

/**
 * Writes down which messages of `outstanding` are to be called back, once for each run and person, in the session's transaction.
 *
 * @returns how many
 */
const noteRecalls = (session: Session, causes: RecallCauses, given: RecallGiven): Promise<number> =>
  session.run(sql`INSERT INTO recalls (recall_id, export_id, seq, customer_id, reason, detected_at, state)
    SELECT CAST(uuid() AS VARCHAR), export_id, seq, customer_id, ${reasonOf}, ${given.at}, 'pending' FROM (
      SELECT o.*, ${rank} AS rank FROM outstanding o JOIN (
        SELECT NULL AS export_id, customer_id, reason, channel FROM ${causes.told} t
        UNION ALL SELECT export_id, customer_id, 'payment', NULL FROM ${whoHasPaid(causes.paid, given)} y
      ) c ON c.customer_id = o.customer_id AND coalesce(c.channel, o.channel) = o.channel AND coalesce(c.export_id, o.export_id) = o.export_id
    ) f GROUP BY export_id, seq, customer_id ORDER BY export_id, seq, customer_id`);

/** What the accepted events of a group call back: temporary table `told`. */
export async function recallsOfEvents(session: Session, given: RecallGiven): Promise<number> {
  const about = raw(
    "(SELECT customer_id FROM told WHERE reason IS NULL AND kind IN ('promised', 'complained', 'opted_out', 'paid'))",
  );
  if (!(await findOutstanding(session, about, given.now))) return 0;
  const told =
    raw(`(SELECT customer_id, CASE kind WHEN 'promised' THEN 'promise' WHEN 'complained' THEN 'complaint' ELSE 'opt_out' END AS reason,
    CASE WHEN kind = 'opted_out' THEN channel END AS channel FROM told WHERE reason IS NULL AND kind IN ('promised', 'complained', 'opted_out'))`);
  const paid = raw(
    "(SELECT account_id, customer_id FROM told WHERE reason IS NULL AND kind = 'paid' AND NOT reversed)",
  );
  return noteRecalls(session, { told, paid }, given);
}

const flagReasons = `CASE f.kind WHEN 'deceased' THEN 'death' WHEN 'plan' THEN 'plan' WHEN 'dispute' THEN 'dispute'
  WHEN 'hardship' THEN 'hardship' WHEN 'cease_contact' THEN 'cease_contact' END`;

/** Rows of a table that are of people with a message out, in live loads: of one load, and of all others. */
const rowsOf = (table: string, by: 'customer_id' | 'account_id', loadId: number) => {
  const people = by === 'customer_id' ? 'outstanding' : 'outstanding_accounts';
  const some = `SELECT t.* FROM ${table} t SEMI JOIN ${people} u ON u.${by} = t.${by}`;
  return {
    here: `(${some} WHERE t.load_id = ${loadId})`,
    elsewhere: `(${some} SEMI JOIN loads l ON l.load_id = t.load_id AND l.state = 'live' WHERE t.load_id <> ${loadId})`,
  };
};

/**
 * What a load calls back, in the transaction that publishes it: payments since the newest balances, and promises,
 * complaints, opt-outs and flags that no other live load held.
 */
export async function recallsOfLoad(session: Session, loadId: number, given: RecallGiven): Promise<number> {
  if (!(await findOutstanding(session, null, given.now))) return 0;
  await session.run(raw('DROP TABLE IF EXISTS outstanding_accounts'));
  await session.run(
    raw(`CREATE TEMPORARY TABLE outstanding_accounts AS
      SELECT a.account_id, a.customer_id FROM current_accounts a SEMI JOIN outstanding u ON u.customer_id = a.customer_id`),
  );
  const flags = rowsOf('flags', 'customer_id', loadId);
  const permissions = rowsOf('contact_permissions', 'customer_id', loadId);
  const complaints = rowsOf('complaints', 'customer_id', loadId);
  const promises = rowsOf('promises', 'account_id', loadId);
  const payments = rowsOf('payments', 'account_id', loadId);
  const told = sql`(
    SELECT f.customer_id, ${raw(flagReasons)} AS reason, NULL AS channel FROM ${raw(flags.here)} f
    ANTI JOIN ${raw(flags.elsewhere)} o ON o.customer_id = f.customer_id AND o.kind = f.kind AND o.started_on = f.started_on
    WHERE ${raw(flagReasons)} IS NOT NULL AND (f.ended_on IS NULL OR f.ended_on >= CAST(${given.now.slice(0, 10)} AS DATE))
    UNION ALL SELECT p.customer_id, 'opt_out', p.channel FROM ${raw(permissions.here)} p
    ANTI JOIN ${raw(permissions.elsewhere)} o ON o.customer_id = p.customer_id AND o.channel = p.channel AND o.revoked_at >= p.revoked_at
    WHERE p.revoked_at >= p.granted_at
    UNION ALL SELECT c.customer_id, 'complaint', NULL FROM ${raw(complaints.here)} c ANTI JOIN ${raw(complaints.elsewhere)} o ON o.complaint_id = c.complaint_id
    UNION ALL SELECT a.customer_id, 'promise', NULL FROM ${raw(promises.here)} q JOIN outstanding_accounts a ON a.account_id = q.account_id
    ANTI JOIN ${raw(promises.elsewhere)} o ON o.promise_id = q.promise_id)`;
  const paid = sql`(SELECT DISTINCT y.account_id, a.customer_id FROM ${raw(payments.here)} y JOIN outstanding_accounts a ON a.account_id = y.account_id
    ANTI JOIN ${raw(payments.elsewhere)} o ON o.payment_id = y.payment_id WHERE NOT coalesce(y.reversed, false))`;
  return noteRecalls(session, { told, paid }, given);
}
