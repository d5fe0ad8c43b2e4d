import { createHash } from 'node:crypto';
import { pack } from '#core/delivery/packing.ts';
import { templateName } from '#core/delivery/template-name.ts';
import type { Call, Item } from '../../../destinations/destination.ts';
import type { Settled } from '../../../store/delivery/marks.ts';
import type { Waiting, WaitingRow } from '../../../store/delivery/waiting.ts';
import type { Run } from '../run.ts';

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
  const { values } = row;
  const template = `${templateName(values.style, values.template)} ${String(values.language)}`;
  const item: Item = {
    carries: run.carries,
    operation: row.operation,
    key: row.key,
    customerId: row.customerId,
    values,
    mapping: run.mappings.get(template) ?? null,
  };
  const body = run.calls.bodyOf(item, run.options);
  return { row, item, body, bytes: Buffer.byteLength(body) };
}

/** The identifier of a call: of the rows it sends, and so the same for each of its retries. */
const callId = (runId: string, parts: readonly Prepared[]): string =>
  `msg_${createHash('sha256')
    .update([runId, ...parts.map(({ row }) => row.key)].join('\n'))
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

/** Rows looked for at a time: their numbers alone. */
export const windowRows = 20_000;
/** Rows read at a time. */
const chunkRows = 5_000;
/** Rows prepared at a time: few enough not to hold up what else the server does. */
const breathRows = 250;

/** Rows put into calls at a time. */
const yieldRows = 1_000;

const breath = () => new Promise<void>((resolve) => setImmediate(resolve));

export type ReadRows = (seqs: readonly number[]) => Promise<WaitingRow[]>;

/** Rows ready to be sent, so many at a time; the next part is read while one is worked on. */
async function* preparedOf(
  run: Run,
  parts: readonly (readonly number[])[],
  read: ReadRows,
  most = Number.POSITIVE_INFINITY,
): AsyncGenerator<{ rows: Prepared[]; isLast: boolean }> {
  const start = (at: number) => {
    const part = parts[at];
    const reading = part && read(part);
    reading?.catch(() => {});
    return reading;
  };
  let next = start(0);
  for (let at = 0; next; at++) {
    const rows = await next;
    next = start(at + 1);
    let made: Prepared[] = [];
    for (const [i, row] of rows.entries()) {
      if (i % breathRows === 0) await breath();
      made.push(prepared(run, row));
      if (made.length < most || i === rows.length - 1) continue;
      yield { rows: made, isLast: false };
      made = [];
    }
    yield { rows: made, isLast: !next };
  }
}

/** Waiting rows by the calls they were in before, and those that were in none; each part holds its calls whole. */
function partsOf(waiting: readonly Waiting[]): {
  before: number[][];
  fresh: number[][];
  calls: Map<number, string>;
} {
  const groups = new Map<string, number[]>();
  const calls = new Map<number, string>();
  const fresh: number[] = [];
  for (const { seq, call_id } of waiting) {
    if (call_id === null) {
      fresh.push(seq);
      continue;
    }
    calls.set(seq, call_id);
    const group = groups.get(call_id);
    if (group) group.push(seq);
    else groups.set(call_id, [seq]);
  }
  const before: number[][] = [];
  for (const group of groups.values()) {
    const last = before.at(-1);
    if (last && last.length < chunkRows) last.push(...group);
    else before.push([...group]);
  }
  for (const part of before) part.sort((a, b) => a - b);
  return {
    before,
    calls,
    fresh: Array.from({ length: Math.ceil(fresh.length / chunkRows) }, (_, i) =>
      fresh.slice(i * chunkRows, (i + 1) * chunkRows),
    ),
  };
}

/** Puts waiting rows into calls: those that were together in calls before as they were, and the others into new ones, a part at a time. */
export async function* callsOf(
  run: Run,
  waiting: readonly Waiting[],
  read: ReadRows,
): AsyncGenerator<Packets> {
  const { before, fresh, calls } = partsOf(waiting);
  for await (const { rows } of preparedOf(run, before, read)) {
    const groups = new Map<string, Prepared[]>();
    for (const one of rows) {
      const id = calls.get(one.row.seq) ?? '';
      const group = groups.get(id);
      if (group) group.push(one);
      else groups.set(id, [one]);
    }
    yield { packets: [...groups.values()].map((parts) => packetOf(run, parts)), tooLarge: [] };
  }
  const limits = run.calls.limits(run.options, run.carries);
  let open: Prepared[] = [];
  for await (const { rows, isLast } of preparedOf(run, fresh, read, yieldRows)) {
    const packed = pack([...open, ...rows], ({ bytes }) => bytes, limits);
    open = (isLast ? null : packed.calls.pop()) ?? [];
    yield {
      packets: packed.calls.map((parts) => packetOf(run, parts)),
      tooLarge: packed.tooLarge.map(({ row, bytes }) => ({
        seq: row.seq,
        state: 'rejected' as const,
        reason: `${bytes} bytes`,
      })),
    };
  }
}
