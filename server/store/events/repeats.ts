import { raw } from '#core/sql/sql.ts';
import type { Session } from '../../engine/engine.ts';

/** Whether any event of the group has a name that another of it has, or a stored one. */
async function anyNamedTwice(session: Session): Promise<boolean> {
  const inGroup = await session.first<{ n: number }>(
    raw('SELECT CAST(count(*) - count(DISTINCT id_hash) AS BIGINT) AS n FROM told'),
  );
  if (inGroup?.n) return true;
  const stored = await session.first<{ n: number }>(
    raw('SELECT CAST(count(*) AS BIGINT) AS n FROM events e SEMI JOIN told t ON t.id_hash = e.id_hash'),
  );
  return Boolean(stored?.n);
}

const columns = (of: string): string =>
  [
    'sender_id',
    'event_id',
    'id_hash',
    'kind',
    'message_key',
    'customer_id',
    'account_id',
    'amount',
    'channel',
  ]
    .map((name) => `${of}.${name}`)
    .join(', ');

/**
 * Which events of `told` say again what was taken before, by their sender and name: their reason becomes `repeat`. The
 * first that was taken has the name; one of another kind is an event of its own, and so is a payment's being sent back
 * and an opt-out of another person or channel, as no such thing may be lost. What else has the name and says something
 * else is refused.
 */
export async function findRepeats(session: Session): Promise<void> {
  if (!(await anyNamedTwice(session))) return;
  await session.run(
    raw(`CREATE TEMPORARY TABLE first_told AS SELECT f.* FROM (
      SELECT ${columns('e')}, -1 AS batch, e.seq AS position FROM events e
      SEMI JOIN told t ON t.id_hash = e.id_hash AND t.sender_id = e.sender_id AND t.event_id = e.event_id
      UNION ALL SELECT ${columns('t')}, t.batch, t.position FROM told t WHERE t.reason IS NULL
    ) f QUALIFY row_number() OVER (PARTITION BY sender_id, event_id, id_hash, kind,
      CASE WHEN kind = 'opted_out' THEN customer_id END, CASE WHEN kind = 'opted_out' THEN coalesce(channel, '') END ORDER BY batch, position) = 1`),
  );
  await session.run(
    raw(`UPDATE told SET reason = CASE WHEN (coalesce(told.named_customer, f.customer_id) = f.customer_id OR (told.reason IS NULL AND told.customer_id = f.customer_id))
        AND (told.kind = 'opted_out' OR (told.message_key IS NOT DISTINCT FROM f.message_key
          AND told.account_id IS NOT DISTINCT FROM f.account_id AND told.amount IS NOT DISTINCT FROM f.amount))
      THEN 'repeat' ELSE coalesce(told.reason, 'event_conflict') END
    FROM first_told f WHERE f.id_hash = told.id_hash AND f.sender_id = told.sender_id AND f.event_id = told.event_id AND f.kind = told.kind
      AND (told.kind <> 'opted_out' OR (f.customer_id = told.customer_id AND f.channel IS NOT DISTINCT FROM told.channel))
      AND NOT (f.batch = told.batch AND f.position = told.position)`),
  );
  await session.run(raw('DROP TABLE first_told'));
}
