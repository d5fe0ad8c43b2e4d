import { type Breaker, closedBreaker } from '#core/delivery/breaker.ts';
import { afterCut } from '#core/delivery/outcome.ts';
import type { Context } from '../../../context.ts';
import * as log from '../../../store/delivery/rows.ts';
import {
  nextWindow,
  readWaiting,
  type Waiting,
  type WindowRequest,
} from '../../../store/delivery/waiting.ts';
import { instant } from '../../../store/workspace.ts';
import type { StepRun } from '../../job.ts';
import type { Run } from '../run.ts';
import { openWorld } from '../world.ts';
import { idleUntil, lookMs, standing, waitAside } from './aside.ts';
import { Line } from './line.ts';
import { Caller } from './make-calls.ts';
import { Pace, sleep } from './pace.ts';
import { isDated } from './since.ts';
import { Watch } from './watch.ts';
import { callsOf, windowRows } from './window.ts';

/**
 * Sends what waits of a run, window by window. Rows are marked as being sent in one commit, their calls are made, and what became of
 * them is another; people are asked about at first, and as long as something is heard. Goes on until nothing waits or it is cancelled; waits while
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
  const watch = new Watch(step.context, first);
  let breaker = closedBreaker;
  for (let run = first; ; run = await load()) {
    const ended = await sendUntilHeld(step, run, watch, breaker);
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
  watch: Watch,
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
  let after = -1;
  try {
    while (true) {
      const state = await standing(step, run);
      if (state !== 'go') return state;
      const left = await log.whatWaits(context.engine, run.id);
      if (left.rows === 0) return 'whole';
      step.progress(run.rows ? 1 - left.rows / run.rows : 1, `${run.rows - left.rows}/${run.rows}`);
      const most = caller.allowed(limits.concurrent);
      const window = await windowOf(context, run, after);
      const found = most === 0 ? null : await nextWindow(context.engine, window);
      if (found?.rows.length) {
        // After trouble, what was put off comes first.
        const isWhole = await sendWindow(step, run, caller, { watch, waiting: found.rows, most });
        after = isWhole ? found.upTo : -1;
        continue;
      }
      if (after >= 0) {
        after = -1;
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

/** Sends a window as far as it can be. @returns whether it could be as a whole */
async function sendWindow(
  step: StepRun<unknown>,
  run: Run,
  caller: Caller,
  given: { watch: Watch; waiting: readonly Waiting[]; most: number },
): Promise<boolean> {
  const { context } = step;
  const { engine } = context;
  let lookedMs = performance.now();
  const line = new Line({
    ...{ context, run, caller, watch: given.watch, most: given.most },
    async goesOn() {
      if (performance.now() - lookedMs < lookMs) return true;
      lookedMs = performance.now();
      if (step.stopping.aborted) return false;
      const { control, halted } = await log.readControl(engine, run.id);
      return control === 'run' && halted === null;
    },
  });
  return line.send(callsOf(run, given.waiting, (seqs) => readWaiting(engine, engine.dialect, run.id, seqs)));
}

/** A portfolio with a date of its own reaches nobody now: its windows are not waited for. */
async function windowOf(context: Context, run: Run, after: number): Promise<WindowRequest> {
  const { engine } = context;
  const now = instant(context.now());
  const rows = Math.max(windowRows, run.calls.limits(run.options, run.carries).rows);
  const waits = !(await isDated(engine)) && run.carries === 'messages' && !run.calls.waits;
  return { exportId: run.id, now, opensBy: waits ? now : null, after, rows };
}
