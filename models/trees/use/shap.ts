import type { Contributions } from '../../learner.ts';
import { type FlatTrees, goesLeft, type ReadBlock } from './flat.ts';

/** Levels of the deepest tree. */
function depthOf(flat: FlatTrees): number {
  const below = (node: number): number =>
    node < 0 ? 0 : 1 + Math.max(below(flat.left[node]!), below(flat.right[node]!));
  return flat.roots.reduce((most, root) => Math.max(most, below(root)), 0);
}

/** What a tree gives on average over the rows it grew on. */
function meanOf(flat: FlatTrees, node: number): number {
  if (node < 0) return flat.value[-1 - node]!;
  const [left, right] = [flat.left[node]!, flat.right[node]!];
  const [a, b] = [coverOf(flat, left), coverOf(flat, right)];
  return (a * meanOf(flat, left) + b * meanOf(flat, right)) / (a + b);
}

const coverOf = (flat: FlatTrees, node: number): number =>
  node < 0 ? flat.leafCover[-1 - node]! : flat.cover[node]!;

/**
 * Exact Shapley values of a sum of trees, where a column not known follows the weight of the training rows: the
 * path-dependent algorithm of Lundberg et al. (From local explanations to global understanding with explainable AI
 * for trees, 2020, algorithm 2), as in the Python package shap. Time grows with leaves times depth squared.
 */
class Explainer {
  readonly #flat: FlatTrees;
  /** The path to the node at hand, one after another for each level: column, shares of zero and one, weights. */
  readonly #columns: Int32Array;
  readonly #zeros: Float64Array;
  readonly #ones: Float64Array;
  readonly #weights: Float64Array;
  #row = 0;
  #block: Float64Array = new Float64Array(0);
  #out: Float64Array = new Float64Array(0);
  #outAt = 0;

  constructor(flat: FlatTrees) {
    const depth = depthOf(flat) + 2;
    const room = (depth * (depth + 1)) / 2;
    this.#flat = flat;
    this.#columns = new Int32Array(room);
    this.#zeros = new Float64Array(room);
    this.#ones = new Float64Array(room);
    this.#weights = new Float64Array(room);
  }

  explain(block: Float64Array, row: number, out: Float64Array, outAt: number): void {
    this.#block = block;
    this.#row = row * this.#flat.columns;
    this.#out = out;
    this.#outAt = outAt;
    for (const root of this.#flat.roots) this.#walk(root, 0, 0, 1, 1, -1);
  }

  #walk(node: number, from: number, length: number, zero: number, one: number, column: number): void {
    const flat = this.#flat;
    const at = from + length;
    this.#columns.copyWithin(at, from, at);
    this.#zeros.copyWithin(at, from, at);
    this.#ones.copyWithin(at, from, at);
    this.#weights.copyWithin(at, from, at);
    this.#extend(at, length, zero, one, column);
    if (node < 0) {
      const value = flat.value[-1 - node]!;
      for (let i = 1; i <= length; i++)
        this.#out[this.#outAt + this.#columns[at + i]!]! +=
          this.#unwoundSum(at, length, i) * (this.#ones[at + i]! - this.#zeros[at + i]!) * value;
      return;
    }
    const split = flat.column[node]!;
    const isLeft = goesLeft(flat, node, this.#block[this.#row + split]!);
    const hot = isLeft ? flat.left[node]! : flat.right[node]!;
    const cold = isLeft ? flat.right[node]! : flat.left[node]!;
    let zeroSoFar = 1;
    let oneSoFar = 1;
    let end = length;
    for (let i = 1; i <= length; i++)
      if (this.#columns[at + i] === split) {
        zeroSoFar = this.#zeros[at + i]!;
        oneSoFar = this.#ones[at + i]!;
        this.#unwind(at, length, i);
        end = length - 1;
        break;
      }
    const cover = flat.cover[node]!;
    this.#walk(hot, at, end + 1, (zeroSoFar * coverOf(flat, hot)) / cover, oneSoFar, split);
    this.#walk(cold, at, end + 1, (zeroSoFar * coverOf(flat, cold)) / cover, 0, split);
  }

  #extend(at: number, length: number, zero: number, one: number, column: number): void {
    const weights = this.#weights;
    this.#columns[at + length] = column;
    this.#zeros[at + length] = zero;
    this.#ones[at + length] = one;
    weights[at + length] = length === 0 ? 1 : 0;
    for (let i = length - 1; i >= 0; i--) {
      weights[at + i + 1]! += (one * weights[at + i]! * (i + 1)) / (length + 1);
      weights[at + i] = (zero * weights[at + i]! * (length - i)) / (length + 1);
    }
  }

  #unwind(at: number, length: number, place: number): void {
    const weights = this.#weights;
    const one = this.#ones[at + place]!;
    const zero = this.#zeros[at + place]!;
    let next = weights[at + length]!;
    for (let i = length - 1; i >= 0; i--)
      if (one !== 0) {
        const kept = weights[at + i]!;
        weights[at + i] = (next * (length + 1)) / ((i + 1) * one);
        next = kept - (weights[at + i]! * zero * (length - i)) / (length + 1);
      } else weights[at + i] = (weights[at + i]! * (length + 1)) / (zero * (length - i));
    for (let i = place; i < length; i++) {
      this.#columns[at + i] = this.#columns[at + i + 1]!;
      this.#zeros[at + i] = this.#zeros[at + i + 1]!;
      this.#ones[at + i] = this.#ones[at + i + 1]!;
    }
  }

  #unwoundSum(at: number, length: number, place: number): number {
    const weights = this.#weights;
    const one = this.#ones[at + place]!;
    const zero = this.#zeros[at + place]!;
    let next = weights[at + length]!;
    let total = 0;
    for (let i = length - 1; i >= 0; i--)
      if (one !== 0) {
        const weight = (next * (length + 1)) / ((i + 1) * one);
        total += weight;
        next = weights[at + i]! - (weight * zero * (length - i)) / (length + 1);
      } else if (zero !== 0) total += (weights[at + i]! * (length + 1)) / (zero * (length - i));
    return total;
  }
}

const blockRows = 64;

/** What each column adds to each row's sum, exactly; their total and the base are the sum. */
export function explainTrees(
  flat: FlatTrees,
  base: number,
  names: readonly string[],
  rows: number,
  read: ReadBlock,
): Contributions {
  const values = new Float64Array(rows * names.length);
  const block = new Float64Array(blockRows * names.length);
  const explainer = new Explainer(flat);
  for (let first = 0; first < rows; first += blockRows) {
    const count = Math.min(blockRows, rows - first);
    read(first, count, block);
    for (let i = 0; i < count; i++) explainer.explain(block, i, values, (first + i) * names.length);
  }
  const means = flat.roots.reduce((sum, root) => sum + meanOf(flat, root), 0);
  return { base: base + means, columns: names, values };
}
