import type { Contributions } from '../learner.ts';
import { seededRandom, shuffled } from '../maths/random.ts';
import { addInput, finish, type Layer, scratchOf } from './forward.ts';

/** Inputs of one column: those from `first` up to `first + width`. */
export interface Group {
  column: string;
  first: number;
  width: number;
}

export interface Explained {
  members: readonly (readonly Layer[])[];
  groups: readonly Group[];
  /** Rows a value is compared with, row-major as inputs. */
  background: Float64Array;
  seed: number;
}

/**
 * Shapley values by permutation sampling (Castro, Gómez and Tejada 2009) with antithetic pairs (Mitchell et al.
 * 2022): for each background row, an order of the columns and its reverse; a column's share is what the output moves
 * when its value takes the place of the background's. The orders are the same for every row, so a row's values depend
 * on nothing but itself; base (the background's mean output) + values = the row's output, up to rounding.
 */
export function shapley(
  { members, groups, background, seed }: Explained,
  inputs: Float64Array,
  rows: number,
): Contributions {
  const width = members[0]![0]!.inputs;
  const count = background.length / width;
  const random = seededRandom(seed);
  const orders = Array.from({ length: count }, () => shuffled(groups.length, random));
  const values = new Float64Array(rows * groups.length);
  let base = 0;
  for (const layers of members) {
    const scratch = scratchOf(layers);
    const first = layers[0]!;
    const start = Array.from({ length: count }, (_, k) => {
      const sums = Float64Array.from(first.bias);
      for (let i = 0; i < width; i++) {
        const value = background[k * width + i]!;
        if (value !== 0) addInput(first, sums, i, value);
      }
      const output = finish(layers, sums, scratch);
      base += output / (count * members.length);
      return { sums, output };
    });
    const sums = scratch[0]!;
    const share = 1 / (2 * count * members.length);
    for (let row = 0; row < rows; row++)
      for (let k = 0; k < count; k++)
        for (const order of [orders[k]!, orders[k]!.toReversed()]) {
          sums.set(start[k]!.sums);
          let before = start[k]!.output;
          for (const place of order) {
            const { first: from, width: size } = groups[place]!;
            let moved = false;
            for (let i = from; i < from + size; i++) {
              const move = inputs[row * width + i]! - background[k * width + i]!;
              if (move === 0) continue;
              addInput(first, sums, i, move);
              moved = true;
            }
            if (!moved) continue;
            const after = finish(layers, sums, scratch);
            values[row * groups.length + place]! += share * (after - before);
            before = after;
          }
        }
  }
  return { base, columns: groups.map(({ column }) => column), values };
}
