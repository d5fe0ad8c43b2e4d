/** Columns whose codes lie side by side, four bytes to a row. */
export const blockColumns = 4;
/** Sum of gradients, sum of hessians and rows of a bin lie side by side. */
export const binStride = 3;
/** Bytes of a table that tells where each bin goes: 1 is left. */
export const tableBytes = 256;
/** Bytes of one sum of a kernel: gradient and hessian. */
export const pairBytes = 16;
/** Numbers of a candidate split. */
export const candidateNumbers = 8;
export const maxThreads = 16;

export interface Shape {
  /** Rows fitted on; they come first. */
  rows: number;
  /** Rows held aside for stopping. */
  held: number;
  columns: number;
  /** Bins of each column, end to end in a histogram. */
  bins: readonly number[];
  leaves: number;
  /** Most rows whose pairs are put side by side. */
  gathered: number;
  threads: number;
}

/** What the rules of a fit are, the same in every thread. */
export interface Rules {
  squared: boolean;
  /** Whether some rows weigh other than 1. */
  weighted: boolean;
  /** Of all weights. */
  largestWeight: number;
  learningRate: number;
  l2: number;
  minRows: number;
  minHessian: number;
  minGain: number;
  categorySmoothing: number;
  categoryL2: number;
  /** Of each column: whether it is categorical, and 1 or −1 where predictions must rise or fall with it. */
  categorical: readonly boolean[];
  directions: readonly number[];
}

/** All that threads share while trees grow: one piece of memory, seen as typed arrays. */
export interface Arena {
  shape: Shape;
  memory: SharedArrayBuffer;
  ints: Int32Array;
  /** Barrier, and what the leading thread tells the others. */
  control: Int32Array;
  /** Sums and largest values of each thread's part of the rows. */
  tallies: Float64Array;
  /** Whether the next tree may use each column, and its first bin. */
  allowed: Int32Array;
  firstBins: Int32Array;
  /** Best splits of each thread, for two leaves, in two sets that take turns. */
  candidates: Float64Array;
  candidateTables: Uint8Array;
  target: Float64Array;
  weights: Float64Array;
  scores: Float64Array;
  /** Loss of each row held aside. */
  losses: Float64Array;
  /** Gradient and hessian of each row, as whole numbers. */
  pairs: Float64Array;
  /** Rows of the next tree where it grows on some, ascending. */
  listed: Int32Array;
  /** Where threads put the rows of a large leaf that go left, and right. */
  lefts: Int32Array;
  rights: Int32Array;
  histograms: Float64Array;
  codes: Uint8Array;
  /** Of each thread: rows, leaf after leaf, ascending in each. */
  orders: Int32Array[];
  /** Of each thread: pairs of the leaf at hand in the order of its rows; between times, room for rows. */
  ordered: Float64Array[];
  /** Of each thread: sums of one block, and the table of one split. */
  sums: Float64Array[];
  tables: Uint8Array[];
}

export const blocksOf = (columns: number): number => Math.ceil(columns / blockColumns);
export const histogramNumbers = ({ bins }: Shape): number => bins.reduce((sum, n) => sum + n, 0) * binStride;

/** Lays the arrays out in memory, each at a multiple of 64 bytes; without memory, says only how much it takes. */
function layOut(shape: Shape, memory: SharedArrayBuffer | null): { bytes: number; arena: Arena | null } {
  let at = 0;
  const room = <T>(length: number, size: number, make: (buffer: SharedArrayBuffer, from: number) => T): T => {
    const from = at;
    at += Math.ceil((length * size) / 64) * 64;
    return (memory ? make(memory, from) : null) as T;
  };
  const doubles = (n: number) => room(n, 8, (buffer, from) => new Float64Array(buffer, from, n));
  const wholes = (n: number) => room(n, 4, (buffer, from) => new Int32Array(buffer, from, n));
  const bytes = (n: number) => room(n, 1, (buffer, from) => new Uint8Array(buffer, from, n));
  const { rows, held, columns, leaves, threads } = shape;
  const perThread = <T>(make: () => T): T[] => Array.from({ length: threads }, make);
  const arena = {
    control: wholes(64),
    tallies: doubles(4 * maxThreads),
    allowed: wholes(columns),
    firstBins: wholes(columns + 1),
    candidates: doubles(4 * threads * candidateNumbers),
    candidateTables: bytes(4 * threads * tableBytes),
    target: doubles(rows + held),
    weights: doubles(rows + held),
    scores: doubles(rows + held),
    losses: doubles(held),
    pairs: doubles(2 * rows),
    listed: wholes(rows),
    lefts: wholes(rows),
    rights: wholes(rows),
    histograms: doubles(leaves * histogramNumbers(shape)),
    codes: bytes(blocksOf(columns) * blockColumns * (rows + held)),
    orders: perThread(() => wholes(rows)),
    ordered: perThread(() => doubles(2 * shape.gathered + 2)),
    sums: perThread(() => doubles((blockColumns * tableBytes * pairBytes) / 8)),
    tables: perThread(() => bytes(tableBytes)),
  };
  return { bytes: at, arena: memory && { shape, memory, ints: new Int32Array(memory), ...arena } };
}

export const arenaBytes = (shape: Shape): number => layOut(shape, null).bytes;
export const arenaOf = (shape: Shape, memory: SharedArrayBuffer): Arena => layOut(shape, memory).arena!;

/** Where the codes of a column begin; a row's is `blockColumns` times the row further. */
export const codesFrom = ({ rows, held }: Shape, column: number): number =>
  Math.floor(column / blockColumns) * blockColumns * (rows + held) + (column % blockColumns);

/** The first and the last but one of a thread's part of `count` things. */
export const partFrom = (count: number, thread: number, threads: number): number =>
  Math.floor((thread * count) / threads);
