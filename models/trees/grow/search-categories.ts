import { type Arena, binStride, type Rules, tableBytes } from './arena.ts';
import type { Scales } from './gradients.ts';
import { type Leaf, leafGain } from './leaf.ts';

/** Categories named on the side that lists them, at most. */
const mostListed = 32;
const order = new Int32Array(tableBytes);
const ranks = new Float64Array(tableBytes);

/**
 * Splits of a categorical column as LightGBM makes them: categories with rows enough are put in order of their
 * smoothed ratio of gradient to hessian, and a few of the lowest, or of the highest, go left; all the rest – rarer
 * ones, those this leaf does not hold, missing where it holds none – go right. For the logistic and squared losses
 * the best of all subsets is one of these (Fisher 1958), but for the smoothing.
 */
export function searchCategories(
  { histograms, candidates, candidateTables }: Arena,
  from: number,
  bins: number,
  leaf: Leaf,
  rules: Rules,
  scales: Scales,
  at: number,
  column: number,
  table: number,
): void {
  const { minRows, minHessian, categorySmoothing } = rules;
  const { gradient, hessian, rows } = leaf;
  const { gradient: gradientScale, hessian: hessianScale } = scales;
  const l2 = rules.l2 + rules.categoryL2;
  let used = 0;
  for (let bin = 0; bin < bins; bin++) {
    const place = from + bin * binStride;
    const n = histograms[place + 2]!;
    if (n === 0 || n < categorySmoothing) continue;
    const rank =
      (histograms[place]! * gradientScale) / (histograms[place + 1]! * hessianScale + categorySmoothing);
    let i = used++;
    for (; i > 0 && ranks[i - 1]! > rank; i--) {
      ranks[i] = ranks[i - 1]!;
      order[i] = order[i - 1]!;
    }
    ranks[i] = rank;
    order[i] = bin;
  }
  const most = Math.min(mostListed, (used + 1) >> 1);
  for (let end = 0; end < 2; end++) {
    let g = 0;
    let h = 0;
    let n = 0;
    for (let listed = 1; listed <= most; listed++) {
      const place = from + order[end === 0 ? listed - 1 : used - listed]! * binStride;
      g += histograms[place]! * gradientScale;
      h += histograms[place + 1]! * hessianScale;
      n += histograms[place + 2]!;
      if (n < minRows || rows - n < minRows || h < minHessian || hessian - h < minHessian) continue;
      const gain = leafGain(g, h, l2, leaf) + leafGain(gradient - g, hessian - h, l2, leaf);
      if (gain <= candidates[at]!) continue;
      candidates[at] = gain;
      candidates[at + 1] = column;
      candidates[at + 2] = -1;
      candidates[at + 3] = 0;
      candidates[at + 4] = g;
      candidates[at + 5] = h;
      candidates[at + 6] = n;
      candidateTables.fill(0, table, table + tableBytes);
      for (let i = 0; i < listed; i++) candidateTables[table + order[end === 0 ? i : used - 1 - i]!] = 1;
    }
  }
}
