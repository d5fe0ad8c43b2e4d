/**
 * The loops that take nearly all of the time, over the memory of an arena, for one thread. There are two makes, plain
 * TypeScript and WebAssembly, which give equal bits: what they add up are whole numbers.
 */
export interface Kernels {
  /** Puts the pairs of some rows, as they came from the loss, on the grid of the scales. */
  pack(from: number, to: number, gradientScale: number, hessianScale: number): void;
  /**
   * Deals a stretch of the thread's order by the thread's table, each side ascending.
   *
   * @param codes where the column's codes begin
   * @param lefts place in `ints` for the rows that go left, which may be the stretch itself
   * @param rights the same for the others, apart from both
   * @returns rows that go left
   */
  deal(codes: number, from: number, to: number, lefts: number, rights: number): number;
  /** Sums pairs and counts rows of a leaf into a histogram, for the columns of a block. */
  accumulate(block: number, from: number, count: number, slot: number): void;
  /** Copies the pairs of a leaf's rows side by side, for the blocks that follow; not needed where the leaf is all. */
  gather(from: number, count: number): void;
  /** A block of the larger child's histogram in its parent's place: the parent's less the smaller child's. */
  subtract(block: number, parent: number, child: number): void;
}
