import { guardedDispatcher } from '#server/destinations/inside.ts';
import type { World } from '#server/destinations/world.ts';

/** A world in which this machine's own addresses may be reached. */
export const testWorld = (given: Partial<World> = {}): World => {
  const allowedPrivate = given.allowedPrivate ?? ['127.0.0.1', '::1'];
  const callTimeoutMs = given.callTimeoutMs ?? 5_000;
  return {
    now: () => new Date(),
    draw: () => 0.5,
    allowedPrivate,
    callTimeoutMs,
    dispatcher: guardedDispatcher(allowedPrivate, callTimeoutMs, 8),
    ...given,
  };
};
