import { type Arena, blocksOf, candidateNumbers, codesFrom, tableBytes } from './arena.ts';
import { type Scales, writePairs } from './gradients.ts';
import { type Leaf, leafValue } from './leaf.ts';
import { partition } from './partition.ts';
import { candidate, searchLeaf } from './search.ts';
import { listedRows } from './team.ts';
import type { Worker } from './worker.ts';

/** A tree in terms of bins. Node 0 is the root; a child below 0 is the leaf −1 − child. */
export interface GrownTree {
  /** Of each inner node. */
  columns: number[];
  /** 256 bytes a node: 1 where a bin goes left. */
  tables: Uint8Array;
  /** Last bin to the left of a numeric split. */
  lastLefts: number[];
  lefts: number[];
  rights: number[];
  gains: number[];
  /** Of each leaf: its value and the weight of the rows it grew on. */
  values: number[];
  covers: number[];
}

/** A leaf with its best split, copied out of the candidates, and where it hangs. */
interface GrowingLeaf extends Leaf {
  gain: number;
  split: Float64Array;
  table: Uint8Array;
  /** The node it is a child of, and which; −1: it is the root. */
  parent: number;
  isRight: boolean;
}

/** Grows trees in one thread, in step with the others: each takes part of the work and all take the same decisions. */
export class Grower {
  readonly #worker: Worker;
  readonly #leaves: GrowingLeaf[];
  #scales: Scales = { gradient: 1, hessian: 1 };
  /** Which of the two sets of candidates is written next. */
  #set = 0;

  constructor(worker: Worker) {
    this.#worker = worker;
    this.#leaves = Array.from({ length: worker.arena.shape.leaves }, (_, slot) => ({
      begin: 0,
      rows: 0,
      slot,
      gradient: 0,
      hessian: 0,
      low: Number.NEGATIVE_INFINITY,
      high: Number.POSITIVE_INFINITY,
      gain: 0,
      split: new Float64Array(candidateNumbers),
      table: new Uint8Array(tableBytes),
      parent: -1,
      isRight: false,
    }));
  }

  /** Splits the leaf with most to gain, again and again, until none gains or there are leaves enough. */
  grow(): GrownTree {
    const { leaves } = this.#worker.arena.shape;
    const tree: GrownTree = {
      columns: [],
      tables: new Uint8Array(tableBytes * (leaves - 1)),
      lastLefts: [],
      lefts: [],
      rights: [],
      gains: [],
      values: [],
      covers: [],
    };
    this.#begin();
    let grown = 1;
    for (; grown < leaves; grown++) {
      const leaf = this.#mostToGain(grown);
      if (!leaf) break;
      this.#split(tree, leaf, grown);
    }
    this.#finish(tree, grown);
    return tree;
  }

  /** The root with all rows of the round, its histogram and best split. */
  #begin(): void {
    const { arena, kernels, thread, wait } = this.#worker;
    const { control, listed, shape } = arena;
    const order = arena.orders[thread]!;
    this.#scales = writePairs(this.#worker);
    const some = control[listedRows]!;
    const rows = some < 0 ? shape.rows : some;
    if (some < 0) for (let i = 0; i < rows; i++) order[i] = i;
    else for (let i = 0; i < rows; i++) order[i] = listed[i]!;
    const root = this.#leaves[0]!;
    root.begin = 0;
    root.rows = rows;
    root.slot = 0;
    root.low = Number.NEGATIVE_INFINITY;
    root.high = Number.POSITIVE_INFINITY;
    root.parent = -1;
    kernels.gather(0, rows);
    for (let block = thread; block < blocksOf(shape.columns); block += shape.threads)
      kernels.accumulate(block, 0, rows, 0);
    this.#sumRoot(root);
    searchLeaf(arena, thread, root, this.#worker.rules, this.#scales, this.#place(thread, 0));
    wait();
    root.gradient = arena.tallies[0]!;
    root.hessian = arena.tallies[1]!;
    this.#take(root, 0);
    this.#set = 1 - this.#set;
  }

  /** Sums of all rows, from the histogram of this thread's first column; sums on the grid are equal in any. */
  #sumRoot(root: Leaf): void {
    const { arena, thread } = this.#worker;
    const { histograms, firstBins, shape, tallies } = arena;
    const column = thread * 4;
    root.gradient = 0;
    root.hessian = 0;
    if (column >= shape.columns) return;
    for (let bin = firstBins[column]!; bin < firstBins[column + 1]!; bin++) {
      root.gradient += histograms[3 * bin]!;
      root.hessian += histograms[3 * bin + 1]!;
    }
    root.gradient *= this.#scales.gradient;
    root.hessian *= this.#scales.hessian;
    if (thread > 0) return;
    tallies[0] = root.gradient;
    tallies[1] = root.hessian;
  }

  #place(thread: number, side: number): number {
    return (this.#set * this.#worker.arena.shape.threads + thread) * 2 + side;
  }

  #mostToGain(grown: number): GrowingLeaf | null {
    let most: GrowingLeaf | null = null;
    for (let i = 0; i < grown; i++) {
      const leaf = this.#leaves[i]!;
      if (leaf.gain > (most?.gain ?? 0)) most = leaf;
    }
    return most;
  }

  #split(tree: GrownTree, left: GrowingLeaf, place: number): void {
    const { arena, rules, kernels, thread, wait } = this.#worker;
    const { shape } = arena;
    const right = this.#leaves[place]!;
    const column = left.split[candidate.column]!;
    arena.tables[thread]!.set(left.table);
    partition(this.#worker, column, left.begin, left.rows);
    this.#hang(tree, left, right, place);
    this.#divide(left, right, place);
    this.#bound(column, left, right);
    left.gain = 0;
    right.gain = 0;
    const enough = 2 * rules.minRows;
    if (place + 1 === shape.leaves || (left.rows < enough && right.rows < enough)) return;
    const small = left.rows <= right.rows ? left : right;
    const large = small === left ? right : left;
    kernels.gather(small.begin, small.rows);
    for (let block = thread; block < blocksOf(shape.columns); block += shape.threads) {
      kernels.accumulate(block, small.begin, small.rows, small.slot);
      kernels.subtract(block, large.slot, small.slot);
    }
    searchLeaf(arena, thread, left, rules, this.#scales, this.#place(thread, 0));
    searchLeaf(arena, thread, right, rules, this.#scales, this.#place(thread, 1));
    wait();
    this.#take(left, 0);
    this.#take(right, 1);
    this.#set = 1 - this.#set;
  }

  /** Writes the split down as a node, in the place where the leaf hung. */
  #hang(tree: GrownTree, left: GrowingLeaf, right: GrowingLeaf, place: number): void {
    const node = tree.columns.length;
    tree.columns.push(left.split[candidate.column]!);
    tree.tables.set(left.table, node * tableBytes);
    tree.lastLefts.push(left.split[candidate.lastLeft]!);
    tree.gains.push(left.gain);
    tree.lefts.push(-1 - this.#leaves.indexOf(left));
    tree.rights.push(-1 - place);
    if (left.parent >= 0) (left.isRight ? tree.rights : tree.lefts)[left.parent] = node;
    left.parent = node;
    left.isRight = false;
    right.parent = node;
    right.isRight = true;
  }

  /** Gives each child its rows, sums and histogram: the larger one its parent's, the smaller one the next free. */
  #divide(left: GrowingLeaf, right: GrowingLeaf, free: number): void {
    const { split } = left;
    right.begin = left.begin + split[candidate.rows]!;
    right.rows = left.rows - split[candidate.rows]!;
    left.rows = split[candidate.rows]!;
    const leftIsSmall = left.rows <= right.rows;
    right.slot = leftIsSmall ? left.slot : free;
    left.slot = leftIsSmall ? free : left.slot;
    right.gradient = left.gradient - split[candidate.gradient]!;
    right.hessian = left.hessian - split[candidate.hessian]!;
    left.gradient = split[candidate.gradient]!;
    left.hessian = split[candidate.hessian]!;
  }

  /** Values below a split on a monotone column stay on their side of the middle of its children's. */
  #bound(column: number, left: Leaf, right: Leaf): void {
    right.low = left.low;
    right.high = left.high;
    const direction = this.#worker.rules.directions[column]!;
    if (direction === 0) return;
    const middle = (this.#valueOf(left) + this.#valueOf(right)) / 2;
    if (direction > 0) {
      left.high = middle;
      right.low = middle;
    } else {
      left.low = middle;
      right.high = middle;
    }
  }

  #valueOf({ gradient, hessian, low, high }: Leaf): number {
    return leafValue(gradient, hessian, this.#worker.rules.l2, low, high);
  }

  /** Takes the best candidate of all threads for a leaf; of equal gains, the first column's. */
  #take(leaf: GrowingLeaf, side: number): void {
    const { candidates, candidateTables, shape } = this.#worker.arena;
    leaf.gain = 0;
    let best = -1;
    for (let thread = 0; thread < shape.threads; thread++) {
      const place = this.#place(thread, side);
      const gain = candidates[place * candidateNumbers]!;
      const column = candidates[place * candidateNumbers + candidate.column]!;
      const first = best >= 0 && column < candidates[best * candidateNumbers + candidate.column]!;
      if (!(gain > leaf.gain || (gain > 0 && gain === leaf.gain && first))) continue;
      best = place;
      leaf.gain = gain;
    }
    if (best < 0) return;
    const { split, table } = leaf;
    for (let i = 0; i < candidateNumbers; i++) split[i] = candidates[best * candidateNumbers + i]!;
    if (this.#worker.rules.categorical[split[candidate.column]!])
      for (let i = 0; i < tableBytes; i++) table[i] = candidateTables[best * tableBytes + i]!;
    else {
      table.fill(1, 1, split[candidate.lastLeft]! + 1);
      table.fill(0, split[candidate.lastLeft]! + 1);
      table[0] = split[candidate.missingLeft]!;
    }
  }

  #finish(tree: GrownTree, grown: number): void {
    for (let i = 0; i < grown; i++) {
      const leaf = this.#leaves[i]!;
      tree.values.push(this.#worker.rules.learningRate * this.#valueOf(leaf));
      tree.covers.push(this.#weightOf(leaf));
    }
    tree.tables = tree.tables.slice(0, tableBytes * tree.columns.length);
  }

  #weightOf({ begin, rows }: Leaf): number {
    const { arena, rules, thread } = this.#worker;
    if (!rules.weighted || thread > 0) return rows;
    const order = arena.orders[thread]!;
    let weight = 0;
    for (let i = begin; i < begin + rows; i++) weight += arena.weights[order[i]!]!;
    return weight;
  }

  /** Adds the tree's values to the scores of this thread's places in the order: rows it grew on. */
  addByLeaf({ values }: GrownTree, from: number, to: number): void {
    const { arena, thread } = this.#worker;
    const { scores } = arena;
    const order = arena.orders[thread]!;
    for (let leaf = 0; leaf < values.length; leaf++) {
      const { begin, rows } = this.#leaves[leaf]!;
      const last = Math.min(to, begin + rows);
      const value = values[leaf]!;
      for (let i = Math.max(from, begin); i < last; i++) scores[order[i]!]! += value;
    }
  }
}

/** The leaf of a row, by its codes. */
export function leafOf({ codes, shape }: Arena, tree: GrownTree, row: number): number {
  let node = tree.columns.length > 0 ? 0 : -1;
  while (node >= 0) {
    const code = codes[codesFrom(shape, tree.columns[node]!) + 4 * row]!;
    node = tree.tables[node * tableBytes + code] === 1 ? tree.lefts[node]! : tree.rights[node]!;
  }
  return -1 - node;
}
