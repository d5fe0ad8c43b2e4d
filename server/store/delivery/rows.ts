import type { RowState } from '#core/delivery/answer.ts';
import type { Dialect } from '#core/sql/dialects/dialect.ts';
import { literal, raw, type Sql, sql } from '#core/sql/sql.ts';
import type { Session } from '../../engine/engine.ts';

/** A row that waits to be sent, with what was frozen of it. */
export interface WaitingRow {
  seq: number;
  message_key: string;
  customer_id: string;
  operation: 'put' | 'remove';
  call_id: string | null;
  attempts: number;
  send_before: string | null;
  payload: string;
}

export interface WindowRequest {
  exportId: string;
  /** Instant by the system's clock, for tries put off. */
  now: string;
  /** Instant by the workspace's clock, for send windows; null: the receiver waits for them itself. */
  opensBy: string | null;
  rows: number;
}

/**
 * The next rows to be sent, in their order; where one of them was part of a call that failed, with all that is left of that
 * call, so that the same call can be made again.
 */
export const nextWindow = (
  session: Session,
  { exportId, now, opensBy, rows }: WindowRequest,
): Promise<WaitingRow[]> =>
  session.rows<WaitingRow>(sql`WITH waiting AS (
    SELECT r.seq, r.message_key, r.call_id, r.attempts FROM export_rows r
    WHERE r.export_id = ${exportId} AND r.state = 'pending' AND (r.not_before IS NULL OR r.not_before <= ${now})
  ), first_ones AS (
    SELECT w.seq, w.call_id FROM waiting w
    ${opensBy === null ? sql`` : sql`JOIN export_payloads p ON p.export_id = ${exportId} AND p.seq = w.seq AND (p.send_not_before IS NULL OR p.send_not_before <= ${opensBy})`}
    ORDER BY w.seq LIMIT ${rows}
  )
  SELECT w.seq, w.message_key, w.call_id, coalesce(w.attempts, 0) AS attempts, p.customer_id, p.operation, p.send_before, p.payload
  FROM waiting w JOIN export_payloads p ON p.export_id = ${exportId} AND p.seq = w.seq
  WHERE w.seq IN (SELECT seq FROM first_ones) OR w.call_id IN (SELECT call_id FROM first_ones WHERE call_id IS NOT NULL)
  ORDER BY w.seq`);

/** How many rows still wait. Asked before every window: it reads nothing of what was frozen. */
export async function whatWaits(session: Session, exportId: string): Promise<{ rows: number }> {
  const found = await session.first<{ n: number }>(
    sql`SELECT CAST(count(*) AS BIGINT) AS n FROM export_rows WHERE export_id = ${exportId} AND state = 'pending'`,
  );
  return { rows: found?.n ?? 0 };
}

/** When the first of the waiting rows may be sent; null: at once, or none waits. */
export async function nextDue(
  session: Session,
  exportId: string,
  windowsCount: boolean,
): Promise<string | null> {
  const tries = sql`SELECT min(coalesce(r.not_before, TIMESTAMP '1970-01-01')) AS due FROM export_rows r
    WHERE r.export_id = ${exportId} AND r.state = 'pending'`;
  const windows = sql`SELECT min(greatest(coalesce(r.not_before, TIMESTAMP '1970-01-01'), coalesce(p.send_not_before, TIMESTAMP '1970-01-01'))) AS due
    FROM export_rows r JOIN export_payloads p ON p.export_id = ${exportId} AND p.seq = r.seq WHERE r.export_id = ${exportId} AND r.state = 'pending'`;
  return (await session.first<{ due: string | null }>(windowsCount ? windows : tries))?.due ?? null;
}

/**
 * Marks rows as being sent, each in its call: committed before any of the calls is made. Values stand beside a bound FROM as literals:
 * the engine binds that one first.
 */
export async function markSending(
  session: Session,
  dialect: Dialect,
  exportId: string,
  rows: readonly { seq: number; call_id: string }[],
  at: string,
): Promise<void> {
  const given = dialect.jsonRows(
    [
      ['seq', 'integer'],
      ['call_id', 'text'],
    ],
    sql`${JSON.stringify(rows)}`,
  );
  await session.run(sql`UPDATE export_rows SET state = 'sending', call_id = g.call_id, not_before = NULL, reason = NULL,
    changed_at = ${dialect.timestamp(literal(at))} FROM ${given} g WHERE export_id = ${literal(exportId)} AND export_rows.seq = g.seq`);
}

/** Where a row stands after a call, or instead of one. */
export interface Settled {
  seq: number;
  state: RowState;
  reason: string | null;
  /** When a row put off may be tried again. */
  not_before?: string | null;
  /** A call was made for it. */
  tried?: boolean;
  /** How that call ended is not known: the receiver may have the row. */
  doubtful?: boolean;
}

/** Runs in which a row is refused before it is left for a person to deal with. */
const deadAfter = 3;

/** A row that the receiver may have already, and is not sent once more, is uncertain: its place stays taken, it can be called back. */
const ending = (state: Sql): Sql =>
  sql`CASE WHEN coalesce(export_rows.doubtful, false) AND ${state} IN ('withheld', 'expired', 'cancelled', 'rejected') THEN 'uncertain' ELSE ${state} END`;

export async function settleRows(
  session: Session,
  dialect: Dialect,
  exportId: string,
  rows: readonly Settled[],
  at: string,
): Promise<void> {
  if (!rows.length) return;
  const given = dialect.jsonRows(
    [
      ['seq', 'integer'],
      ['state', 'text'],
      ['reason', 'text'],
      ['not_before', 'timestamp'],
      ['tried', 'boolean'],
      ['doubtful', 'boolean'],
    ],
    sql`${JSON.stringify(rows)}`,
  );
  await session.run(sql`UPDATE export_rows SET
    state = CASE WHEN g.state = 'rejected' AND NOT coalesce(export_rows.doubtful, false) AND coalesce(rejections, 0) + 1 >= ${raw(String(deadAfter))} THEN 'dead'
      ELSE ${ending(raw('g.state'))} END,
    doubtful = (coalesce(export_rows.doubtful, false) OR coalesce(g.doubtful, false)) AND g.state <> 'acknowledged',
    rejections = coalesce(rejections, 0) + CASE WHEN g.state = 'rejected' THEN 1 ELSE 0 END,
    attempts = coalesce(attempts, 0) + CASE WHEN g.tried THEN 1 ELSE 0 END, reason = g.reason, not_before = g.not_before,
    changed_at = ${dialect.timestamp(literal(at))}
    FROM ${given} g WHERE export_id = ${literal(exportId)} AND export_rows.seq = g.seq`);
}

/** Rows under way when the process ended. */
export const settleCut = (session: Session, exportId: string, state: RowState, at: string): Promise<number> =>
  session.run(sql`UPDATE export_rows SET state = ${state}, reason = ${state === 'uncertain' ? 'cut_off' : null}, doubtful = true,
    changed_at = ${at} WHERE export_id = ${exportId} AND state = 'sending'`);

/** What is left waiting when a run ends before its time. */
export const settleWaiting = (
  session: Session,
  exportId: string,
  state: RowState,
  at: string,
): Promise<number> =>
  session.run(
    sql`UPDATE export_rows SET state = ${ending(sql`${state}`)}, changed_at = ${at} WHERE export_id = ${exportId} AND state = 'pending'`,
  );

export interface CallLine {
  call_id: string;
  attempt: number;
  row_count: number;
  bytes: number;
  answer: string;
  reason: string | null;
  started_at: string;
  ended_at: string;
}

export async function insertCalls(
  session: Session,
  dialect: Dialect,
  exportId: string,
  calls: readonly CallLine[],
): Promise<void> {
  if (!calls.length) return;
  const given = dialect.jsonRows(
    [
      ['call_id', 'text'],
      ['attempt', 'integer'],
      ['row_count', 'integer'],
      ['bytes', 'bigint'],
      ['answer', 'text'],
      ['reason', 'text'],
      ['started_at', 'timestamp'],
      ['ended_at', 'timestamp'],
    ],
    sql`${JSON.stringify(calls)}`,
  );
  await session.run(
    sql`INSERT INTO export_calls SELECT ${exportId}, call_id, attempt, row_count, bytes, answer, reason, started_at, ended_at FROM ${given} g`,
  );
}

export type Control = 'run' | 'pause' | 'cancel';

export const readControl = async (
  session: Session,
  exportId: string,
): Promise<{ control: Control; halted: string | null }> => {
  const row = await session.first<{ control: Control; halted: string | null }>(
    sql`SELECT control, halted FROM export_runs WHERE export_id = ${exportId}`,
  );
  return row ?? { control: 'cancel', halted: null };
};

export async function haltRun(session: Session, exportId: string, reason: string | null): Promise<void> {
  await session.run(sql`UPDATE export_runs SET halted = ${reason} WHERE export_id = ${exportId}`);
}

export async function setControl(session: Session, exportId: string, control: Control): Promise<void> {
  await session.run(
    sql`UPDATE export_runs SET control = ${control}, halted = NULL WHERE export_id = ${exportId} AND state = 'writing'`,
  );
}
