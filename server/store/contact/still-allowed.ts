import { type WithheldReason, withheldReasons } from '#core/delivery/withheld.ts';
import type { Dialect } from '#core/sql/dialects/dialect.ts';
import { current } from '#core/sql/dialects/duckdb.ts';
import { ident, list, literal, type Sql, sql } from '#core/sql/sql.ts';
import type { Session } from '../../engine/engine.ts';
import { eventsRecipe } from '../events/days.ts';
import { paidEnough } from './paid-enough.ts';

const rank = (reason: WithheldReason): number => withheldReasons.indexOf(reason);

const flagRank: Sql = sql`CASE f.kind WHEN 'deceased' THEN ${rank('deceased')} WHEN 'cease_contact' THEN ${rank('cease_contact')}
    WHEN 'dispute' THEN ${rank('dispute')} WHEN 'insolvent' THEN ${rank('insolvent')} WHEN 'vulnerable' THEN ${rank('vulnerable')}
    WHEN 'hardship' THEN ${rank('hardship')} WHEN 'plan' THEN ${rank('plan')} END`;

/** What is to be called back of a run is not sent in the first place. */
const recallRank: Sql = sql`CASE c.reason WHEN 'death' THEN ${rank('deceased')} WHEN 'cease_contact' THEN ${rank('cease_contact')}
    WHEN 'opt_out' THEN ${rank('opt_out')} WHEN 'complaint' THEN ${rank('complaint')} WHEN 'dispute' THEN ${rank('dispute')}
    WHEN 'hardship' THEN ${rank('hardship')} WHEN 'plan' THEN ${rank('plan')} WHEN 'promise' THEN ${rank('promised')} ELSE ${rank('paid')} END`;

/** Rows between two sequence numbers, both included; those that wait; of these, those of some people: relation(customer_id). */
export type Asked = { fromSeq: number; toSeq: number } | 'waiting' | { waiting: Sql };

function asked(of: Asked): Sql {
  if (of === 'waiting') return sql`state = 'pending'`;
  if ('waiting' in of) return sql`state = 'pending' AND customer_id IN ${of.waiting}`;
  return sql`seq >= ${of.fromSeq} AND seq <= ${of.toSeq}`;
}

/** When a batch was cleared. */
export interface Clearing {
  /** By the clock its facts are dated with, ISO 8601, UTC. */
  at: string;
  /** By the system's clock: since when what is told is news. */
  checkedAt: string;
}

/** Rows of ordinary loads since a check that no live load before held. */
const firstTold = (table: string, key: string, loads: readonly number[]): Sql => sql`(
  SELECT t.* FROM ${ident(table)} t ANTI JOIN (
    SELECT o.${ident(key)} FROM ${ident(table)} o SEMI JOIN (SELECT ${ident(key)} FROM ${ident(table)} WHERE load_id IN ${list(loads)}) k ON k.${ident(key)} = o.${ident(key)}
    SEMI JOIN loads l ON l.load_id = o.load_id AND l.state = 'live' WHERE o.load_id NOT IN ${list(loads)}
  ) o ON o.${ident(key)} = t.${ident(key)} WHERE t.load_id IN ${list(loads)})`;

/** What was told since a check, whenever it happened: relation(kind, customer_id, account_id, due_on). */
async function toldSince(session: Session, dialect: Dialect, { checkedAt }: Clearing): Promise<Sql> {
  const since = dialect.timestamp(checkedAt.replace('Z', ''));
  const loads = await session.rows<{ load_id: number }>(
    sql`SELECT load_id FROM loads WHERE state = 'live' AND recipe <> ${literal(eventsRecipe)} AND loaded_at >= ${since} ORDER BY load_id`,
  );
  const ids = loads.map(({ load_id }) => load_id);
  const byEvents = sql`SELECT kind, customer_id, account_id, due_on FROM events WHERE received_at >= ${since} AND kind IN ('paid', 'promised', 'complained')`;
  if (!ids.length) return sql`(${byEvents})`;
  return sql`(${byEvents} UNION ALL SELECT 'paid', NULL, account_id, NULL FROM ${firstTold('payments', 'payment_id', ids)} p
  UNION ALL SELECT 'promised', NULL, account_id, due_on FROM ${firstTold('promises', 'promise_id', ids)} q
  UNION ALL SELECT 'complained', customer_id, NULL, NULL FROM ${firstTold('complaints', 'complaint_id', ids)} c)`;
}

/**
 * People of some of a run's rows who must not get their message any more, each with the gravest reason. Opt-outs, flags and forgettings
 * count whenever they were recorded, and so does what is to be called back of this run; complaints, payments and promises where they
 * happened since the clearing or were told only then, promises of before while they are open. Payments count as `paidEnough` says,
 * on accounts of which one came since. Nothing is written: it is meant to be asked before every call to a receiver, in the same
 * transaction as the rows are marked as being sent.
 */
export async function withheldNow(
  session: Session,
  dialect: Dialect,
  runId: string,
  of: Asked,
  clearing: Clearing,
): Promise<{ seq: number; reason: WithheldReason }[]> {
  const cleared = dialect.timestamp(clearing.at.replace('Z', ''));
  const clearedOn = dialect.cast(cleared, 'date');
  const rows = await session.rows<{ seq: number; reason: number }>(sql`WITH outgoing AS (
  SELECT seq, customer_id, channel FROM export_rows WHERE export_id = ${runId} AND ${asked(of)}
), owing AS (
  SELECT o.seq, a.account_id FROM outgoing o JOIN ${current('accounts')} a ON a.customer_id = o.customer_id
), told AS MATERIALIZED (
  SELECT * FROM ${await toldSince(session, dialect, clearing)} t
), recent AS (
  SELECT account_id, ${cleared} AS cleared_at FROM (
    SELECT p.account_id FROM ${current('payments')} p WHERE coalesce(p.known_at, p.paid_at) >= ${cleared} AND NOT coalesce(p.reversed, false)
    UNION SELECT account_id FROM told WHERE kind = 'paid'
  ) n WHERE account_id IN (SELECT account_id FROM owing)
), found AS (
  SELECT o.seq, ${rank('forgotten')} AS reason FROM outgoing o JOIN (SELECT token AS customer_id FROM forgettings UNION SELECT customer_id FROM forgettings) g ON g.customer_id = o.customer_id
  UNION ALL
  SELECT o.seq, ${rank('opt_out')} FROM outgoing o
  JOIN ${current('contact_permissions')} p ON p.customer_id = o.customer_id AND p.channel = o.channel WHERE p.revoked_at >= p.granted_at
  UNION ALL
  SELECT o.seq, ${flagRank} FROM outgoing o JOIN ${current('flags')} f ON f.customer_id = o.customer_id
  WHERE f.ended_on IS NULL OR f.ended_on >= ${clearedOn}
  UNION ALL
  SELECT o.seq, ${recallRank} FROM outgoing o JOIN recalls c ON c.export_id = ${runId} AND c.customer_id = o.customer_id
  UNION ALL
  SELECT o.seq, ${rank('complaint')} FROM outgoing o JOIN ${current('complaints')} c ON c.customer_id = o.customer_id WHERE c.occurred_at >= ${cleared}
  UNION ALL
  SELECT o.seq, ${rank('complaint')} FROM outgoing o JOIN told t ON t.customer_id = o.customer_id WHERE t.kind = 'complained'
  UNION ALL
  SELECT w.seq, ${rank('paid')} FROM owing w JOIN ${paidEnough(dialect, sql`recent`)} r ON r.account_id = w.account_id
  UNION ALL
  SELECT w.seq, ${rank('promised')} FROM owing w JOIN ${current('promises')} q ON q.account_id = w.account_id WHERE q.made_at >= ${cleared}
  UNION ALL
  SELECT w.seq, ${rank('promised')} FROM owing w JOIN told t ON t.account_id = w.account_id WHERE t.kind = 'promised' AND coalesce(t.due_on >= ${clearedOn}, true)
)
SELECT CAST(seq AS BIGINT) AS seq, CAST(min(reason) AS INTEGER) AS reason FROM found WHERE reason IS NOT NULL GROUP BY seq ORDER BY seq`);
  return rows.map(({ seq, reason }) => ({ seq, reason: withheldReasons[reason] as WithheldReason }));
}
