import type { z } from 'zod';
import type { contract } from '#core/contract/index.ts';
import { all, raw, type Sql, sql } from '#core/sql/sql.ts';
import type { Session } from '../../engine/engine.ts';

type Filter = z.output<typeof contract.ledger.download.query>;

/** Rows with their runs; what else a line tells is looked up for those chosen. */
const kept: Sql =
  raw(`SELECT x.export_id, x.message_key, x.customer_id, x.arm, x.touch, x.channel, x.state, x.rule, x.reason, x.call_id, x.seq,
  r.carries, r.destination, r.experiment_id, r.started_at, r.by_principal, r.approved_by, coalesce(x.changed_at, r.finished_at, r.started_at) AS changed
FROM export_rows x JOIN export_runs r ON r.export_id = x.export_id`);

const told = (
  rows: Sql,
): Sql => sql`SELECT l.export_id AS "exportId", l.carries, l.customer_id AS "customerId", l.destination,
  d.design ->> '$.name' AS experiment, nullif(l.arm, '') AS arm, CASE WHEN l.carries = 'messages' THEN l.touch END AS touch,
  nullif(l.channel, '') AS channel, p.payload ->> '$.template' AS template, l.state, l.rule, l.reason, l.message_key AS key,
  l.call_id AS "callId", l.changed AS at, l.by_principal AS by, l.approved_by AS "approvedBy", l.started_at AS "startedAt"
FROM (${rows}) l LEFT JOIN designs d ON d.experiment_id = l.experiment_id
LEFT JOIN export_payloads p ON p.export_id = l.export_id AND p.seq = l.seq`;

const where = (filter: Filter): Sql =>
  all([
    raw('true'),
    ...(filter.customerId ? [sql`l.customer_id = ${filter.customerId}`] : []),
    ...(filter.destination ? [sql`l.destination = ${filter.destination}`] : []),
    ...(filter.carries ? [sql`l.carries = ${filter.carries}`] : []),
    ...(filter.state ? [sql`l.state = ${filter.state}`] : []),
    ...(filter.since ? [sql`l.changed >= CAST(${filter.since} AS DATE)`] : []),
    ...(filter.until ? [sql`l.changed < CAST(${filter.until} AS DATE) + INTERVAL 1 DAY`] : []),
  ]);

export type LedgerRow = Omit<
  z.output<typeof contract.ledger.list.response>['rows'][number],
  'destinationName'
>;

/** Everything that ever left or was kept back, what changed last first. */
export async function readLedger(
  session: Session,
  query: Filter & { limit: number; offset: number },
): Promise<{ total: number; rows: LedgerRow[] }> {
  const total = await session.first<{ n: number }>(
    sql`SELECT CAST(count(*) AS BIGINT) AS n FROM (${kept}) l WHERE ${where(query)}`,
  );
  const order = raw('l.changed DESC, l.export_id DESC, l.message_key, l.state');
  const page = sql`SELECT l.* FROM (${kept}) l WHERE ${where(query)} ORDER BY ${order} LIMIT ${query.limit} OFFSET ${query.offset}`;
  const rows = await session.rows<LedgerRow & { startedAt: string }>(sql`${told(page)} ORDER BY ${order}`);
  return { total: total?.n ?? 0, rows: rows.map(({ startedAt: _, ...row }) => row) };
}

/**
 * The same, the newest run first and within it by key, so many at a time: each part begins after the last line of the one before,
 * by what never changes of a line, so that each is given once whatever happens meanwhile.
 */
export async function* ledgerPages(
  session: Session,
  filter: Filter,
  pageRows = 20_000,
): AsyncGenerator<LedgerRow[]> {
  type Line = LedgerRow & { startedAt: string };
  const order = raw('l.started_at DESC, l.export_id DESC, l.message_key');
  for (let last: Line | undefined; ; ) {
    const run = last && sql`CAST(${last.startedAt.replace('Z', '')} AS TIMESTAMP)`;
    const after: Sql =
      last && run
        ? sql`(l.started_at < ${run} OR (l.started_at = ${run} AND (l.export_id < ${last.exportId}
            OR (l.export_id = ${last.exportId} AND l.message_key > ${last.key}))))`
        : raw('true');
    const page = sql`SELECT l.* FROM (${kept}) l WHERE ${where(filter)} AND ${after} ORDER BY ${order} LIMIT ${pageRows}`;
    const rows: Line[] = await session.rows<Line>(sql`${told(page)} ORDER BY ${order}`);
    if (rows.length) yield rows;
    if (rows.length < pageRows) return;
    last = rows.at(-1);
  }
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
