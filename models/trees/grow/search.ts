import { type Arena, binStride, blockColumns, candidateNumbers, figure, tableBytes } from './arena.ts';
import { histogramSize } from './histogram.ts';
import { searchCategories } from './search-categories.ts';

/** Places of a candidate split. */
export const candidate = {
  gain: 0,
  column: 1,
  lastLeft: 2,
  missingLeft: 3,
  gradient: 4,
  hessian: 5,
  rows: 6,
};

/** What a search reads of its leaf and the rules; one object a thread, filled anew for each leaf. */
export interface LeafRules {
  gradient: number;
  hessian: number;
  rows: number;
  low: number;
  high: number;
  bounded: boolean;
  gradientScale: number;
  hessianScale: number;
  l2: number;
  minRows: number;
  minHessian: number;
  categorySmoothing: number;
  categoryL2: number;
}

/** The value of a leaf: the minimum of its second-order loss, kept between bounds. */
export const leafValue = (gradient: number, hessian: number, l2: number, low: number, high: number): number =>
  Math.max(low, Math.min(high, -gradient / (hessian + l2)));

/** How much of the loss a leaf takes away, times two. */
export function leafGain(gradient: number, hessian: number, l2: number): number {
  return (gradient * gradient) / (hessian + l2);
}

function boundedGain(gradient: number, hessian: number, rules: LeafRules): number {
  const value = leafValue(gradient, hessian, rules.l2, rules.low, rules.high);
  return -(2 * gradient * value + (hessian + rules.l2) * value * value);
}

/** The gain of two children, or −∞ where their values break the direction asked for. */
function monotoneGain(
  left: number,
  leftHessian: number,
  right: number,
  rightHessian: number,
  direction: number,
  rules: LeafRules,
): number {
  const { l2, low, high } = rules;
  const rise = leafValue(right, rightHessian, l2, low, high) - leafValue(left, leftHessian, l2, low, high);
  if (rise * direction < 0) return Number.NEGATIVE_INFINITY;
  return boundedGain(left, leftHessian, rules) + boundedGain(right, rightHessian, rules);
}

export const ownGain = (rules: LeafRules): number =>
  rules.bounded
    ? boundedGain(rules.gradient, rules.hessian, rules)
    : leafGain(rules.gradient, rules.hessian, rules.l2);

/** Cuts of a numeric column, with missing on either side; the first of equal gains stays. */
function searchNumeric(
  histograms: Float64Array,
  from: number,
  bins: number,
  direction: number,
  rules: LeafRules,
  best: Float64Array,
  at: number,
  column: number,
): void {
  const { gradientScale, hessianScale, l2, minRows, minHessian } = rules;
  const { gradient, hessian, rows } = rules;
  const plain = !rules.bounded && direction === 0;
  const missingGradient = histograms[from]! * gradientScale;
  const missingHessian = histograms[from + 1]! * hessianScale;
  const missingRows = histograms[from + 2]!;
  const sides = missingRows > 0 ? 2 : 1;
  let g = 0;
  let h = 0;
  let n = 0;
  let bestGain = best[at]!;
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
        : monotoneGain(left, leftHessian, right, rightHessian, direction, rules);
      if (gain <= bestGain) continue;
      bestGain = gain;
      best[at] = gain;
      best[at + 1] = column;
      best[at + 2] = bin;
      best[at + 3] = sides === 2 ? side : leftHessian >= rightHessian ? 1 : 0;
      best[at + 4] = left;
      best[at + 5] = leftHessian;
      best[at + 6] = leftRows;
    }
  }
}

/** The rules of a team, which do not change, with room for a leaf. */
export function readRules({ figures }: Arena): LeafRules {
  return {
    gradient: 0,
    hessian: 0,
    rows: 0,
    low: 0,
    high: 0,
    bounded: false,
    gradientScale: 1,
    hessianScale: 1,
    l2: figures[figure.l2]!,
    minRows: figures[figure.minRows]!,
    minHessian: figures[figure.minHessian]!,
    categorySmoothing: figures[figure.categorySmoothing]!,
    categoryL2: figures[figure.categoryL2]!,
  };
}

/**
 * The best split of a leaf over this thread's columns, left as its candidate: gain over not splitting, or 0 for none.
 */
export function searchLeaf(arena: Arena, thread: number, leaf: number, side: number, rules: LeafRules): void {
  const { candidates, histograms, firstBins, kinds, directions, allowed, figures, shape } = arena;
  rules.gradient = arena.gradients[leaf]!;
  rules.hessian = arena.hessians[leaf]!;
  rules.rows = arena.counts[leaf]!;
  rules.low = arena.lows[leaf]!;
  rules.high = arena.highs[leaf]!;
  rules.bounded = rules.low > Number.NEGATIVE_INFINITY || rules.high < Number.POSITIVE_INFINITY;
  rules.gradientScale = figures[figure.gradientScale]!;
  rules.hessianScale = figures[figure.hessianScale]!;
  const at = (2 * thread + side) * candidateNumbers;
  const own = ownGain(rules);
  const least = own + figures[figure.minGain]!;
  candidates[at] = least;
  candidates[at + candidate.column] = -1;
  if (rules.rows >= 2 * rules.minRows) {
    const start = arena.slots[leaf]! * histogramSize(arena);
    for (let column = 0; column < shape.columns; column++) {
      if (((column / blockColumns) | 0) % shape.threads !== thread || allowed[column] === 0) continue;
      const from = start + firstBins[column]! * binStride;
      const bins = firstBins[column + 1]! - firstBins[column]!;
      if (kinds[column] === 1)
        searchCategories(arena, from, bins, rules, at, column, (2 * thread + side) * tableBytes);
      else searchNumeric(histograms, from, bins, directions[column]!, rules, candidates, at, column);
    }
  }
  candidates[at] = candidates[at + candidate.column]! < 0 ? 0 : candidates[at]! - own;
}
