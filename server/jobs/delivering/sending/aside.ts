import type { Context } from '../../../context.ts';
import { nextDue, readControl } from '../../../store/delivery/rows.ts';
import { type StepRun, Stopped } from '../../job.ts';
import type { Run } from '../run.ts';
import type { Caller } from './make-calls.ts';
import { sleep } from './pace.ts';

export const lookMs = 500;

/** Waits shorter than this are waited out in the lane. */
export const patienceMs = 5_000;

export type Standing = 'go' | 'held' | 'cancelled';

/** @throws Stopped */
export async function standing(step: StepRun<unknown>, run: Run): Promise<Standing> {
  if (step.stopping.aborted) throw new Stopped();
  step.checkCancelled();
  const { control, halted } = await readControl(step.context.engine, run.id);
  if (control === 'cancel') return 'cancelled';
  return control === 'run' && halted === null ? 'go' : 'held';
}

/** Until when nothing of a run can be sent, where others might go meanwhile; null: it stays in its lane. */
export async function idleUntil(
  { context, turn }: { context: Context; turn: StepRun<unknown>['turn'] },
  run: Run,
  caller: Caller,
  windowsCount: boolean,
): Promise<number | null> {
  if (!turn.isWanted()) return null;
  const due = await nextDue(context.engine, run.id, windowsCount);
  const until = Math.max(due ? Date.parse(due) : 0, caller.breaker.openUntilMs ?? 0);
  return until - context.now().getTime() > patienceMs ? until : null;
}

/**
 * Waits outside the lane until a held run may go on, or one of which nothing was due is due: others to the same receiver are not
 * held up by it.
 *
 * @returns false when the run was cancelled
 * @throws Stopped
 */
export async function waitAside(step: StepRun<unknown>, run: Run, untilMs: number): Promise<boolean> {
  let goes = false;
  const { halted } = await readControl(step.context.engine, run.id);
  step.progress(null, halted ?? (untilMs ? undefined : 'paused'));
  await step.turn.stepAside(async () => {
    while (true) {
      const state = await standing(step, run);
      if (state === 'cancelled') return false;
      if (state === 'go' && step.context.now().getTime() >= untilMs) {
        goes = true;
        return true;
      }
      await sleep(lookMs, step.stopping);
    }
  });
  return goes;
}
