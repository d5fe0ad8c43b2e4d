import { type Arena, blocksOf, codeAt, figure, tableBytes } from './arena.ts';
import { writePairs } from './gradients.ts';
import { type Accumulate, accumulate, subtract } from './histogram.ts';
import { gather, partition } from './partition.ts';
import { type LeafRules, readRules, searchLeaf } from './search.ts';
import { commandPlace, meet } from './team.ts';

/** What all threads are told to do at once. */
export const command = { end: 0, begin: 1, split: 2, add: 3 } as const;

/** Arguments of the commands, in `control` after the command. */
export const argument = {
  /** begin: rows listed in `order` by the caller; −1: all. */
  listed: commandPlace + 1,
  /** split: the leaf, its node, the column it is split on, the new leaf on the right, rows that go left. */
  leaf: commandPlace + 1,
  node: commandPlace + 2,
  column: commandPlace + 3,
  right: commandPlace + 4,
  leftRows: commandPlace + 5,
  /** split: whether the children will be split in turn. */
  goesOn: commandPlace + 6,
  /** add: leaves of the tree; whether scores of all rows come from the codes. */
  leaves: commandPlace + 1,
  byCodes: commandPlace + 2,
  tally: commandPlace + 8,
} as const;

/** What one thread keeps from step to step. */
export interface Own {
  thread: number;
  rules: LeafRules;
  accumulate: Accumulate;
}
export const ownOf = (arena: Arena, thread: number): Own => ({ thread, rules: readRules(arena), accumulate });

/** Does this thread's part of the command in `control`; false: it was the last. */
export function takeStep(arena: Arena, own: Own): boolean {
  const { control } = arena;
  const told = control[commandPlace];
  if (told === command.end) return false;
  if (told === command.begin) begin(arena, own);
  else if (told === command.split) split(arena, own);
  else addValues(arena, own);
  return true;
}

/** Gradients of a round, the root with all its rows, its histogram and its best split. */
function begin(arena: Arena, own: Own): void {
  const { control, order, counts, shape } = arena;
  const { thread } = own;
  writePairs(arena, thread);
  const listed = control[argument.listed]!;
  if (listed < 0) {
    const to = Math.floor(((thread + 1) * shape.rows) / shape.threads);
    for (let i = Math.floor((thread * shape.rows) / shape.threads); i < to; i++) order[i] = i;
  }
  const count = listed < 0 ? shape.rows : listed;
  meet(arena);
  if (thread === 0) {
    arena.begins[0] = 0;
    counts[0] = count;
    arena.slots[0] = 0;
    arena.lows[0] = Number.NEGATIVE_INFINITY;
    arena.highs[0] = Number.POSITIVE_INFINITY;
    sumRoot(arena, count);
  }
  meet(arena);
  gather(arena, thread, 0, count);
  for (let block = thread; block < blocksOf(shape.columns); block += shape.threads)
    own.accumulate(arena, block, 0, count, 0);
  searchLeaf(arena, thread, 0, 0, own.rules);
}

function sumRoot({ order, pairs, figures, gradients, hessians }: Arena, count: number): void {
  let gradient = 0;
  let hessian = 0;
  for (let i = 0; i < count; i++) {
    gradient += pairs[2 * order[i]!]!;
    hessian += pairs[2 * order[i]! + 1]!;
  }
  gradients[0] = gradient * figures[figure.gradientScale]!;
  hessians[0] = hessian * figures[figure.hessianScale]!;
}

/** Parts a leaf in two, makes the histograms of both children and searches each for its best split. */
function split(arena: Arena, own: Own): void {
  const { control, begins, counts, slots, shape } = arena;
  const { thread } = own;
  const leaf = control[argument.leaf]!;
  const right = control[argument.right]!;
  const leftRows = control[argument.leftRows]!;
  const begin = begins[leaf]!;
  const count = counts[leaf]!;
  const parentSlot = slots[leaf]!;
  const goesOn = control[argument.goesOn] === 1;
  partition(
    arena,
    thread,
    { begin, count, column: control[argument.column]!, node: control[argument.node]! },
    argument.tally,
  );
  const smallIsLeft = 2 * leftRows <= count;
  if (thread === 0) {
    begins[right] = begin + leftRows;
    counts[leaf] = leftRows;
    counts[right] = count - leftRows;
    slots[leaf] = smallIsLeft ? right : parentSlot;
    slots[right] = smallIsLeft ? parentSlot : right;
  }
  if (!goesOn) return;
  const smallBegin = smallIsLeft ? begin : begin + leftRows;
  const smallCount = smallIsLeft ? leftRows : count - leftRows;
  gather(arena, thread, smallBegin, smallCount);
  for (let block = thread; block < blocksOf(shape.columns); block += shape.threads) {
    own.accumulate(arena, block, smallBegin, smallCount, right);
    subtract(arena, block, parentSlot, right);
  }
  searchLeaf(arena, thread, leaf, 0, own.rules);
  searchLeaf(arena, thread, right, 1, own.rules);
}

/** Adds each row's leaf value to its score: of rows the tree grew on by their leaf, of others by walking the tree. */
function addValues(arena: Arena, { thread }: Own): void {
  const { control, begins, counts, values, order, scores, shape } = arena;
  const leaves = control[argument.leaves]!;
  const byCodes = control[argument.byCodes] === 1;
  const { rows, held, threads } = shape;
  if (!byCodes) {
    const from = Math.floor((thread * rows) / threads);
    const to = Math.floor(((thread + 1) * rows) / threads);
    for (let leaf = 0; leaf < leaves; leaf++) {
      const last = Math.min(to, begins[leaf]! + counts[leaf]!);
      const value = values[leaf]!;
      for (let i = Math.max(from, begins[leaf]!); i < last; i++) scores[order[i]!]! += value;
    }
  }
  const first = byCodes ? 0 : rows;
  const walked = rows + held - first;
  const to = first + Math.floor(((thread + 1) * walked) / threads);
  for (let row = first + Math.floor((thread * walked) / threads); row < to; row++)
    scores[row]! += values[leafOf(arena, row, leaves)]!;
}

function leafOf({ nodes, tables, codes, shape }: Arena, row: number, leaves: number): number {
  let node = leaves > 1 ? 0 : -1;
  const every = shape.rows + shape.held;
  while (node >= 0) {
    const code = codes[codeAt(every, nodes[3 * node]!) + 4 * row]!;
    node = nodes[3 * node + (tables[node * tableBytes + code] === 1 ? 1 : 2)]!;
  }
  return -1 - node;
}
