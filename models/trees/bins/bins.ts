import type { MatrixColumn } from '../../matrix.ts';

/** Bin 0 of every column: no value. */
export const missingBin = 0;
/** Bin 1 of a categorical column: a category too rare to have its own, or never seen. */
export const otherBin = 1;
const firstCategory = 2;

/**
 * What a column's values become, made on the rows fitted on. Numeric: bin k holds values above `cuts[k − 2]` and up to
 * `cuts[k − 1]`, infinite ones at the ends. Categorical: `names[k − 2]` is bin k.
 */
export type ColumnBins =
  | { kind: 'numeric'; name: string; cuts: Float64Array }
  | { kind: 'categorical'; name: string; names: readonly string[] };

export const binCount = (bins: ColumnBins): number =>
  bins.kind === 'numeric' ? bins.cuts.length + 2 : bins.names.length + firstCategory;

/** The bin of each category of a column, in the order of its categories. */
export function categoryBins(names: readonly string[], categories: readonly string[]): Uint8Array {
  const known = new Map(names.map((name, i) => [name, i + firstCategory]));
  return Uint8Array.from(categories, (name) => known.get(name) ?? otherBin);
}

/** The bin of a number among ascending cuts: one more than the cuts below it. */
export function numericBin(cuts: Float64Array, value: number): number {
  if (Number.isNaN(value)) return missingBin;
  let low = 0;
  let high = cuts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (cuts[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low + 1;
}

/** Writes the bins of the rows given to `codes[at + 4 i]`. */
export function writeCodes(
  bins: ColumnBins,
  column: MatrixColumn,
  rows: Int32Array,
  codes: Uint8Array,
  at: number,
): void {
  if (bins.kind === 'numeric' && column.kind === 'numeric') {
    const { values } = column;
    const { cuts } = bins;
    for (let i = 0; i < rows.length; i++) codes[at + 4 * i] = numericBin(cuts, values[rows[i]!]!);
  } else if (bins.kind === 'categorical' && column.kind === 'categorical') {
    const of = categoryBins(bins.names, column.categories);
    for (let i = 0; i < rows.length; i++) {
      const code = column.codes[rows[i]!]!;
      codes[at + 4 * i] = code < 0 ? missingBin : of[code]!;
    }
  } else throw new TypeError(`${bins.name} is no longer ${bins.kind}`);
}
