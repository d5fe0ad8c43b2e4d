import { createHash } from 'node:crypto';
import type { Guarantee } from '#core/delivery/answer.ts';
import { pack } from '#core/delivery/packing.ts';
import type { Call, Calls, Item } from '../../destinations/destination.ts';
import type { Settled, WaitingRow } from '../../store/delivery/rows.ts';
import type { Run } from './run.ts';

export interface Packet {
  call: Call;
  rows: readonly WaitingRow[];
  bytes: number;
}

const itemOf = (run: Run, row: WaitingRow): Item => {
  const values = JSON.parse(row.payload) as Record<string, string | number | boolean | null>;
  const template = `${String(values.template)} ${String(values.language)}`;
  return {
    carries: run.carries,
    operation: row.operation,
    key: row.message_key,
    customerId: row.customer_id,
    values,
    mapping: run.mappings.get(template) ?? null,
  };
};

/** The identifier of a call: of the rows it sends, and so the same for each of its retries. */
const callId = (runId: string, rows: readonly WaitingRow[]): string =>
  `msg_${createHash('sha256')
    .update([runId, ...rows.map(({ message_key }) => message_key)].join('\n'))
    .digest('base64url')
    .slice(0, 32)}`;

export function packetOf(run: Run, calls: Calls<unknown>, rows: readonly WaitingRow[]): Packet {
  const items = rows.map((row) => itemOf(run, row));
  const bodies = items.map((item) => calls.bodyOf(item, run.options));
  return {
    call: {
      id: callId(run.id, rows),
      run: run.id,
      carries: run.carries,
      items,
      bodies,
      frozenAt: run.frozenAt,
    },
    rows,
    bytes: bodies.reduce((sum, body) => sum + Buffer.byteLength(body) + 1, 0),
  };
}

/** Groups waiting rows into the calls they were in, and the others into new ones. */
export function packets(
  run: Run,
  calls: Calls<unknown>,
  rows: readonly WaitingRow[],
): { packets: Packet[]; tooLarge: Settled[] } {
  const limits = calls.limits(run.options, run.carries);
  const before = new Map<string, WaitingRow[]>();
  for (const row of rows)
    if (row.call_id !== null) before.set(row.call_id, [...(before.get(row.call_id) ?? []), row]);
  const sized = rows
    .filter((row) => row.call_id === null)
    .map((row) => ({ row, bytes: Buffer.byteLength(calls.bodyOf(itemOf(run, row), run.options)) }));
  const packed = pack(sized, ({ bytes }) => bytes, limits);
  return {
    packets: [
      ...[...before.values()].map((group) => packetOf(run, calls, group)),
      ...packed.calls.map((group) =>
        packetOf(
          run,
          calls,
          group.map(({ row }) => row),
        ),
      ),
    ],
    tooLarge: packed.tooLarge.map(({ row, bytes }) => ({
      seq: row.seq,
      state: 'rejected' as const,
      reason: `${bytes} bytes`,
    })),
  };
}

/** Rows taken at a time: many where sending twice does no harm; else no more than are under way together. */
export function windowRows(guarantee: Guarantee, limits: { rows: number; concurrent: number }): number {
  const under = limits.rows * limits.concurrent;
  return guarantee === 'at_most_once' ? Math.min(under, 10_000) : Math.max(5_000, Math.min(20_000, under));
}
