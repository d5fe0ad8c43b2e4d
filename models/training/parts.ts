import type { Matrix } from '../matrix.ts';
import type { Split } from './split.ts';

export interface Part {
  id: string;
  /** Places in the list of rows shown. */
  places: Int32Array;
}

/** The parts results are given for: all, each slice and, out of time, people none of whose rows were trained on. */
export function partsOf(
  matrix: Matrix,
  split: Split,
  shown: Int32Array,
  slices: Readonly<Record<string, Float64Array>>,
): Part[] {
  const every = Int32Array.from(shown.keys());
  const parts = [{ id: 'all', places: every }];
  for (const [id, values] of Object.entries(slices))
    parts.push({ id, places: every.filter((i) => values[shown[i]!] === 1) });
  if (split.kind === 'out_of_time') {
    const known = new Set(Array.from(split.train, (row) => matrix.groups[row]!));
    const unseen = every.filter((i) => !known.has(matrix.groups[shown[i]!]!));
    parts.push({ id: 'unseen_customers', places: unseen });
  }
  return parts.filter(({ places }) => places.length > 0);
}
