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
function explainer(flat: FlatTrees) {
  const depth = depthOf(flat) + 2;
  const room = (depth * (depth + 1)) / 2;
  // The path to the node at hand, one after another for each level: column, shares of zero and one, weights.
  const columns = new Int32Array(room);
  const zeros = new Float64Array(room);
  const ones = new Float64Array(room);
  const weights = new Float64Array(room);
  let block: Float64Array = new Float64Array(0);
  let rowAt = 0;
  let out: Float64Array = block;
  let outAt = 0;

  function extend(at: number, length: number, zero: number, one: number, column: number): void {
    columns[at + length] = column;
    zeros[at + length] = zero;
    ones[at + length] = one;
    weights[at + length] = length === 0 ? 1 : 0;
    for (let i = length - 1; i >= 0; i--) {
      const weight = weights[at + i]! / (length + 1);
      weights[at + i + 1]! += one * weight * (i + 1);
      weights[at + i] = zero * weight * (length - i);
    }
  }

  function unwind(at: number, length: number, place: number): void {
    const one = ones[at + place]!;
    const zero = zeros[at + place]!;
    let next = weights[at + length]!;
    for (let i = length - 1; i >= 0; i--)
      if (one !== 0) {
        const kept = weights[at + i]!;
        weights[at + i] = (next * (length + 1)) / ((i + 1) * one);
        next = kept - (weights[at + i]! * zero * (length - i)) / (length + 1);
      } else weights[at + i] = (weights[at + i]! * (length + 1)) / (zero * (length - i));
    for (let i = place; i < length; i++) {
      columns[at + i] = columns[at + i + 1]!;
      zeros[at + i] = zeros[at + i + 1]!;
      ones[at + i] = ones[at + i + 1]!;
    }
  }

  function unwoundSum(at: number, length: number, place: number): number {
    const one = ones[at + place]!;
    const zero = zeros[at + place]!;
    let next = weights[at + length]!;
    let total = 0;
    if (one === 0) {
      for (let i = length - 1; i >= 0; i--) total += weights[at + i]! / (length - i);
      return (total * (length + 1)) / zero;
    }
    for (let i = length - 1; i >= 0; i--) {
      const weight = next / ((i + 1) * one);
      total += weight;
      next = weights[at + i]! - weight * zero * (length - i);
    }
    return total * (length + 1);
  }

  function walk(node: number, from: number, length: number, zero: number, one: number, column: number): void {
    const at = from + length;
    for (let i = 0; i < length; i++) {
      columns[at + i] = columns[from + i]!;
      zeros[at + i] = zeros[from + i]!;
      ones[at + i] = ones[from + i]!;
      weights[at + i] = weights[from + i]!;
    }
    extend(at, length, zero, one, column);
    if (node < 0) {
      const value = flat.value[-1 - node]!;
      for (let i = 1; i <= length; i++)
        out[outAt + columns[at + i]!]! +=
          unwoundSum(at, length, i) * (ones[at + i]! - zeros[at + i]!) * value;
      return;
    }
    const split = flat.column[node]!;
    const isLeft = goesLeft(flat, node, block[rowAt + split]!);
    const hot = isLeft ? flat.left[node]! : flat.right[node]!;
    const cold = isLeft ? flat.right[node]! : flat.left[node]!;
    let zeroSoFar = 1;
    let oneSoFar = 1;
    let end = length;
    for (let i = 1; i <= length; i++)
      if (columns[at + i] === split) {
        zeroSoFar = zeros[at + i]!;
        oneSoFar = ones[at + i]!;
        unwind(at, length, i);
        end = length - 1;
        break;
      }
    const cover = flat.cover[node]!;
    walk(hot, at, end + 1, (zeroSoFar * coverOf(flat, hot)) / cover, oneSoFar, split);
    walk(cold, at, end + 1, (zeroSoFar * coverOf(flat, cold)) / cover, 0, split);
  }

  return (given: Float64Array, row: number, into: Float64Array, intoAt: number): void => {
    block = given;
    rowAt = row * flat.columns;
    out = into;
    outAt = intoAt;
    for (const root of flat.roots) walk(root, 0, 0, 1, 1, -1);
  };
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
  const explain = explainer(flat);
  for (let first = 0; first < rows; first += blockRows) {
    const count = Math.min(blockRows, rows - first);
    read(first, count, block);
    for (let i = 0; i < count; i++) explain(block, i, values, (first + i) * names.length);
  }
  const means = flat.roots.reduce((sum, root) => sum + meanOf(flat, root), 0);
  return { base: base + means, columns: names, values };
}
