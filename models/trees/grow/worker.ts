import type { Kernels } from '../kernels/kernels.ts';
import type { Arena, Rules } from './arena.ts';

/** What one thread works with. All threads take the same decisions from the same figures. */
export interface Worker {
  arena: Arena;
  rules: Rules;
  thread: number;
  kernels: Kernels;
  /** Waits for the others. */
  wait: () => void;
}
