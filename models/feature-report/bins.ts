import type { MatrixColumn } from '../matrix.ts';

/** Values of a column as bins: which bin each row falls in and what the bins hold, missing last. */
export interface Binned {
  /** Index into `bins` of each row. */
  place: Int32Array;
  bins: BinRange[];
}

export interface BinRange {
  kind: 'range' | 'categories' | 'other' | 'missing';
  low: number | null;
  high: number | null;
  categories: string[];
}

const mostBins = 10;
const mostCategories = 12;

const missing: BinRange = { kind: 'missing', low: null, high: null, categories: [] };

/** Cuts between tenths of the values present, or between all values where there are no more than ten. */
function cutsOf(values: Float64Array): number[] {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const distinct: number[] = [];
  for (let i = 0; i < sorted.length && distinct.length <= mostBins; i++)
    if (i === 0 || sorted[i] !== sorted[i - 1]) distinct.push(sorted[i]!);
  if (distinct.length <= mostBins) return distinct.slice(0, -1);
  const cuts = new Set<number>();
  for (let k = 1; k < mostBins; k++) cuts.add(sorted[Math.ceil((k * sorted.length) / mostBins) - 1]!);
  cuts.delete(sorted.at(-1)!);
  return [...cuts].sort((a, b) => a - b);
}

function placeIn(cuts: readonly number[], value: number): number {
  let low = 0;
  let high = cuts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value <= cuts[middle]!) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * A column in at most ten bins of about equal size (twelve commonest categories, the rest together), and one for what
 * is missing. The target is not looked at, so that a bin's rate and the column's information value are honest.
 */
export function binColumn(column: MatrixColumn): Binned {
  return column.kind === 'numeric'
    ? binNumbers(column.values)
    : binCategories(column.codes, column.categories);
}

function binNumbers(values: Float64Array): Binned {
  const cuts = cutsOf(values);
  const place = Int32Array.from(values, (value) =>
    Number.isNaN(value) ? cuts.length + 1 : placeIn(cuts, value),
  );
  const bins = Array.from(
    { length: cuts.length + 1 },
    (_, i): BinRange => ({
      kind: 'range',
      low: i === 0 ? null : cuts[i - 1]!,
      high: cuts[i] ?? null,
      categories: [],
    }),
  );
  return { place, bins: [...bins, missing] };
}

function binCategories(codes: Int32Array, categories: readonly string[]): Binned {
  const counts = new Float64Array(categories.length);
  for (const code of codes) if (code >= 0) counts[code]! += 1;
  const common = [...categories.keys()]
    .filter((code) => counts[code]! > 0)
    .sort((a, b) => counts[b]! - counts[a]! || (categories[a]! < categories[b]! ? -1 : 1));
  const kept = common.slice(0, mostCategories);
  const rest = common.slice(mostCategories);
  const bins: BinRange[] = kept.map((code) => ({
    kind: 'categories',
    low: null,
    high: null,
    categories: [categories[code]!],
  }));
  const other = kept.length;
  if (rest.length) bins.push({ kind: 'other', low: null, high: null, categories: [] });
  const binOf = new Int32Array(categories.length).fill(other);
  kept.forEach((code, i) => {
    binOf[code] = i;
  });
  return {
    place: codes.map((code) => (code < 0 ? bins.length : binOf[code]!)),
    bins: [...bins, missing],
  };
}

/**
 * Rows of a column in bins made of another one's values, in the order of the bins, and one count more: categories the
 * bins do not know, where there is no bin for the rest.
 */
export function countInto(bins: readonly BinRange[], column: MatrixColumn): number[] {
  const counts = new Array<number>(bins.length + 1).fill(0);
  const empty = bins.findIndex(({ kind }) => kind === 'missing');
  if (column.kind === 'numeric') {
    const cuts = bins.filter(({ kind, high }) => kind === 'range' && high !== null).map(({ high }) => high!);
    for (const value of column.values) counts[Number.isNaN(value) ? empty : placeIn(cuts, value)]! += 1;
    return counts;
  }
  const rest = bins.findIndex(({ kind }) => kind === 'other');
  const binOf = column.categories.map((name) => {
    const bin = bins.findIndex(({ categories }) => categories.includes(name));
    return bin >= 0 ? bin : rest >= 0 ? rest : bins.length;
  });
  for (const code of column.codes) counts[code < 0 ? empty : binOf[code]!]! += 1;
  return counts;
}
