import { type Arena, binStride, blockColumns, histogramNumbers } from '../grow/arena.ts';
import type { Kernels } from './kernels.ts';

/** The loops in TypeScript. */
export function plainKernels(arena: Arena, thread: number): Kernels {
  const { shape, ints, pairs, codes, histograms, firstBins } = arena;
  const order = arena.orders[thread]!;
  const ordered = arena.ordered[thread]!;
  const table = arena.tables[thread]!;
  const every = shape.rows + shape.held;
  const size = histogramNumbers(shape);
  let whole = false;
  return {
    pack(from, to, gradientScale, hessianScale) {
      for (let i = 2 * from; i < 2 * to; i += 2) {
        pairs[i] = Math.floor(pairs[i]! * gradientScale + 0.5);
        pairs[i + 1] = Math.floor(pairs[i + 1]! * hessianScale + 0.5);
      }
    },
    deal(columnCodes, from, to, lefts, rights) {
      let left = lefts;
      let right = rights;
      for (let i = from; i < to; i++) {
        const row = order[i]!;
        const goes = table[codes[columnCodes + blockColumns * row]!]!;
        ints[left] = row;
        ints[right] = row;
        left += goes;
        right += 1 - goes;
      }
      return left - lefts;
    },
    gather(from, count) {
      whole = count === shape.rows;
      if (whole) return;
      for (let i = 0; i < count; i++) {
        const row = 2 * order[from + i]!;
        ordered[2 * i] = pairs[row]!;
        ordered[2 * i + 1] = pairs[row + 1]!;
      }
    },
    accumulate(block, from, count, slot) {
      const source = whole ? pairs : ordered;
      const last = Math.min(shape.columns, (block + 1) * blockColumns);
      for (let column = block * blockColumns; column < last; column++) {
        const start = slot * size + firstBins[column]! * binStride;
        histograms.fill(0, start, slot * size + firstBins[column + 1]! * binStride);
        const columnCodes = block * every * blockColumns + (column % blockColumns);
        for (let i = 0; i < count; i++) {
          const at = start + binStride * codes[columnCodes + blockColumns * order[from + i]!]!;
          histograms[at]! += source[2 * i]!;
          histograms[at + 1]! += source[2 * i + 1]!;
          histograms[at + 2]! += 1;
        }
      }
    },
    subtract(block, parent, child) {
      const last = Math.min(shape.columns, (block + 1) * blockColumns);
      const to = firstBins[last]! * binStride;
      for (let i = firstBins[block * blockColumns]! * binStride; i < to; i++)
        histograms[parent * size + i]! -= histograms[child * size + i]!;
    },
  };
}
