import { recallReasons } from '#core/delivery/recalled.ts';
import { raw, type Sql, sql } from '#core/sql/sql.ts';
import type { Session } from '../../engine/engine.ts';

const rank = sql`CASE c.reason ${raw(recallReasons.map((reason, i) => `WHEN '${reason}' THEN ${i}`).join(' '))} END`;
const reasonOf = sql`CASE min(rank) ${raw(recallReasons.map((reason, i) => `WHEN ${i} THEN '${reason}'`).join(' '))} END`;

export interface RecallGiven {
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

/**
 * People of a relation(account_id, customer_id) who have paid at least the minimum due of that account (else its
 * arrears; where neither is known, anything) since its newest balances. A payment sent back does not count.
 */
const whoHasPaid = (accounts: Sql): Sql => sql`(
  SELECT w.customer_id FROM (
    SELECT w.account_id, any_value(w.customer_id) AS customer_id, max(s.as_of) AS as_of,
      arg_max(coalesce(s.minimum_due, s.arrears, 0), s.as_of) AS due
    FROM (SELECT DISTINCT account_id, customer_id FROM ${accounts} a SEMI JOIN outstanding USING (customer_id)) w
    LEFT JOIN current_snapshots s ON s.account_id = w.account_id GROUP BY w.account_id
  ) w JOIN current_payments p ON p.account_id = w.account_id AND NOT coalesce(p.reversed, false)
    AND (w.as_of IS NULL OR CAST(p.paid_at AS DATE) > w.as_of)
  GROUP BY w.account_id, w.customer_id, w.due HAVING sum(p.amount) >= coalesce(w.due, 0))`;

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
        SELECT customer_id, reason, channel FROM ${causes.told} t
        UNION ALL SELECT customer_id, 'payment', NULL FROM ${whoHasPaid(causes.paid)} y
      ) c ON c.customer_id = o.customer_id AND coalesce(c.channel, o.channel) = o.channel
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
