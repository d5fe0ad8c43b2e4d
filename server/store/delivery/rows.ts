import type { RowState } from '#core/delivery/answer.ts';
import type { Dialect } from '#core/sql/dialects/dialect.ts';
import { sql } from '#core/sql/sql.ts';
import type { Session } from '../../engine/engine.ts';
import { ending } from './marks.ts';

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
