import { type Arena, candidateNumbers, figure, tableBytes } from './arena.ts';
import { candidate, leafValue } from './search.ts';
import { argument, command } from './steps.ts';

/** A tree in terms of bins. Node 0 is the root; a child below 0 is the leaf −1 − child. */
export interface GrownTree {
  /** Inner nodes. */
  columns: number[];
  /** 256 bytes a node: 1 where a bin goes left. */
  tables: Uint8Array;
  /** Last bin to the left of a numeric split. */
  lastLefts: number[];
  lefts: number[];
  rights: number[];
  gains: number[];
  /** Leaves: values and weight of the training rows in them. */
  values: number[];
  covers: number[];
}

/** Tells every thread to do a step, and does it too. */
export type Run = (told: number) => void;

interface Best {
  gain: number;
  thread: number;
  at: number;
}

/** The best candidate of all threads for a side; of equal gains the first column's. */
function bestOf({ candidates, shape }: Arena, side: number): Best {
  let best: Best = { gain: 0, thread: -1, at: -1 };
  for (let thread = 0; thread < shape.threads; thread++) {
    const at = (2 * thread + side) * candidateNumbers;
    const gain = candidates[at]!;
    const earlier =
      best.at >= 0 && candidates[at + candidate.column]! < candidates[best.at + candidate.column]!;
    if (gain > best.gain || (gain > 0 && gain === best.gain && earlier)) best = { gain, thread, at };
  }
  return best;
}

/** A leaf's best split, copied out of the candidates, which the next step overwrites. */
interface Planned {
  gain: number;
  numbers: Float64Array;
  table: Uint8Array;
}

function keepBest(arena: Arena, side: number, planned: Planned): void {
  const best = bestOf(arena, side);
  planned.gain = best.gain;
  if (best.at < 0) return;
  planned.numbers.set(arena.candidates.subarray(best.at, best.at + candidateNumbers));
  const column = planned.numbers[candidate.column]!;
  const { table, numbers } = planned;
  if (arena.kinds[column] === 1) {
    const from = (2 * best.thread + side) * tableBytes;
    table.set(arena.candidateTables.subarray(from, from + tableBytes));
  } else {
    table.fill(1, 1, numbers[candidate.lastLeft]! + 1);
    table.fill(0, numbers[candidate.lastLeft]! + 1);
    table[0] = numbers[candidate.missingLeft]!;
  }
}

/** Splits the leaf with most to gain, again and again, until none gains or there are leaves enough. */
export class Grower {
  readonly arena: Arena;
  readonly #run: Run;
  readonly #planned: Planned[];
  /** Where each leaf hangs: node times two, one more for the right side; −1: it is the root. */
  readonly #hangs: Int32Array;

  constructor(arena: Arena, run: Run) {
    this.arena = arena;
    this.#run = run;
    this.#planned = Array.from({ length: arena.shape.leaves }, () => ({
      gain: 0,
      numbers: new Float64Array(candidateNumbers),
      table: new Uint8Array(tableBytes),
    }));
    this.#hangs = new Int32Array(arena.shape.leaves);
  }

  /** @param listed rows the caller put into `order`, or −1 for all */
  grow(listed: number, learningRate: number): GrownTree {
    const { arena } = this;
    const { control, counts, shape } = arena;
    const tree: GrownTree = {
      columns: [],
      tables: new Uint8Array(tableBytes * (shape.leaves - 1)),
      lastLefts: [],
      lefts: [],
      rights: [],
      gains: [],
      values: [],
      covers: [],
    };
    control[argument.listed] = listed;
    this.#run(command.begin);
    keepBest(arena, 0, this.#planned[0]!);
    this.#hangs[0] = -1;
    let leaves = 1;
    for (; leaves < shape.leaves; leaves++) {
      const leaf = this.#mostToGain(leaves);
      if (leaf < 0) break;
      this.#split(tree, leaf, leaves);
    }
    const l2 = arena.figures[figure.l2]!;
    for (let leaf = 0; leaf < leaves; leaf++) {
      const value = leafValue(
        arena.gradients[leaf]!,
        arena.hessians[leaf]!,
        l2,
        arena.lows[leaf]!,
        arena.highs[leaf]!,
      );
      tree.values.push(learningRate * value);
      tree.covers.push(this.#weightOf(leaf, counts[leaf]!));
    }
    tree.tables = tree.tables.slice(0, tableBytes * tree.columns.length);
    return tree;
  }

  #mostToGain(leaves: number): number {
    let most = -1;
    let gain = 0;
    for (let leaf = 0; leaf < leaves; leaf++)
      if (this.#planned[leaf]!.gain > gain) {
        gain = this.#planned[leaf]!.gain;
        most = leaf;
      }
    return most;
  }

  #split(tree: GrownTree, leaf: number, right: number): void {
    const { arena } = this;
    const { control, gradients, hessians, nodes, shape } = arena;
    const { gain, numbers, table } = this.#planned[leaf]!;
    const node = tree.columns.length;
    const column = numbers[candidate.column]!;
    arena.tables.set(table, node * tableBytes);
    tree.tables.set(table, node * tableBytes);
    tree.columns.push(column);
    tree.lastLefts.push(numbers[candidate.lastLeft]!);
    tree.gains.push(gain);
    tree.lefts.push(-1 - leaf);
    tree.rights.push(-1 - right);
    const hangs = this.#hangs[leaf]!;
    if (hangs >= 0) (hangs % 2 === 0 ? tree.lefts : tree.rights)[hangs >> 1] = node;
    if (hangs >= 0) nodes[3 * (hangs >> 1) + 1 + (hangs % 2)] = node;
    nodes.set([column, -1 - leaf, -1 - right], 3 * node);
    this.#hangs[leaf] = 2 * node;
    this.#hangs[right] = 2 * node + 1;
    control[argument.leaf] = leaf;
    control[argument.node] = node;
    control[argument.column] = column;
    control[argument.right] = right;
    control[argument.leftRows] = numbers[candidate.rows]!;
    control[argument.goesOn] = right + 1 < shape.leaves ? 1 : 0;
    gradients[right] = gradients[leaf]! - numbers[candidate.gradient]!;
    hessians[right] = hessians[leaf]! - numbers[candidate.hessian]!;
    gradients[leaf] = numbers[candidate.gradient]!;
    hessians[leaf] = numbers[candidate.hessian]!;
    this.#bound(column, leaf, right);
    this.#run(command.split);
    keepBest(arena, 0, this.#planned[leaf]!);
    keepBest(arena, 1, this.#planned[right]!);
  }

  /** Values below a split on a monotone column stay on their side of the middle of its children's. */
  #bound(column: number, left: number, right: number): void {
    const { lows, highs, gradients, hessians, directions, figures } = this.arena;
    lows[right] = lows[left]!;
    highs[right] = highs[left]!;
    const direction = directions[column]!;
    if (direction === 0) return;
    const l2 = figures[figure.l2]!;
    const value = (leaf: number) =>
      leafValue(gradients[leaf]!, hessians[leaf]!, l2, lows[leaf]!, highs[leaf]!);
    const middle = (value(left) + value(right)) / 2;
    (direction > 0 ? highs : lows)[left] = middle;
    (direction > 0 ? lows : highs)[right] = middle;
  }

  #weightOf(leaf: number, count: number): number {
    const { begins, order, weights } = this.arena;
    let weight = 0;
    for (let i = begins[leaf]!; i < begins[leaf]! + count; i++) weight += weights[order[i]!]!;
    return weight;
  }
}
