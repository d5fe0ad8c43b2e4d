import { type Arena, figure } from './arena.ts';
import { meet } from './team.ts';

/** Bits of a double that are whole numbers without loss. */
const exactBits = 51;

/** Bits left for the sum of hessians where it shares 62 bits with the count of rows. */
export const hessianBits = (rows: number): number => Math.min(exactBits, 61 - Math.ceil(Math.log2(rows + 1)));

/** The power of two that makes a sum of `rows` values of at most `largest` fit the bits. */
const scaleOf = (rows: number, largest: number, bits: number): number =>
  largest > 0 ? 2 ** Math.floor(bits - Math.log2(rows * largest)) : 1;

/**
 * Gradient and hessian of the loss for this thread's part of the rows, rounded to a grid so fine and so coarse that
 * sums over all rows are exact in doubles. Sums are then equal in any order, and a sibling's histogram is exactly
 * its parent's less the other's.
 */
export function writePairs(arena: Arena, thread: number): void {
  const { figures, target, weights, scores, pairs, shape } = arena;
  const { rows, threads } = shape;
  const from = Math.floor((thread * rows) / threads);
  const to = Math.floor(((thread + 1) * rows) / threads);
  let largestGradient = 0;
  let largestHessian = 0;
  const squared = figures[figure.squared] === 1;
  for (let i = from; i < to; i++) {
    const weight = weights[i]!;
    const p = squared ? scores[i]! : 1 / (1 + Math.exp(-scores[i]!));
    const gradient = weight * (p - target[i]!);
    const hessian = squared ? weight : weight * p * (1 - p);
    const size = Math.abs(gradient);
    if (size > largestGradient) largestGradient = size;
    if (hessian > largestHessian) largestHessian = hessian;
    pairs[2 * i] = gradient;
    pairs[2 * i + 1] = hessian;
  }
  figures[figure.largest + 2 * thread] = largestGradient;
  figures[figure.largest + 2 * thread + 1] = largestHessian;
  meet(arena);
  for (let t = 0; t < threads; t++) {
    largestGradient = Math.max(largestGradient, figures[figure.largest + 2 * t]!);
    largestHessian = Math.max(largestHessian, figures[figure.largest + 2 * t + 1]!);
  }
  const gradientScale = scaleOf(rows, largestGradient, exactBits);
  const hessianScale = scaleOf(rows, largestHessian, hessianBits(rows));
  for (let i = from; i < to; i++) {
    pairs[2 * i] = Math.round(pairs[2 * i]! * gradientScale);
    pairs[2 * i + 1] = Math.round(pairs[2 * i + 1]! * hessianScale);
  }
  meet(arena);
  if (thread === 0) {
    figures[figure.gradientScale] = 1 / gradientScale;
    figures[figure.hessianScale] = 1 / hessianScale;
  }
}
