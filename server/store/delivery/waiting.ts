import { setImmediate as breathe } from 'node:timers/promises';
import type { Dialect } from '#core/sql/dialects/dialect.ts';
import { list, raw, type Sql, sql } from '#core/sql/sql.ts';
import type { Session } from '../../engine/engine.ts';

/** A row that waits to be sent, and the call it was part of before. */
export interface Waiting {
  seq: number;
  call_id: string | null;
}

/** What was frozen of a row that waits. */
export interface WaitingRow {
  seq: number;
  key: string;
  customerId: string;
  operation: 'put' | 'remove';
  attempts: number;
  /** From when it must not leave any more, in milliseconds since 1970 by the workspace's clock. */
  endsMs: number | null;
  values: Readonly<Record<string, string | number | boolean | null>>;
}

export interface WindowRequest {
  exportId: string;
  /** Instant by the system's clock, for tries put off. */
  now: string;
  /** Instant by the workspace's clock, for send windows; null: the receiver waits for them itself. */
  opensBy: string | null;
  /** Rows before and with this one were looked at already; -1: none. */
  after: number;
  rows: number;
}

const due = ({ exportId, now }: WindowRequest): Sql =>
  sql`r.export_id = ${exportId} AND r.state = 'pending' AND (r.not_before IS NULL OR r.not_before <= ${now})`;

/** Rows whose send window has opened, where it is waited for here, between two sequence numbers. */
const opened = ({ exportId, opensBy }: WindowRequest, from: number, to: number | null): Sql =>
  opensBy === null
    ? sql``
    : sql`SEMI JOIN (SELECT p.seq FROM export_payloads p WHERE p.export_id = ${exportId} AND p.seq >= ${from}
        ${to === null ? sql`` : sql`AND p.seq <= ${to}`} AND (p.send_not_before IS NULL OR p.send_not_before <= ${opensBy})) p ON p.seq = r.seq`;

interface Bounds {
  n: number;
  first: number;
  last: number;
}

async function boundsOf(session: Session, asked: WindowRequest, open: Sql): Promise<Bounds | null> {
  const found =
    await session.first<Bounds>(sql`SELECT CAST(count(*) AS BIGINT) AS n, min(r.seq) AS first, max(r.seq) AS last
    FROM export_rows r ${open} WHERE ${due(asked)} AND r.seq > ${asked.after}`);
  return found?.n ? found : null;
}

/**
 * The next rows to be sent, in their order; where one of them was part of a call that failed, with all that is left of that
 * call, so that the same call can be made again. Only a stretch of the run is read that holds about as many as asked for.
 *
 * @returns the rows, and the sequence number to go on after; null: none is due after `after`
 */
export async function nextWindow(
  session: Session,
  asked: WindowRequest,
): Promise<{ rows: Waiting[]; upTo: number } | null> {
  const waits = await boundsOf(session, asked, sql``);
  if (!waits) return null;
  const near = await stretchOf(session, asked, waits);
  if (near.rows.length || asked.opensBy === null) return near;
  const open = await boundsOf(session, asked, opened(asked, waits.first, null));
  return open && stretchOf(session, asked, open);
}

async function stretchOf(
  session: Session,
  asked: WindowRequest,
  { n, first, last }: Bounds,
): Promise<{ rows: Waiting[]; upTo: number }> {
  const upTo = Math.min(last, first + Math.ceil(((last - first + 1) * asked.rows) / n) - 1);
  const rows =
    await session.rows<Waiting>(sql`SELECT r.seq, r.call_id FROM export_rows r ${opened(asked, first, upTo)}
    WHERE ${due(asked)} AND r.seq >= ${first} AND r.seq <= ${upTo} ORDER BY r.seq`);
  const calls = [...new Set(rows.flatMap(({ call_id }) => call_id ?? []))];
  if (!calls.length) return { rows, upTo };
  const whole = await session.rows<Waiting>(sql`SELECT r.seq, r.call_id FROM export_rows r
    WHERE ${due(asked)} AND r.call_id IN ${list(calls)} ORDER BY r.seq`);
  const fresh = rows.filter(({ call_id }) => call_id === null);
  return { rows: [...whole, ...fresh].sort((a, b) => a.seq - b.seq), upTo };
}

/** A list of sequence numbers, in their order, as few stretches without a gap. */
export function stretches(seqs: readonly number[]): [first: number, last: number][] {
  const found: [number, number][] = [];
  for (const seq of seqs) {
    const last = found.at(-1);
    if (last && last[1] === seq - 1) last[1] = seq;
    else found.push([seq, seq]);
  }
  return found;
}

/** Rows that come in one text. */
const rowsAText = 1_000;

/**
 * Rows that still wait, of some sequence numbers in their order. They come as a few long texts: thousands of small values take the
 * event loop longer.
 */
export async function readWaiting(
  session: Session,
  dialect: Dialect,
  exportId: string,
  seqs: readonly number[],
): Promise<WaitingRow[]> {
  const [first = 0, last = -1] = [seqs[0], seqs.at(-1)];
  const isDense = last - first < 4 * seqs.length;
  const chosen = isDense ? sql`` : sql`AND r.seq IN (${raw(seqs.join(', '))})`;
  const head = dialect.jsonObject([
    ['seq', sql`r.seq`],
    ['key', sql`r.message_key`],
    ['customerId', sql`p.customer_id`],
    ['operation', sql`p.operation`],
    ['attempts', sql`coalesce(r.attempts, 0)`],
    ['endsMs', dialect.millisecondsBetween(dialect.timestamp('1970-01-01'), sql`p.send_before`)],
  ]);
  const text = dialect.joinedText(dialect.concat(head, sql`','`, sql`p.payload`), ',', sql`r.seq`);
  const part = dialect.integerDivide(sql`r.seq`, raw(String(rowsAText)));
  const texts = await session.rows<{ text: string }>(sql`SELECT ${part} AS part, ${text} AS text
    FROM export_rows r JOIN export_payloads p ON p.export_id = ${exportId} AND p.seq = r.seq AND p.seq >= ${first} AND p.seq <= ${last}
    WHERE r.export_id = ${exportId} AND r.state = 'pending' AND r.seq >= ${first} AND r.seq <= ${last} ${chosen}
    GROUP BY part ORDER BY part`);
  const wanted = new Set(seqs);
  const rows: WaitingRow[] = [];
  for (const { text } of texts) {
    await breathe();
    const both = JSON.parse(`[${text}]`) as unknown[];
    for (let i = 0; i < both.length; i += 2) {
      const row = both[i] as Omit<WaitingRow, 'values'>;
      if (wanted.has(row.seq)) rows.push({ ...row, values: both[i + 1] as WaitingRow['values'] });
    }
  }
  return rows;
}
