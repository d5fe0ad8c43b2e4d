import type { Context } from '../../context.ts';
import { guardedDispatcher } from '../../destinations/inside.ts';
import type { World } from '../../destinations/world.ts';

/** The world as this server's owner lets destinations see it; its connections are the caller's to close. */
export function openWorld(context: Context, connections = 8): World {
  const { callTimeoutMs, allowedPrivate } = context.config.delivery;
  return {
    now: context.now,
    draw: () => new DataView(context.randomBytes(4).buffer).getUint32(0) / 2 ** 32,
    allowedPrivate,
    callTimeoutMs,
    dispatcher: guardedDispatcher(allowedPrivate, callTimeoutMs, connections),
  };
}
