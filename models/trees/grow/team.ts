import type { Arena } from './arena.ts';

const generation = 0;
const arrived = 1;
const failed = 2;
const stopped = 3;
/** Places of `control` for the command and its arguments. */
export const commandPlace = 8;

/** Looks before it sleeps: other threads are usually a few microseconds away. */
const looks = 4000;
const sleepMs = 100;
const patienceMs = 300_000;

/** Thrown in a helping thread when the others are done or gone. */
export class Stopped extends Error {}

/**
 * Waits until every thread of the team is here.
 *
 * @param between called ten times a second while waiting; may throw
 */
export function meet({ control, shape }: Arena, between?: () => void): void {
  if (shape.threads === 1) return;
  const now = Atomics.load(control, generation);
  if (Atomics.add(control, arrived, 1) + 1 === shape.threads) {
    Atomics.store(control, arrived, 0);
    Atomics.add(control, generation, 1);
    Atomics.notify(control, generation);
    return;
  }
  for (let i = 0; i < looks; i++)
    if (Atomics.load(control, generation) !== now) {
      checkEnds(control);
      return;
    }
  for (let slept = 0; Atomics.load(control, generation) === now; slept += sleepMs) {
    Atomics.wait(control, generation, now, sleepMs);
    checkEnds(control);
    between?.();
    if (between && slept > patienceMs) throw new Error('a thread does not answer');
  }
  checkEnds(control);
}

function checkEnds(control: Int32Array): void {
  if (Atomics.load(control, stopped) !== 0) throw new Stopped();
  if (Atomics.load(control, failed) !== 0) throw new Error('a thread failed');
}

/** Lets every waiting thread go; they end. */
export function stop({ control }: Arena): void {
  Atomics.store(control, stopped, 1);
  Atomics.add(control, generation, 1);
  Atomics.notify(control, generation);
}

/** Tells the others that this thread cannot go on. */
export function fail({ control }: Arena): void {
  Atomics.store(control, failed, 1);
  Atomics.add(control, generation, 1);
  Atomics.notify(control, generation);
}
