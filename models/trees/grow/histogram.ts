import { type Arena, binStride, blockColumns } from './arena.ts';

/** Numbers of one leaf's histogram. */
export const histogramSize = ({ firstBins, shape }: Arena): number => firstBins[shape.columns]! * binStride;

/** Sums the pairs of a leaf's rows into the bins of a block's columns, in the order of the rows. */
export type Accumulate = (arena: Arena, block: number, begin: number, count: number, slot: number) => void;

export const accumulate: Accumulate = (arena, block, begin, count, slot) => {
  const { order, ordered, codes, histograms, firstBins, shape } = arena;
  const every = shape.rows + shape.held;
  const start = slot * histogramSize(arena);
  const last = Math.min(shape.columns, (block + 1) * blockColumns);
  for (let column = block * blockColumns; column < last; column++) {
    const from = start + firstBins[column]! * binStride;
    histograms.fill(0, from, start + firstBins[column + 1]! * binStride);
    const codesFrom = block * every * blockColumns + (column & 3);
    for (let i = 0; i < count; i++) {
      const at = from + binStride * codes[codesFrom + blockColumns * order[begin + i]!]!;
      histograms[at]! += ordered[2 * i]!;
      histograms[at + 1]! += ordered[2 * i + 1]!;
      histograms[at + 2]! += 1;
    }
  }
};

/** The larger child's histogram of a block, in the place of its parent's: the parent's less the smaller child's. */
export function subtract(arena: Arena, block: number, parent: number, child: number): void {
  const { histograms, firstBins, shape } = arena;
  const size = histogramSize(arena);
  const last = Math.min(shape.columns, (block + 1) * blockColumns);
  const from = firstBins[block * blockColumns]! * binStride;
  const to = firstBins[last]! * binStride;
  for (let i = from; i < to; i++) histograms[parent * size + i]! -= histograms[child * size + i]!;
}
