import quantile from '@stdlib/stats-base-dists-normal-quantile';
import { z } from 'zod';
import {
  type CategoricalColumn,
  type Matrix,
  type MatrixColumn,
  type NumericColumn,
  pickNumbers,
} from '../matrix.ts';
import type { NetworkOptions } from './options.ts';

const numericEncoding = z.object({
  kind: z.literal('numeric'),
  name: z.string(),
  /** Values in ascending order, and what each becomes; between two, the line; beyond, the nearest. */
  from: z.array(z.number()).min(1),
  to: z.array(z.number()).min(1),
  /** Whether missing has an input of its own. */
  missing: z.boolean(),
});
const categoricalEncoding = z.object({
  kind: z.literal('categorical'),
  name: z.string(),
  /** Each has an input; what is none of them shares one more, and missing has its own. */
  categories: z.array(z.string()),
});

/** How the columns of a matrix become inputs of a network. */
export const columnEncoding = z.discriminatedUnion('kind', [numericEncoding, categoricalEncoding]);
export type ColumnEncoding = z.output<typeof columnEncoding>;

const maxKnots = 100;
const maxCategories = 64;
const minCategoryRows = 10;
/** Robust scaling ends here, in units of its own. */
const bound = 5;

/** Inputs a column takes. */
export const widthOf = (encoding: ColumnEncoding): number =>
  encoding.kind === 'numeric' ? (encoding.missing ? 2 : 1) : encoding.categories.length + 2;

/**
 * Learns the encoding of each column from the rows given; a column that does not vary in them has none. Numbers
 * become the normal score of their rank, or (value - median) / interquartile range, bounded; infinite ones count
 * as the greatest or least. Categories seen fewer than ten times share an input with those never seen.
 */
export function learnEncoding(
  columns: readonly MatrixColumn[],
  rows: Int32Array,
  scaling: NetworkOptions['scaling'],
): ColumnEncoding[] {
  return columns
    .map((column) =>
      column.kind === 'numeric' ? learnNumbers(column, rows, scaling) : learnCategories(column, rows),
    )
    .filter((encoding) => encoding !== null);
}

const largest = Number.MAX_VALUE / 4;
const finite = (value: number): number => Math.min(largest, Math.max(-largest, value));

function learnNumbers(
  { name, values }: NumericColumn,
  rows: Int32Array,
  scaling: NetworkOptions['scaling'],
): ColumnEncoding | null {
  const known = pickNumbers(values, rows)
    .filter((value) => !Number.isNaN(value))
    .map(finite)
    .sort();
  const missing = known.length < rows.length;
  if (known.length === 0) return null;
  if (known[0] === known.at(-1))
    return missing ? { kind: 'numeric', name, from: [known[0]!], to: [0], missing } : null;
  const knots = scaling === 'rank' ? rankKnots(known) : robustKnots(known);
  return { kind: 'numeric', name, ...knots, missing };
}

/** Distinct values at even steps of rank, each with the normal score of its mean rank. */
function rankKnots(sorted: Float64Array): { from: number[]; to: number[] } {
  const from: number[] = [];
  const to: number[] = [];
  const n = sorted.length;
  const step = n / maxKnots;
  let wanted = 0;
  for (let start = 0; start < n; ) {
    const value = sorted[start]!;
    let end = start + 1;
    while (end < n && sorted[end] === value) end++;
    if (end > wanted || end === n) {
      from.push(value);
      to.push(quantile((start + end) / 2 / n, 0, 1));
      wanted = end - 1 + step;
    }
    start = end;
  }
  return { from, to };
}

function robustKnots(sorted: Float64Array): { from: number[]; to: number[] } {
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))]!;
  const middle = at(0.5);
  const quartiles = at(0.75) - at(0.25);
  const spread = quartiles > 0 ? quartiles / 1.349 : (at(0.99) - at(0.01)) / 4 || at(1) - at(0);
  return { from: [middle - bound * spread, middle + bound * spread], to: [-bound, bound] };
}

function learnCategories(
  { name, codes, categories }: CategoricalColumn,
  rows: Int32Array,
): ColumnEncoding | null {
  const counts = new Float64Array(categories.length);
  let missing = 0;
  for (const row of rows) {
    const code = codes[row]!;
    if (code < 0) missing++;
    else counts[code]!++;
  }
  const seen = counts.reduce((sum, n) => sum + (n > 0 ? 1 : 0), missing > 0 ? 1 : 0);
  if (seen < 2) return null;
  const kept = categories
    .map((category, code) => ({ category, n: counts[code]! }))
    .filter(({ n }) => n >= minCategoryRows)
    .sort((a, b) => b.n - a.n || (a.category < b.category ? -1 : 1))
    .slice(0, maxCategories)
    .map(({ category }) => category)
    .sort();
  return { kind: 'categorical', name, categories: kept };
}

/** Rows as inputs, row-major. @throws TypeError where the matrix lacks a column or it is of another kind */
export function encode(encodings: readonly ColumnEncoding[], matrix: Matrix): Float64Array {
  const width = encodings.reduce((sum, encoding) => sum + widthOf(encoding), 0);
  const inputs = new Float64Array(matrix.rows * width);
  const byName = new Map(matrix.columns.map((column) => [column.name, column]));
  let at = 0;
  for (const encoding of encodings) {
    const column = byName.get(encoding.name);
    if (column?.kind !== encoding.kind) throw new TypeError(`no ${encoding.kind} column "${encoding.name}"`);
    if (encoding.kind === 'numeric')
      encodeNumbers(encoding, (column as NumericColumn).values, inputs, at, width);
    else encodeCategories(encoding, column as CategoricalColumn, inputs, at, width);
    at += widthOf(encoding);
  }
  return inputs;
}

type Numeric = Extract<ColumnEncoding, { kind: 'numeric' }>;
type Categorical = Extract<ColumnEncoding, { kind: 'categorical' }>;

function encodeNumbers(
  { from, to, missing }: Numeric,
  values: Float64Array,
  inputs: Float64Array,
  first: number,
  width: number,
): void {
  for (let i = 0, at = first; i < values.length; i++, at += width) {
    const value = values[i]!;
    if (!Number.isNaN(value)) inputs[at] = between(from, to, finite(value));
    else if (missing) inputs[at + 1] = 1;
  }
}

/** The point of the broken line above `value`; level beyond its ends. */
function between(from: readonly number[], to: readonly number[], value: number): number {
  const last = from.length - 1;
  if (value <= from[0]!) return to[0]!;
  if (value >= from[last]!) return to[last]!;
  let low = 0;
  let high = last;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (from[middle]! <= value) low = middle;
    else high = middle;
  }
  const share = (value - from[low]!) / (from[high]! - from[low]!);
  return to[low]! + share * (to[high]! - to[low]!);
}

function encodeCategories(
  { categories: known }: Categorical,
  { codes, categories }: CategoricalColumn,
  inputs: Float64Array,
  first: number,
  width: number,
): void {
  const place = new Map(known.map((category, i) => [category, i]));
  const placeOf = categories.map((category) => place.get(category) ?? known.length);
  for (let i = 0, at = first; i < codes.length; i++, at += width) {
    const code = codes[i]!;
    inputs[at + (code < 0 ? known.length + 1 : placeOf[code]!)] = 1;
  }
}
