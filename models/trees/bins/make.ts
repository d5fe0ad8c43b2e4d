import type { MatrixColumn } from '../../matrix.ts';
import type { ColumnBins } from './bins.ts';

/** Rows that cuts are made on, evenly spaced, where there are more. */
const sampleRows = 200_000;
/** Rows a category needs for a bin of its own. */
const minCategoryRows = 5;

/** A number between two neighbours that keeps them apart, as near the middle as doubles allow. */
function between(a: number, b: number): number {
  const middle = a + (b - a) / 2;
  return Number.isFinite(middle) && middle >= a && middle < b ? middle : Math.max(a, -Number.MAX_VALUE);
}

/**
 * Cuts of ascending values into at most `most` bins of about equal size. A value as heavy as a bin is alone in its
 * own, as in LightGBM's greedy bins; with few distinct values each has one.
 */
export function cutsOf(sorted: Float64Array, most: number): Float64Array {
  const starts: number[] = [];
  for (let i = 0; i < sorted.length; i++) if (i === 0 || sorted[i] !== sorted[i - 1]) starts.push(i);
  const countOf = (k: number) => (starts[k + 1] ?? sorted.length) - starts[k]!;
  const cut = (k: number) => between(sorted[starts[k]!]!, sorted[starts[k + 1]!]!);
  const cuts: number[] = [];
  const distinct = starts.length;
  if (distinct <= most) for (let k = 0; k + 1 < distinct; k++) cuts.push(cut(k));
  else {
    const size = sorted.length / most;
    const heavy = (k: number) => countOf(k) >= size;
    let rows = sorted.length;
    let left = most;
    for (let k = 0; k < distinct; k++)
      if (heavy(k)) {
        rows -= countOf(k);
        left--;
      }
    let light = left > 0 ? rows / left : Number.POSITIVE_INFINITY;
    let held = 0;
    for (let k = 0; k + 1 < distinct && cuts.length < most - 1; k++) {
      const own = heavy(k);
      if (!own) rows -= countOf(k);
      held += countOf(k);
      if (!own && held < light && !(heavy(k + 1) && held >= light / 2)) continue;
      cuts.push(cut(k));
      held = 0;
      if (!own) light = --left > 0 ? rows / left : Number.POSITIVE_INFINITY;
    }
  }
  return Float64Array.from(new Set(cuts));
}

function numericBins(name: string, values: Float64Array, rows: Int32Array, most: number): ColumnBins {
  const taken = Math.min(rows.length, sampleRows);
  const sample = new Float64Array(taken);
  let seen = 0;
  for (let i = 0; i < taken; i++) {
    const value = values[rows[Math.floor((i * rows.length) / taken)]!]!;
    if (!Number.isNaN(value)) sample[seen++] = value;
  }
  return { kind: 'numeric', name, cuts: cutsOf(sample.subarray(0, seen).sort(), most) };
}

function categoricalBins(
  { name, codes, categories }: MatrixColumn & { kind: 'categorical' },
  rows: Int32Array,
  most: number,
): ColumnBins {
  const counts = new Int32Array(categories.length);
  for (const row of rows) if (codes[row]! >= 0) counts[codes[row]!]!++;
  const frequent = Array.from(counts.keys())
    .filter((code) => counts[code]! >= minCategoryRows)
    .sort((a, b) => counts[b]! - counts[a]! || a - b)
    .slice(0, most);
  return {
    kind: 'categorical',
    name,
    names: frequent.sort((a, b) => a - b).map((code) => categories[code]!),
  };
}

/** Bins of a column from the rows given alone: `bins` in all, one of them for missing. */
export const makeBins = (column: MatrixColumn, rows: Int32Array, bins: number): ColumnBins =>
  column.kind === 'numeric'
    ? numericBins(column.name, column.values, rows, bins - 1)
    : categoricalBins(column, rows, bins - 2);
