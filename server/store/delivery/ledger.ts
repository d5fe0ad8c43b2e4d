import type { z } from 'zod';
import type { contract } from '#core/contract/index.ts';
import { all, raw, type Sql, sql } from '#core/sql/sql.ts';
import type { Session } from '../../engine/engine.ts';

type Filter = z.output<typeof contract.ledger.download.query>;

const lines: Sql =
  raw(`SELECT x.export_id AS "exportId", r.carries, x.customer_id AS "customerId", r.destination, d.design ->> '$.name' AS experiment,
  nullif(x.arm, '') AS arm, CASE WHEN r.carries = 'messages' THEN x.touch END AS touch, nullif(x.channel, '') AS channel,
  p.payload ->> '$.template' AS template, x.state, x.rule, x.reason, x.message_key AS key, x.call_id AS "callId",
  coalesce(x.changed_at, r.finished_at, r.started_at) AS at, r.by_principal AS by, r.approved_by AS "approvedBy"
FROM export_rows x JOIN export_runs r ON r.export_id = x.export_id
LEFT JOIN designs d ON d.experiment_id = r.experiment_id
LEFT JOIN export_payloads p ON p.export_id = x.export_id AND p.seq = x.seq`);

const where = (filter: Filter): Sql =>
  all([
    raw('true'),
    ...(filter.customerId ? [sql`l."customerId" = ${filter.customerId}`] : []),
    ...(filter.destination ? [sql`l.destination = ${filter.destination}`] : []),
    ...(filter.carries ? [sql`l.carries = ${filter.carries}`] : []),
    ...(filter.state ? [sql`l.state = ${filter.state}`] : []),
    ...(filter.since ? [sql`l.at >= CAST(${filter.since} AS DATE)`] : []),
    ...(filter.until ? [sql`l.at < CAST(${filter.until} AS DATE) + INTERVAL 1 DAY`] : []),
  ]);

/** Everything that ever left or was kept back, newest first. */
export const ledgerQuery = (filter: Filter): Sql =>
  sql`SELECT l.* FROM (${lines}) l WHERE ${where(filter)} ORDER BY l.at DESC, l."exportId" DESC, l.key, l.state`;

export type LedgerRow = Omit<
  z.output<typeof contract.ledger.list.response>['rows'][number],
  'destinationName'
>;

export async function readLedger(
  session: Session,
  query: Filter & { limit: number; offset: number },
): Promise<{ total: number; rows: LedgerRow[] }> {
  const total = await session.first<{ n: number }>(
    sql`SELECT CAST(count(*) AS BIGINT) AS n FROM (${lines}) l WHERE ${where(query)}`,
  );
  const rows = await session.rows<LedgerRow>(
    sql`${ledgerQuery(query)} LIMIT ${query.limit} OFFSET ${query.offset}`,
  );
  return { total: total?.n ?? 0, rows };
}

export type RecallRow = Omit<
  z.output<typeof contract.ledger.recalls.response>['rows'][number],
  'destinationName'
>;

export async function readRecalls(
  session: Session,
  query: { state?: string | undefined; exportId?: string | undefined; limit: number; offset: number },
): Promise<{ total: number; rows: RecallRow[] }> {
  const chosen = all([
    raw('true'),
    ...(query.state ? [sql`c.state = ${query.state}`] : []),
    ...(query.exportId ? [sql`c.export_id = ${query.exportId}`] : []),
  ]);
  const total = await session.first<{ n: number }>(
    sql`SELECT CAST(count(*) AS BIGINT) AS n FROM recalls c WHERE ${chosen}`,
  );
  const rows =
    await session.rows<RecallRow>(sql`SELECT c.recall_id AS id, c.export_id AS "exportId", c.customer_id AS "customerId", r.destination, c.reason,
      c.detected_at AS "detectedAt", c.state, c.sent_at AS "sentAt", c.detail
    FROM recalls c JOIN export_runs r ON r.export_id = c.export_id WHERE ${chosen}
    ORDER BY c.detected_at DESC, c.recall_id LIMIT ${query.limit} OFFSET ${query.offset}`);
  return { total: total?.n ?? 0, rows };
}
