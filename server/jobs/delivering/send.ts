import type { RowState } from '#core/delivery/answer.ts';
import { type Breaker, closedBreaker } from '#core/delivery/breaker.ts';
import { afterCut } from '#core/delivery/outcome.ts';
import type { Context } from '../../context.ts';
import type { Session } from '../../engine/engine.ts';
import { workspaceNow } from '../../store/contact-ledger.ts';
import * as log from '../../store/delivery/rows.ts';
import { withheldNow } from '../../store/still-allowed.ts';
import { instant } from '../../store/workspace.ts';
import type { StepRun } from '../job.ts';
import { idleUntil, lookMs, standing, waitAside } from './aside.ts';
import { Caller, type Made } from './make-calls.ts';
import { Pace, sleep } from './pace.ts';
import type { Run } from './run.ts';
import { isDated } from './since.ts';
import { callsOf, type Packet, windowRows } from './window.ts';
import { openWorld } from './world.ts';

/**
 * Sends what waits of a run, window by window. Rows are marked as being sent in one commit, their calls are made, and what became of
 * them is another; people are asked about once more for every window. Goes on until nothing waits or it is cancelled; waits while
 * paused, while the receiver is left in peace, and for windows that have not opened: outside its lane, where that takes long.
 *
 * @param load the run with its destination as it is now: a person may mend that while the run is halted
 * @returns false when the run was cancelled
 * @throws Stopped when the process ends: at the next start it goes on from what was committed
 */
export async function sendRun(step: StepRun<unknown>, load: () => Promise<Run>): Promise<boolean> {
  const { engine, now } = step.context;
  const first = await load();
  await log.settleCut(engine, first.id, afterCut(first.guarantee), instant(now()));
  let breaker = closedBreaker;
  for (let run = first; ; run = await load()) {
    const ended = await sendUntilHeld(step, run, breaker);
    if (ended === 'whole') return true;
    if (ended === 'cancelled') return false;
    const idle = ended === 'held' ? { untilMs: 0, breaker: closedBreaker } : ended;
    breaker = idle.breaker;
    if (!(await waitAside(step, run, idle.untilMs))) return false;
  }
}

/** Nothing is due until then. */
interface Idle {
  untilMs: number;
  breaker: Breaker;
}

async function sendUntilHeld(
  step: StepRun<unknown>,
  run: Run,
  breaker: Breaker,
): Promise<'whole' | 'held' | 'cancelled' | Idle> {
  const { context } = step;
  const limits = run.calls.limits(run.options, run.carries);
  const world = openWorld(context, limits.concurrent);
  const receiver = await run.calls.open(run.options, world);
  const caller = new Caller({
    run,
    receiver,
    world,
    pace: new Pace(limits.perSecond),
    schedule: context.config.delivery.scheduleMs,
    signal: step.stopping,
  });
  caller.breaker = breaker;
  try {
    while (true) {
      const state = await standing(step, run);
      if (state !== 'go') return state;
      const left = await log.whatWaits(context.engine, run.id);
      if (left.rows === 0) return 'whole';
      step.progress(run.rows ? 1 - left.rows / run.rows : 1, `${run.rows - left.rows}/${run.rows}`);
      const most = caller.allowed(limits.concurrent);
      const window = await windowOf(context, run);
      const waiting = most === 0 ? [] : await log.nextWindow(context.engine, window);
      if (waiting.length) {
        await sendWindow(context, run, caller, waiting, most);
        continue;
      }
      const untilMs = await idleUntil(step, run, caller, window.opensBy !== null);
      if (untilMs !== null) return { untilMs, breaker: caller.breaker };
      await sleep(lookMs, step.stopping);
    }
  } finally {
    await receiver.close();
    await world.dispatcher.close();
  }
}

/** Calls under way together for each that may be, where sending twice does no harm: fewer commits. */
const wavesAhead = 4;
/** How long what was asked about people holds. */
const askedMs = 1_000;

/** Sends the calls of a window in waves: only those of a wave are marked, so a stop leaves little in doubt. */
async function sendWindow(
  context: Context,
  run: Run,
  caller: Caller,
  waiting: readonly log.WaitingRow[],
  most: number,
): Promise<void> {
  const { engine } = context;
  const rows = await engine.transaction((session) => keepBack(context, session, run, waiting));
  const askedAt = performance.now();
  const size = most === 1 ? 1 : run.guarantee === 'at_most_once' ? most : most * wavesAhead;
  let due: Made = { settled: [], calls: [], stop: null };
  let waves = 0;
  const settle = (session: Session) => publish(context, session, run, due);
  send: for await (const { packets, tooLarge } of callsOf(run, rows)) {
    due.settled.push(...tooLarge);
    for (let i = 0; i < packets.length; i += size) {
      if (waves++ > 0 && performance.now() - askedAt > askedMs) break send;
      const wave = packets.slice(i, i + size);
      await engine.transaction(async (session) => {
        await settle(session);
        await mark(context, session, run, wave);
      });
      due = await caller.make(wave, most);
      if (due.stop !== null || caller.troubled || most === 1) break send;
    }
  }
  await engine.transaction(settle);
}

/** A portfolio with a date of its own reaches nobody now: its windows are not waited for. */
async function windowOf(context: Context, run: Run): Promise<log.WindowRequest> {
  const { engine } = context;
  const now = instant(context.now());
  const waits = !(await isDated(engine)) && run.carries === 'messages' && !run.calls.waits;
  return { exportId: run.id, now, opensBy: waits ? now : null, rows: windowRows };
}

/** Settles rows that must not go after all, and gives the others; what is left of a call of theirs is packed anew. */
async function keepBack(
  context: Context,
  session: Session,
  run: Run,
  waiting: readonly log.WaitingRow[],
): Promise<log.WaitingRow[]> {
  const kept = await keptBack(context, session, run, waiting);
  const changed = new Set(waiting.filter(({ seq }) => kept.has(seq)).map(({ call_id }) => call_id));
  await log.settleRows(session, context.engine.dialect, run.id, [...kept.values()], instant(context.now()));
  return waiting
    .filter(({ seq }) => !kept.has(seq))
    .map((row) => (changed.has(row.call_id) ? { ...row, call_id: null } : row));
}

const mark = (context: Context, session: Session, run: Run, wave: readonly Packet[]): Promise<void> =>
  log.markSending(
    session,
    context.engine.dialect,
    run.id,
    wave.flatMap(({ call, parts }) => parts.map(({ row: { seq } }) => ({ seq, call_id: call.id }))),
    instant(context.now()),
  );

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
