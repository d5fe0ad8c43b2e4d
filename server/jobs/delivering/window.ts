import { createHash } from 'node:crypto';
import { pack } from '#core/delivery/packing.ts';
import { templateName } from '#core/delivery/template-name.ts';
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
  const template = `${templateName(values.style, values.template)} ${String(values.language)}`;
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

export interface Packets {
  packets: Packet[];
  tooLarge: Settled[];
}

/** Calls of rows that were together in calls before, each as it was, and of rows that were in none. */
function packetsOf(run: Run, before: readonly WaitingRow[][], fresh: readonly WaitingRow[]): Packets {
  const made = (rows: readonly WaitingRow[]) => rows.map((row) => prepared(run, row));
  const packed = pack(made(fresh), ({ bytes }) => bytes, run.calls.limits(run.options, run.carries));
  return {
    packets: [...before.map(made), ...packed.calls].map((parts) => packetOf(run, parts)),
    tooLarge: packed.tooLarge.map(({ row, bytes }) => ({
      seq: row.seq,
      state: 'rejected' as const,
      reason: `${bytes} bytes`,
    })),
  };
}

/** Rows asked about at a time. */
export const windowRows = 20_000;
/** Rows put into calls at a time: few enough not to hold up what else the server does. */
const chunkRows = 2_500;

const breath = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Groups waiting rows into the calls they were in, and the others into new ones, a part at a time. */
export async function* callsOf(run: Run, rows: readonly WaitingRow[]): AsyncGenerator<Packets> {
  const before = new Map<string, WaitingRow[]>();
  const fresh: WaitingRow[] = [];
  for (const row of rows)
    if (row.call_id === null) fresh.push(row);
    else before.set(row.call_id, (before.get(row.call_id) ?? []).concat(row));
  let together: WaitingRow[][] = [];
  let held = 0;
  for (const group of before.values()) {
    together.push(group);
    held += group.length;
    if (held < chunkRows) continue;
    yield packetsOf(run, together, []);
    await breath();
    together = [];
    held = 0;
  }
  if (together.length) yield packetsOf(run, together, []);
  for (let i = 0; i < fresh.length; i += chunkRows) {
    await breath();
    yield packetsOf(run, [], fresh.slice(i, i + chunkRows));
  }
}
