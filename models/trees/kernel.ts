import { arenaOf, type Shape } from './grow/arena.ts';
import { ownOf, takeStep } from './grow/steps.ts';
import { fail, meet, Stopped } from './grow/team.ts';

/** What a helping thread is given. */
export interface Shared {
  shape: Shape;
  memory: SharedArrayBuffer;
}

/** A helping thread: does its part of each step until it is told to end. */
export default function help({ shape, memory }: Shared, index: number): void {
  const arena = arenaOf(shape, memory);
  const own = ownOf(arena, index + 1);
  try {
    for (;;) {
      meet(arena);
      if (!takeStep(arena, own)) return;
      meet(arena);
    }
  } catch (error) {
    if (error instanceof Stopped) return;
    fail(arena);
    throw error;
  }
}
