import type { z } from 'zod';
import type { EventSummary, eventReject, storedEvent } from '#core/contract/delivery/events.ts';
import type { EventKind } from '#core/events/kinds.ts';
import { all, raw, sql } from '#core/sql/sql.ts';
import type { Session } from '../../engine/engine.ts';
import { readSetting } from '../workspace.ts';

type Stored = z.output<typeof storedEvent>;
type Reject = z.output<typeof eventReject> & { sender: string; receivedAt: string };

/** Stored events, the last stored first. */
export async function readStoredEvents(
  session: Session,
  query: { kind?: EventKind | undefined; customerId?: string | undefined; limit: number; offset: number },
): Promise<{ total: number; events: Stored[] }> {
  const where = all([
    ...(query.kind ? [sql`e.kind = ${query.kind}`] : []),
    ...(query.customerId ? [sql`e.customer_id = ${query.customerId}`] : []),
  ]);
  const total = await session.first<{ n: number }>(
    sql`SELECT CAST(count(*) AS BIGINT) AS n FROM events e WHERE ${where}`,
  );
  const events = await session.rows<Stored>(sql`
    SELECT e.event_id AS id, coalesce(s.name, '') AS sender, e.kind, e.happened_at AS "happenedAt", e.received_at AS "receivedAt",
      e.customer_id AS "customerId", e.account_id AS "accountId", e.message_key AS "messageKey", e.channel, CAST(e.amount AS VARCHAR) AS amount
    FROM (SELECT * FROM events e WHERE ${where} ORDER BY seq DESC LIMIT ${query.limit} OFFSET ${query.offset}) e
    LEFT JOIN event_senders s ON s.sender_id = e.sender_id ORDER BY e.seq DESC`);
  return { total: total?.n ?? 0, events };
}

/** Refused events, the last first. */
export async function readEventRejects(
  session: Session,
  limit: number,
  offset: number,
): Promise<{ total: number; rejects: Reject[] }> {
  const total = await session.first<{ n: number }>(
    raw('SELECT CAST(count(*) AS BIGINT) AS n FROM event_rejects'),
  );
  const rejects = await session.rows<Reject>(sql`
    SELECT coalesce(s.name, '') AS sender, r.position, r.event_id AS id, r.kind AS "type", r.field, r.value, r.reason, r.received_at AS "receivedAt"
    FROM event_rejects r LEFT JOIN event_senders s ON s.sender_id = r.sender_id
    ORDER BY r.received_at DESC, r.sender_id, r.batch_id, r.position LIMIT ${limit} OFFSET ${offset}`);
  return { total: total?.n ?? 0, rejects };
}

const lagEvents = 10_000;
const mostReasons = 30;

/** What came back in the last days that have any, how late, what was refused and what is called back. */
export async function summariseEvents(session: Session, days: number): Promise<EventSummary> {
  const counted = await session.rows<EventSummary['days'][number]>(sql`
    SELECT CAST(CAST(happened_at AS DATE) AS VARCHAR) AS day, kind, CAST(count(*) AS BIGINT) AS events FROM events
    WHERE happened_at >= (SELECT CAST(max(happened_at) AS DATE) FROM events) - ${days - 1} * INTERVAL 1 DAY GROUP BY ALL ORDER BY day, kind`);
  const ownClock = (await readSetting<string>(session, 'today')) !== undefined;
  const lag = await session.first<{ median: number | null; p95: number | null; n: number }>(sql`
    SELECT quantile_cont(seconds, 0.5) AS median, quantile_cont(seconds, 0.95) AS p95, CAST(count(*) AS BIGINT) AS n FROM (
      SELECT greatest(0, epoch(received_at) - epoch(happened_at)) AS seconds FROM events WHERE seq > (SELECT max(seq) FROM events) - ${lagEvents}) l`);
  const total = await session.first<{ n: number; last: string | null }>(
    raw('SELECT CAST(count(*) AS BIGINT) AS n, max(received_at) AS last FROM events'),
  );
  return {
    total: total?.n ?? 0,
    days: counted,
    lag: ownClock
      ? { medianSeconds: null, p95Seconds: null, events: 0 }
      : { medianSeconds: lag?.median ?? null, p95Seconds: lag?.p95 ?? null, events: lag?.n ?? 0 },
    rejects: await session.rows(sql`SELECT reason, CAST(count(*) AS BIGINT) AS events FROM event_rejects
      GROUP BY reason ORDER BY events DESC, reason LIMIT ${mostReasons}`),
    recalls: await session.rows(
      raw(`SELECT reason, state, CAST(count(DISTINCT customer_id) AS BIGINT) AS people FROM recalls
      GROUP BY reason, state ORDER BY reason, state`),
    ),
    lastReceivedAt: total?.last ?? null,
  };
}
