/** Columns whose codes lie side by side, four bytes to a row. */
export const blockColumns = 4;
/** Sum of gradients, sum of hessians and rows of a bin lie side by side. */
export const binStride = 3;
/** Bytes of a table that tells where each bin goes: 1 is left. */
export const tableBytes = 256;
export const maxThreads = 16;
/** Numbers of a candidate split: gain, column, last bin to the left or −1, whether missing goes left, sums of the left. */
export const candidateNumbers = 8;

export interface Shape {
  /** Rows fitted on; they come first. */
  rows: number;
  /** Rows held aside for stopping. */
  held: number;
  columns: number;
  /** Bins of each column, end to end in a histogram. */
  bins: readonly number[];
  leaves: number;
  threads: number;
}

/** All that threads share while trees grow: one piece of memory, seen as typed arrays. */
export interface Arena {
  shape: Shape;
  memory: SharedArrayBuffer;
  /** Barrier, command and its arguments. */
  control: Int32Array;
  /** Figures of the round, by `figure`. */
  figures: Float64Array;
  /** Kind (1: categorical), direction (−1, 0, 1), whether this tree may use it, and first bin of each column. */
  kinds: Int32Array;
  directions: Int32Array;
  allowed: Int32Array;
  firstBins: Int32Array;
  /** First place in `order`, rows, and histogram of each leaf. */
  begins: Int32Array;
  counts: Int32Array;
  slots: Int32Array;
  /** Sums of gradients and hessians and the bounds of the value of each leaf. */
  gradients: Float64Array;
  hessians: Float64Array;
  lows: Float64Array;
  highs: Float64Array;
  /** Column, left and right child of each inner node; a child below 0 is the leaf −1 − child. */
  nodes: Int32Array;
  tables: Uint8Array;
  candidates: Float64Array;
  candidateTables: Uint8Array;
  target: Float64Array;
  weights: Float64Array;
  scores: Float64Array;
  /** Gradient and hessian of each row, as whole numbers. */
  pairs: Float64Array;
  /** Pairs of the leaf at hand, in the order of its rows. */
  ordered: Float64Array;
  /** Rows, leaf after leaf, ascending in each. */
  order: Int32Array;
  spare: Int32Array;
  histograms: Float64Array;
  codes: Uint8Array;
  /** The same codes, four columns at once. */
  words: Uint32Array;
  /** Values of leaves, for adding to the scores. */
  values: Float64Array;
}

export const blocksOf = (columns: number): number => Math.ceil(columns / blockColumns);

/** Lays the arrays out in memory, each at a multiple of 64 bytes; without memory, says only how much it takes. */
function layOut(shape: Shape, memory: SharedArrayBuffer | null): { bytes: number; arena: Arena | null } {
  let at = 0;
  const place = <T>(make: (buffer: SharedArrayBuffer, at: number, length: number) => T, size: number) => {
    return (length: number): T => {
      const start = at;
      at += Math.ceil((length * size) / 64) * 64;
      return (memory ? make(memory, start, length) : null) as T;
    };
  };
  const doubles = place((b, from, n) => new Float64Array(b, from, n), 8);
  const wholes = place((b, from, n) => new Int32Array(b, from, n), 4);
  const bytes = place((b, from, n) => new Uint8Array(b, from, n), 1);
  const { rows, columns, leaves, threads, bins } = shape;
  const every = rows + shape.held;
  const histogram = bins.reduce((sum, n) => sum + n, 0) * binStride;
  const arena = {
    control: wholes(64),
    figures: doubles(16 + 2 * maxThreads),
    kinds: wholes(columns),
    directions: wholes(columns),
    allowed: wholes(columns),
    firstBins: wholes(columns + 1),
    begins: wholes(leaves),
    counts: wholes(leaves),
    slots: wholes(leaves),
    gradients: doubles(leaves),
    hessians: doubles(leaves),
    lows: doubles(leaves),
    highs: doubles(leaves),
    values: doubles(leaves),
    nodes: wholes(3 * leaves),
    tables: bytes(tableBytes * leaves),
    candidates: doubles(2 * threads * candidateNumbers),
    candidateTables: bytes(2 * threads * tableBytes),
    target: doubles(every),
    weights: doubles(every),
    scores: doubles(every),
    pairs: doubles(2 * rows),
    ordered: doubles(2 * rows),
    order: wholes(rows),
    spare: wholes(rows),
    histograms: doubles(leaves * histogram),
    codes: bytes(blocksOf(columns) * blockColumns * every),
  };
  const { codes } = arena;
  return {
    bytes: at,
    arena: memory && {
      shape,
      memory,
      ...arena,
      words: new Uint32Array(memory, codes.byteOffset, codes.length / 4),
    },
  };
}

export const arenaBytes = (shape: Shape): number => layOut(shape, null).bytes;
export const arenaOf = (shape: Shape, memory: SharedArrayBuffer): Arena => layOut(shape, memory).arena!;

/** Places in `figures`. */
export const figure = {
  gradientScale: 0,
  hessianScale: 1,
  l2: 2,
  minRows: 3,
  minHessian: 4,
  minGain: 5,
  categorySmoothing: 6,
  categoryL2: 7,
  /** 1: squared error. */
  squared: 8,
  /** Largest gradient and hessian of each thread. */
  largest: 16,
} as const;

/** Where the code of a row and column is. */
export const codeAt = (every: number, column: number): number =>
  (column >> 2) * every * blockColumns + (column & 3);
