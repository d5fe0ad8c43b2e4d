import type { z } from 'zod';
import type { exportRow } from '#core/contract/delivery/exports.ts';
import { all, list, raw, type Sql, sql } from '#core/sql/sql.ts';
import type { Session } from '../../engine/engine.ts';

type Line = z.output<typeof exportRow>;

export interface RowFilter {
  state?: Line['state'] | undefined;
  states?: readonly Line['state'][];
  customerId?: string | undefined;
}

const chosen = (id: string, { state, states, customerId }: RowFilter): Sql =>
  all([
    sql`export_id = ${id}`,
    ...(state ? [sql`state = ${state}`] : []),
    ...(states ? [sql`state IN ${list(states)}`] : []),
    ...(customerId ? [sql`customer_id = ${customerId}`] : []),
  ]);

const line =
  raw(`customer_id AS "customerId", arm, touch, channel, state, rule, reason, coalesce(attempts, 0) AS attempts,
  changed_at AS "changedAt", message_key AS key`);
const order = raw('customer_id, touch, message_key');

/** Rows of a run by person and touch, and how many there are. */
export async function readExportRows(
  session: Session,
  id: string,
  query: RowFilter & { limit: number; offset: number },
): Promise<{ total: number; rows: Line[] }> {
  const where = chosen(id, query);
  const total = await session.first<{ n: number }>(
    sql`SELECT CAST(count(*) AS BIGINT) AS n FROM export_rows WHERE ${where}`,
  );
  const rows = await session.rows<Line>(
    sql`SELECT ${line} FROM export_rows WHERE ${where} ORDER BY ${order} LIMIT ${query.limit} OFFSET ${query.offset}`,
  );
  return { total: total?.n ?? 0, rows };
}

/**
 * All rows of a run in the same order, so many at a time: each part begins after the last row of the one before, so that
 * what changes meanwhile neither leaves a row out nor gives one twice.
 */
export async function* rowPages(
  session: Session,
  id: string,
  filter: RowFilter,
  pageRows = 20_000,
): AsyncGenerator<Line[]> {
  for (let last: Line | undefined; ; ) {
    const after: Sql = last
      ? sql`(customer_id > ${last.customerId} OR (customer_id = ${last.customerId} AND (touch > ${last.touch}
          OR (touch = ${last.touch} AND message_key > ${last.key}))))`
      : raw('true');
    const rows: Line[] = await session.rows<Line>(
      sql`SELECT ${line} FROM export_rows WHERE ${chosen(id, filter)} AND ${after} ORDER BY ${order} LIMIT ${pageRows}`,
    );
    if (rows.length) yield rows;
    if (rows.length < pageRows) return;
    last = rows.at(-1);
  }
}
