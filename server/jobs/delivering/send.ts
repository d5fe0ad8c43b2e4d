import type { RowState } from '#core/delivery/answer.ts';
import { afterCut } from '#core/delivery/outcome.ts';
import type { Context } from '../../context.ts';
import type { Session } from '../../engine/engine.ts';
import { workspaceNow } from '../../store/contact-ledger.ts';
import * as log from '../../store/delivery/rows.ts';
import { withheldNow } from '../../store/still-allowed.ts';
import { instant } from '../../store/workspace.ts';
import { type StepRun, Stopped } from '../job.ts';
import { Caller, type Made } from './make-calls.ts';
import { Pace, sleep } from './pace.ts';
import type { Run } from './run.ts';
import { isDated } from './since.ts';
import { type Packet, packets, windowRows } from './window.ts';
import { openWorld } from './world.ts';

const lookMs = 500;

/**
 * Sends what waits of a run, window by window: rows are marked as being sent in one commit, the calls are made, and what became of
 * them is another. Before each window people are asked about once more. Goes on until nothing waits or it is cancelled; waits while
 * paused, while the receiver is left in peace, and for windows that have not opened.
 *
 * @returns false when the run was cancelled
 * @throws Stopped when the process ends: at the next start it goes on from what was committed
 */
export async function sendRun(step: StepRun<unknown>, run: Run): Promise<boolean> {
  const { context } = step;
  const limits = run.calls.limits(run.options, run.carries);
  const world = openWorld(context, limits.concurrent);
  const at = () => instant(context.now());
  await log.settleCut(context.engine, run.id, afterCut(run.guarantee), at());
  const receiver = await run.calls.open(run.options, world);
  const caller = new Caller({
    run,
    receiver,
    world,
    pace: new Pace(limits.perSecond),
    schedule: context.config.delivery.scheduleMs,
    signal: step.stopping,
  });
  const size = windowRows(run.guarantee, limits);
  try {
    while (true) {
      if (step.stopping.aborted) throw new Stopped();
      step.checkCancelled();
      const { control, halted } = await log.readControl(context.engine, run.id);
      if (control === 'cancel') return false;
      if (control === 'pause' || halted !== null) {
        step.progress(null, halted ?? 'paused');
        await sleep(lookMs, step.stopping);
        continue;
      }
      const most = caller.allowed(limits.concurrent);
      const waiting =
        most === 0 ? [] : await log.nextWindow(context.engine, await windowOf(context, run, size));
      if (!waiting.length) {
        const left = await log.whatWaits(context.engine, run.id);
        if (left.rows === 0) return true;
        step.progress(1 - left.rows / run.rows, left.nextTry ?? undefined);
        await sleep(lookMs, step.stopping);
        continue;
      }
      const ready = await context.engine.transaction((session) =>
        prepare(context, session, run, waiting, most),
      );
      if (ready.length) {
        const made = await caller.make(ready, most);
        await context.engine.transaction((session) => publish(context, session, run, made));
      }
      const left = await log.whatWaits(context.engine, run.id);
      step.progress(run.rows ? 1 - left.rows / run.rows : 1, `${run.rows - left.rows}/${run.rows}`);
    }
  } finally {
    await receiver.close();
    await world.dispatcher.close();
  }
}

/** A portfolio with a date of its own reaches nobody now: its windows are not waited for. */
async function windowOf(context: Context, run: Run, rows: number): Promise<log.WindowRequest> {
  const { engine } = context;
  const now = instant(context.now());
  const waits = !(await isDated(engine)) && run.carries === 'messages' && !run.calls.waits;
  return { exportId: run.id, now, opensBy: waits ? now : null, rows };
}

/** Settles rows that must not go after all, marks the others as being sent, and gives their calls. */
async function prepare(
  context: Context,
  session: Session,
  run: Run,
  waiting: readonly log.WaitingRow[],
  most: number,
): Promise<Packet[]> {
  const { dialect } = context.engine;
  const at = instant(context.now());
  const kept = await keptBack(context, session, run, waiting);
  const changed = new Set(waiting.filter(({ seq }) => kept.has(seq)).map(({ call_id }) => call_id));
  const rows = waiting
    .filter(({ seq }) => !kept.has(seq))
    .map((row) => (changed.has(row.call_id) ? { ...row, call_id: null } : row));
  const made = packets(run, run.calls, rows);
  const ready = most === 1 ? made.packets.slice(0, 1) : made.packets;
  await log.settleRows(session, dialect, run.id, [...kept.values(), ...made.tooLarge], at);
  await log.markSending(
    session,
    dialect,
    run.id,
    ready.flatMap(({ call, rows: sent }) => sent.map(({ seq }) => ({ seq, call_id: call.id }))),
    at,
  );
  return ready;
}

async function keptBack(
  context: Context,
  session: Session,
  run: Run,
  waiting: readonly log.WaitingRow[],
): Promise<Map<number, log.Settled>> {
  const kept = new Map<number, log.Settled>();
  const keep = (seq: number, state: RowState, reason: string | null) => kept.set(seq, { seq, state, reason });
  const now = await workspaceNow(context, session);
  for (const { seq, send_before } of waiting)
    if (send_before !== null && send_before <= now.replace('Z', '')) keep(seq, 'expired', null);
  const first = waiting[0]?.seq;
  const last = waiting.at(-1)?.seq;
  if (run.clearedAt !== null && first !== undefined && last !== undefined)
    for (const { seq, reason } of await withheldNow(
      session,
      context.engine.dialect,
      run.id,
      first,
      last,
      run.clearedAt,
    ))
      if (!kept.has(seq)) keep(seq, 'withheld', reason);
  const here = new Set(waiting.map(({ seq }) => seq));
  for (const seq of kept.keys()) if (!here.has(seq)) kept.delete(seq);
  return kept;
}

async function publish(context: Context, session: Session, run: Run, made: Made): Promise<void> {
  const { dialect } = context.engine;
  await log.settleRows(session, dialect, run.id, made.settled, instant(context.now()));
  await log.insertCalls(session, dialect, run.id, made.calls);
  if (made.stop !== null) await log.haltRun(session, run.id, made.stop);
}
