import { shuffled } from '../maths/random.ts';
import type { Matrix } from '../matrix.ts';

/** Rows a validation needs at least; with fewer, the rows fitted on say when to stop. */
const minimumRows = 30;
const backgroundRows = 32;

/**
 * Whole groups drawn until the share of rows is reached: they say when to stop, the rest is fitted on. Both ascend.
 * Rows of weight 0 count for neither.
 */
export function splitByGroup(
  { rows, groups, weights }: Matrix,
  share: number,
  random: () => number,
): { train: Int32Array; validation: Int32Array } {
  const every = Int32Array.from({ length: rows }, (_, i) => i).filter((i) => weights?.[i] !== 0);
  const sizes = new Map<number, number>();
  for (const row of every) sizes.set(groups[row]!, (sizes.get(groups[row]!) ?? 0) + 1);
  const ids = [...sizes.keys()].sort((a, b) => a - b);
  const held = new Set<number>();
  let n = 0;
  for (const place of shuffled(ids.length, random)) {
    const size = sizes.get(ids[place]!)!;
    if (n >= share * every.length) break;
    if (n + size > 0.5 * every.length) continue;
    held.add(ids[place]!);
    n += size;
  }
  if (n < minimumRows) return { train: every, validation: every };
  return {
    train: every.filter((row) => !held.has(groups[row]!)),
    validation: every.filter((row) => held.has(groups[row]!)),
  };
}

/** Inputs of rows drawn from those fitted on: what a value is compared with when a prediction is explained. */
export function drawBackground(
  inputs: Float64Array,
  width: number,
  train: Int32Array,
  random: () => number,
): Float64Array {
  const rows = [...shuffled(train.length, random).subarray(0, backgroundRows)];
  const drawn = new Float64Array(rows.length * width);
  rows.forEach((place, k) => {
    const row = train[place]!;
    drawn.set(inputs.subarray(row * width, (row + 1) * width), k * width);
  });
  return drawn;
}
