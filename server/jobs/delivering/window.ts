import { createHash } from 'node:crypto';
import { pack } from '#core/delivery/packing.ts';
import type { Call, Item } from '../../destinations/destination.ts';
import type { Settled, WaitingRow } from '../../store/delivery/rows.ts';
import type { Run } from './run.ts';

/** A waiting row with the bytes it is sent as. */
interface Prepared {
  row: WaitingRow;
  item: Item;
  body: string;
  bytes: number;
}

export interface Packet {
  call: Call;
  parts: readonly Prepared[];
  bytes: number;
}

function prepared(run: Run, row: WaitingRow): Prepared {
  const values = JSON.parse(row.payload) as Item['values'];
  const template = `${String(values.template)} ${String(values.language)}`;
  const item: Item = {
    carries: run.carries,
    operation: row.operation,
    key: row.message_key,
    customerId: row.customer_id,
    values,
    mapping: run.mappings.get(template) ?? null,
  };
  const body = run.calls.bodyOf(item, run.options);
  return { row, item, body, bytes: Buffer.byteLength(body) };
}

/** The identifier of a call: of the rows it sends, and so the same for each of its retries. */
const callId = (runId: string, parts: readonly Prepared[]): string =>
  `msg_${createHash('sha256')
    .update([runId, ...parts.map(({ row }) => row.message_key)].join('\n'))
    .digest('base64url')
    .slice(0, 32)}`;

export const packetOf = (run: Run, parts: readonly Prepared[]): Packet => ({
  call: {
    id: callId(run.id, parts),
    run: run.id,
    carries: run.carries,
    items: parts.map(({ item }) => item),
    bodies: parts.map(({ body }) => body),
    frozenAt: run.frozenAt,
  },
  parts,
  bytes: parts.reduce((sum, { bytes }) => sum + bytes + 1, 0),
});

/** Groups waiting rows into the calls they were in, and the others into new ones. */
export function packets(run: Run, rows: readonly WaitingRow[]): { packets: Packet[]; tooLarge: Settled[] } {
  const before = new Map<string, Prepared[]>();
  const fresh: Prepared[] = [];
  for (const row of rows) {
    const group = row.call_id === null ? fresh : (before.get(row.call_id) ?? []);
    group.push(prepared(run, row));
    if (row.call_id !== null) before.set(row.call_id, group);
  }
  const packed = pack(fresh, ({ bytes }) => bytes, run.calls.limits(run.options, run.carries));
  return {
    packets: [...before.values(), ...packed.calls].map((parts) => packetOf(run, parts)),
    tooLarge: packed.tooLarge.map(({ row, bytes }) => ({
      seq: row.seq,
      state: 'rejected' as const,
      reason: `${bytes} bytes`,
    })),
  };
}

/** Rows taken at a time: few enough to be put into calls without holding up what else the server does. */
export const windowRows = 5_000;
