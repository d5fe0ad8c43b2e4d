import { arenaOf, type Rules, type Shape } from './grow/arena.ts';
import { runRounds } from './grow/rounds.ts';
import { fail, meet, Stopped } from './grow/team.ts';
import { plainKernels } from './kernels/plain.ts';

/** What a helping thread is given. */
export interface Shared {
  shape: Shape;
  rules: Rules;
  memory: SharedArrayBuffer;
}

/** A helping thread: grows every tree in step with the others until there are no more. */
export default function help({ shape, rules, memory }: Shared, index: number): void {
  const arena = arenaOf(shape, memory);
  const thread = index + 1;
  try {
    runRounds({ arena, rules, thread, kernels: plainKernels(arena, thread), wait: () => meet(arena) }, null);
  } catch (error) {
    if (error instanceof Stopped) return;
    fail(arena);
    throw error;
  }
}
