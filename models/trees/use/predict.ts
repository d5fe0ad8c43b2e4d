import { type FlatTrees, goesLeft, type ReadBlock } from './flat.ts';

const blockRows = 512;

/** Base plus the leaves' values of every row, added in the order of the trees. */
export function sumTrees(flat: FlatTrees, base: number, rows: number, read: ReadBlock): Float64Array {
  const sums = new Float64Array(rows).fill(base);
  const { roots, column, left, right, value, columns } = flat;
  const block = new Float64Array(blockRows * columns);
  for (let first = 0; first < rows; first += blockRows) {
    const count = Math.min(blockRows, rows - first);
    read(first, count, block);
    for (let tree = 0; tree < roots.length; tree++) {
      const root = roots[tree]!;
      for (let i = 0; i < count; i++) {
        let node = root;
        while (node >= 0)
          node = goesLeft(flat, node, block[i * columns + column[node]!]!) ? left[node]! : right[node]!;
        sums[first + i]! += value[-1 - node]!;
      }
    }
  }
  return sums;
}
