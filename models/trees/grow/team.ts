import type { Arena } from './arena.ts';

/** Places of `control`. */
const generation = 0;
const arrived = 1;
const failed = 2;
const stopped = 3;
/** 1 while there is another tree to grow. */
export const goesOn = 8;
/** Rows listed for the next tree, or −1 for all. */
export const listedRows = 9;
/** Rows of a large leaf that go left, by thread. */
export const dealt = 16;

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
  // A stop before this look would not be heard of any more; one after it moves the generation on.
  goOn(control);
  if (Atomics.add(control, arrived, 1) + 1 === shape.threads) {
    Atomics.store(control, arrived, 0);
    release(control);
    return;
  }
  let looked = 0;
  while (looked < looks && Atomics.load(control, generation) === now) looked++;
  for (let slept = 0; Atomics.load(control, generation) === now; slept += sleepMs) {
    if (slept > patienceMs) throw new Error('a thread does not answer');
    Atomics.wait(control, generation, now, sleepMs);
    between?.();
  }
  goOn(control);
}

function goOn(control: Int32Array): void {
  if (Atomics.load(control, stopped) !== 0) throw new Stopped();
  if (Atomics.load(control, failed) !== 0) throw new Error('a thread failed');
}

function release(control: Int32Array): void {
  Atomics.add(control, generation, 1);
  Atomics.notify(control, generation);
}

/** Lets every waiting thread go; they end. */
export function stop({ control }: Arena): void {
  Atomics.store(control, stopped, 1);
  release(control);
}

/** Tells the others that this thread cannot go on. */
export function fail({ control }: Arena): void {
  Atomics.store(control, failed, 1);
  release(control);
}
