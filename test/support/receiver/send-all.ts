import type { Carried } from '#core/delivery/answer.ts';
import type { Destination } from '#server/destinations/destination.ts';
import type { World } from '#server/destinations/world.ts';
import type { Run } from '#server/jobs/delivering/run.ts';
import { Caller, nothingMade } from '#server/jobs/delivering/sending/make-calls.ts';
import { Pace, together } from '#server/jobs/delivering/sending/pace.ts';
import { callsOf } from '#server/jobs/delivering/sending/window.ts';
import type { Settled } from '#server/store/delivery/marks.ts';
import type { Waiting, WaitingRow } from '#server/store/delivery/waiting.ts';
import { testWorld } from '../servers/world.ts';

export interface Sending {
  destination: Destination;
  options: Record<string, unknown>;
  carries: Carried;
  rows: readonly { id: string; values: Record<string, unknown>; operation?: 'put' | 'remove' }[];
  mapping?: Record<string, unknown>;
  world?: World;
}

export interface Sent {
  /** By person: where the row stands, and why. */
  states: Map<string, string>;
  reasons: Map<string, string | null>;
  stopped: string | null;
  /** Goes on with what waits. */
  resume(): Promise<Sent>;
}

/** A row as it was frozen; its key is the person's and the run's kind. */
const waitingRow = ({ carries, rows }: Sending, seq: number): WaitingRow & Waiting => {
  const { id = '', values = {}, operation = 'put' } = rows[seq] ?? {};
  const key = Buffer.from(`${carries}:${id}`).toString('hex').padStart(32, '0');
  const given = carries === 'messages' ? { template: 't', language: 'es', ...values } : values;
  return {
    ...{ seq, key, customerId: id, operation, call_id: null, attempts: 0, endsMs: null },
    values: JSON.parse(JSON.stringify(given)) as WaitingRow['values'],
  };
};

/** Sends rows as a run does, without a workspace behind it, until nothing waits or only a person can help. */
export async function sendAll(given: Sending): Promise<Sent> {
  const { destination, carries } = given;
  const { calls } = destination;
  const options = destination.options.parse(given.options);
  const guarantee = destination.guarantees(options)[carries];
  if (!calls || !guarantee) throw new Error(`it carries no ${carries}`);
  const run: Run = {
    ...{ id: 'run', carries, guarantee, options, calls, clearedAt: null, rows: given.rows.length },
    mappings: Object.assign(new Map(), { get: () => given.mapping }),
    frozenAt: '2026-03-03T15:00:00.000Z',
  };
  const waiting = new Map(given.rows.map((_, seq) => [seq, waitingRow(given, seq)]));
  const sent: Sent = { states: new Map(), reasons: new Map(), stopped: null, resume: () => go() };
  const world = given.world ?? testWorld();
  const schedule = Array.from({ length: 40 }, () => 2);

  const settle = ({ seq, state, reason, tried }: Settled) => {
    const row = waiting.get(seq);
    if (!row) return;
    const id = row.customerId;
    sent.states.set(id, state);
    sent.reasons.set(id, reason);
    if (state !== 'pending') waiting.delete(seq);
    else waiting.set(seq, { ...row, attempts: row.attempts + (tried ? 1 : 0) });
  };

  async function go(): Promise<Sent> {
    sent.stopped = null;
    const limits = calls?.limits(options, carries) ?? { rows: 1, bytes: 1, concurrent: 1 };
    const receiver = await run.calls.open(options, world);
    const caller = new Caller({
      ...{ run, receiver, world, schedule },
      pace: new Pace(limits.perSecond),
      signal: new AbortController().signal,
    });
    try {
      while (waiting.size && sent.stopped === null) {
        caller.breaker = { failures: 0, openUntilMs: null };
        const rows = [...waiting.values()].slice(0, limits.rows * limits.concurrent);
        const put: number[] = [];
        const read = async (seqs: readonly number[]) => rows.filter(({ seq }) => seqs.includes(seq));
        for await (const made of callsOf(run, rows, read)) {
          for (const { call, parts } of made.packets)
            for (const { row } of parts) {
              const known = waiting.get(row.seq);
              if (known) waiting.set(row.seq, { ...known, call_id: call.id });
            }
          for (const row of made.tooLarge) settle(row);
          const result = nothingMade();
          await together(made.packets, limits.concurrent, (packet) =>
            caller.deal(packet, result, () => true),
          );
          for (const row of result.settled) settle(row);
          sent.stopped ??= result.stop;
          put.push(
            ...result.settled.flatMap(({ not_before }) => (not_before ? [Date.parse(`${not_before}Z`)] : [])),
          );
          if (sent.stopped !== null) break;
        }
        const pause = Math.min(200, Math.max(0, Math.max(0, ...put) - Date.now()));
        await new Promise((resolve) => setTimeout(resolve, pause));
      }
    } finally {
      await receiver.close();
    }
    return sent;
  }
  return go();
}
