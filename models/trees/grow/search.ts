import {
  type Arena,
  binStride,
  blockColumns,
  candidateNumbers,
  histogramNumbers,
  type Rules,
  tableBytes,
} from './arena.ts';
import type { Scales } from './gradients.ts';
import { type Leaf, leafGain, leafValue } from './leaf.ts';
import { searchCategories } from './search-categories.ts';

/** Places of a candidate split: its gain, column, last bin to the left, whether missing goes left, sums of the left. */
export const candidate = {
  gain: 0,
  column: 1,
  lastLeft: 2,
  missingLeft: 3,
  gradient: 4,
  hessian: 5,
  rows: 6,
};

/** The same for two children, or −∞ where their values break the direction asked for. */
function monotoneGain(
  left: number,
  leftHessian: number,
  right: number,
  rightHessian: number,
  direction: number,
  l2: number,
  leaf: Leaf,
): number {
  const { low, high } = leaf;
  const rise = leafValue(right, rightHessian, l2, low, high) - leafValue(left, leftHessian, l2, low, high);
  if (rise * direction < 0) return Number.NEGATIVE_INFINITY;
  return leafGain(left, leftHessian, l2, leaf) + leafGain(right, rightHessian, l2, leaf);
}

/** Cuts of a numeric column, with missing on either side; the first of equal gains stays. */
function searchNumeric(
  { histograms, candidates }: Arena,
  from: number,
  bins: number,
  direction: number,
  leaf: Leaf,
  rules: Rules,
  scales: Scales,
  at: number,
  column: number,
): void {
  const { l2, minRows, minHessian } = rules;
  const { gradient, hessian, rows } = leaf;
  const { gradient: gradientScale, hessian: hessianScale } = scales;
  const plain =
    direction === 0 && leaf.low === Number.NEGATIVE_INFINITY && leaf.high === Number.POSITIVE_INFINITY;
  const missingGradient = histograms[from]! * gradientScale;
  const missingHessian = histograms[from + 1]! * hessianScale;
  const missingRows = histograms[from + 2]!;
  const sides = missingRows > 0 ? 2 : 1;
  let g = 0;
  let h = 0;
  let n = 0;
  let best = candidates[at]!;
  for (let bin = 1; bin < bins; bin++) {
    const place = from + bin * binStride;
    const here = histograms[place + 2]!;
    if (here === 0) continue;
    g += histograms[place]! * gradientScale;
    h += histograms[place + 1]! * hessianScale;
    n += here;
    for (let side = 0; side < sides; side++) {
      const leftRows = side === 0 ? n : n + missingRows;
      if (leftRows < minRows || rows - leftRows < minRows) continue;
      const leftHessian = side === 0 ? h : h + missingHessian;
      const rightHessian = hessian - leftHessian;
      if (leftHessian < minHessian || rightHessian < minHessian) continue;
      const left = side === 0 ? g : g + missingGradient;
      const right = gradient - left;
      const gain = plain
        ? (left * left) / (leftHessian + l2) + (right * right) / (rightHessian + l2)
        : monotoneGain(left, leftHessian, right, rightHessian, direction, l2, leaf);
      if (gain <= best) continue;
      best = gain;
      candidates[at] = gain;
      candidates[at + 1] = column;
      candidates[at + 2] = bin;
      candidates[at + 3] = sides === 2 ? side : leftHessian >= rightHessian ? 1 : 0;
      candidates[at + 4] = left;
      candidates[at + 5] = leftHessian;
      candidates[at + 6] = leftRows;
    }
  }
}

/** Leaves the best split of a leaf over this thread's columns as its candidate: gain over not splitting, 0 for none. */
export function searchLeaf(
  arena: Arena,
  thread: number,
  leaf: Leaf,
  rules: Rules,
  scales: Scales,
  turn: number,
): void {
  const { candidates, firstBins, allowed, shape } = arena;
  const at = turn * candidateNumbers;
  const own = leafGain(leaf.gradient, leaf.hessian, rules.l2, leaf);
  candidates[at] = own + rules.minGain;
  candidates[at + candidate.column] = -1;
  if (leaf.rows >= 2 * rules.minRows) {
    const start = leaf.slot * histogramNumbers(shape);
    for (let block = thread; block * blockColumns < shape.columns; block += shape.threads) {
      const last = Math.min(shape.columns, (block + 1) * blockColumns);
      for (let column = block * blockColumns; column < last; column++) {
        if (allowed[column] === 0) continue;
        const from = start + firstBins[column]! * binStride;
        const bins = firstBins[column + 1]! - firstBins[column]!;
        if (rules.categorical[column])
          searchCategories(arena, from, bins, leaf, rules, scales, at, column, turn * tableBytes);
        else searchNumeric(arena, from, bins, rules.directions[column]!, leaf, rules, scales, at, column);
      }
    }
  }
  candidates[at] = candidates[at + candidate.column]! < 0 ? 0 : candidates[at]! - own;
}
