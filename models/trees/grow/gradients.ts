import { type Arena, partFrom } from './arena.ts';
import type { Worker } from './worker.ts';

/** Bits of a double that hold whole numbers without loss, sign and sum included. */
const exactBits = 51;

/** Bits left for the sum of hessians where it shares 61 bits with the count of rows. */
export const hessianBits = (rows: number): number => Math.min(exactBits, 61 - Math.ceil(Math.log2(rows + 1)));

/** The power of two that makes a sum of `rows` values of at most `largest` fit the bits. */
const scaleOf = (rows: number, largest: number, bits: number): number =>
  largest > 0 ? 2 ** Math.floor(bits - Math.log2(rows * largest)) : 1;

export interface Scales {
  gradient: number;
  hessian: number;
}

/**
 * Gradient and hessian of the loss for this thread's part of the rows, rounded to a grid so fine and so coarse that
 * sums over all rows are exact in doubles. Sums are then equal in any order, on any number of threads, and a
 * sibling's histogram is exactly its parent's less the other's.
 *
 * @returns what a sum on the grid is multiplied with
 */
export function writePairs({ arena, rules, thread, kernels, wait }: Worker): Scales {
  const { rows, threads } = arena.shape;
  const from = partFrom(rows, thread, threads);
  const to = partFrom(rows, thread + 1, threads);
  const { squared, largestWeight } = rules;
  let largest = largestWeight;
  if (squared) {
    arena.tallies[thread] = squaredPairs(arena, from, to);
    wait();
    largest = 0;
    for (let t = 0; t < threads; t++) largest = Math.max(largest, arena.tallies[t]!);
  } else logisticPairs(arena, from, to);
  const gradient = scaleOf(rows, largest, exactBits);
  const hessian = scaleOf(rows, squared ? largestWeight : largestWeight / 4, hessianBits(rows));
  kernels.pack(from, to, gradient, hessian);
  wait();
  return { gradient: 1 / gradient, hessian: 1 / hessian };
}

function logisticPairs({ target, weights, scores, pairs }: Arena, from: number, to: number): void {
  for (let i = from; i < to; i++) {
    const p = 1 / (1 + Math.exp(-scores[i]!));
    pairs[2 * i] = weights[i]! * (p - target[i]!);
    pairs[2 * i + 1] = weights[i]! * p * (1 - p);
  }
}

/** @returns the largest gradient */
function squaredPairs({ target, weights, scores, pairs }: Arena, from: number, to: number): number {
  let largest = 0;
  for (let i = from; i < to; i++) {
    const gradient = weights[i]! * (scores[i]! - target[i]!);
    largest = Math.max(largest, Math.abs(gradient));
    pairs[2 * i] = gradient;
    pairs[2 * i + 1] = weights[i]!;
  }
  return largest;
}
