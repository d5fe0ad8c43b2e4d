import { type WithheldReason, withheldReasons } from '#core/delivery/withheld.ts';
import type { Dialect } from '#core/sql/dialects/dialect.ts';
import { current } from '#core/sql/dialects/duckdb.ts';
import { type Sql, sql } from '#core/sql/sql.ts';
import type { Session } from '../engine/engine.ts';

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

/**
 * People of some of a run's rows who must not get their message any more, each with the gravest reason. Opt-outs, flags and forgettings count whenever they were recorded, and so does what is to be called back of this run; payments and promises from `since`, the
 * instant of clearing (ISO 8601, UTC). A payment counts when what came in on one account past due is at least the minimum due at the
 * newest balances (else the arrears; where neither is known, any payment); one sent back does not. Nothing is written: it
 * is meant to be asked before every call to a receiver, in the same transaction as the rows are marked as being sent.
 */
export async function withheldNow(
  session: Session,
  dialect: Dialect,
  runId: string,
  of: Asked,
  since: string,
): Promise<{ seq: number; reason: WithheldReason }[]> {
  const cleared = dialect.timestamp(since.replace('Z', ''));
  const newest = (value: Sql) => dialect.argMax(value, sql`s.as_of`);
  const rows = await session.rows<{ seq: number; reason: number }>(sql`WITH outgoing AS (
  SELECT seq, customer_id, channel FROM export_rows WHERE export_id = ${runId} AND ${asked(of)}
), owing AS (
  SELECT o.seq, a.account_id FROM outgoing o JOIN ${current('accounts')} a ON a.customer_id = o.customer_id
), received AS (
  SELECT p.account_id, sum(p.amount) AS amount FROM ${current('payments')} p
  WHERE coalesce(p.known_at, p.paid_at) >= ${cleared} AND NOT coalesce(p.reversed, false)
    AND p.account_id IN (SELECT account_id FROM owing) GROUP BY p.account_id
), due AS (
  SELECT s.account_id, ${newest(sql`coalesce(s.minimum_due, s.arrears, 0)`)} AS amount, ${newest(sql`coalesce(s.days_past_due, 1)`)} AS days
  FROM ${current('snapshots')} s WHERE s.account_id IN (SELECT account_id FROM received) GROUP BY s.account_id
), found AS (
  SELECT o.seq, ${rank('forgotten')} AS reason FROM outgoing o JOIN (SELECT token AS customer_id FROM forgettings UNION SELECT customer_id FROM forgettings) g ON g.customer_id = o.customer_id
  UNION ALL
  SELECT o.seq, ${rank('opt_out')} FROM outgoing o
  JOIN ${current('contact_permissions')} p ON p.customer_id = o.customer_id AND p.channel = o.channel WHERE p.revoked_at >= p.granted_at
  UNION ALL
  SELECT o.seq, ${flagRank} FROM outgoing o JOIN ${current('flags')} f ON f.customer_id = o.customer_id
  WHERE f.ended_on IS NULL OR f.ended_on >= ${dialect.cast(cleared, 'date')}
  UNION ALL
  SELECT o.seq, ${recallRank} FROM outgoing o JOIN recalls c ON c.export_id = ${runId} AND c.customer_id = o.customer_id
  UNION ALL
  SELECT w.seq, ${rank('paid')} FROM owing w JOIN received r ON r.account_id = w.account_id
  LEFT JOIN due d ON d.account_id = w.account_id WHERE coalesce(d.days, 1) > 0 AND r.amount >= coalesce(d.amount, 0)
  UNION ALL
  SELECT w.seq, ${rank('promised')} FROM owing w JOIN ${current('promises')} q ON q.account_id = w.account_id WHERE q.made_at >= ${cleared}
)
SELECT CAST(seq AS BIGINT) AS seq, CAST(min(reason) AS INTEGER) AS reason FROM found WHERE reason IS NOT NULL GROUP BY seq ORDER BY seq`);
  return rows.map(({ seq, reason }) => ({ seq, reason: withheldReasons[reason] as WithheldReason }));
}
