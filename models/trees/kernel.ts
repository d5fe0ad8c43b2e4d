import { arenaOf, type Rules, type Shape } from './grow/arena.ts';
import { runRounds } from './grow/rounds.ts';
import { fail, meet, Stopped } from './grow/team.ts';
import { type ArenaMemory, bufferOf, kernelsFor } from './kernels/memory.ts';

/** What a helping thread is given. */
export interface Shared {
  shape: Shape;
  rules: Rules;
  memory: ArenaMemory;
}

/** A helping thread: grows every tree in step with the others until there are no more. */
export default function help({ shape, rules, memory }: Shared, index: number): void {
  const arena = arenaOf(shape, bufferOf(memory));
  const thread = index + 1;
  try {
    runRounds(
      { arena, rules, thread, kernels: kernelsFor(arena, thread, memory), wait: () => meet(arena) },
      null,
    );
  } catch (error) {
    if (error instanceof Stopped) return;
    fail(arena);
    throw error;
  }
}
