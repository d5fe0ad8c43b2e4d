import { type Arena, blockColumns, codeAt, tableBytes } from './arena.ts';
import { meet } from './team.ts';

/** Fewer rows than this are not worth dividing between threads. */
const worthDividing = 2048;

/** A leaf's part that is this thread's. */
function partOf(arena: Arena, begin: number, count: number, thread: number): [from: number, to: number] {
  if (count < worthDividing) return thread === 0 ? [begin, begin + count] : [begin + count, begin + count];
  const { threads } = arena.shape;
  return [
    begin + Math.floor((thread * count) / threads),
    begin + Math.floor(((thread + 1) * count) / threads),
  ];
}

/**
 * Puts the rows of a leaf that go left first and those that go right after, each still in ascending order; every
 * thread moves a part. Rows left by thread are told in `control` from `tally` on.
 */
export function partition(
  arena: Arena,
  thread: number,
  leaf: { begin: number; count: number; column: number; node: number },
  tally: number,
): void {
  const { order, spare, codes, tables, control, shape } = arena;
  const every = shape.rows + shape.held;
  const [from, to] = partOf(arena, leaf.begin, leaf.count, thread);
  const codesFrom = codeAt(every, leaf.column);
  const table = leaf.node * tableBytes;
  let left = from;
  let right = to - 1;
  for (let i = from; i < to; i++) {
    const row = order[i]!;
    const goes = tables[table + codes[codesFrom + blockColumns * row]!]!;
    spare[left] = row;
    spare[right] = row;
    left += goes;
    right -= 1 - goes;
  }
  control[tally + thread] = left - from;
  meet(arena);
  let leftBefore = 0;
  let lefts = 0;
  for (let t = 0; t < shape.threads; t++) {
    if (t < thread) leftBefore += control[tally + t]!;
    lefts += control[tally + t]!;
  }
  let to1 = leaf.begin + leftBefore;
  for (let i = from; i < left; i++) order[to1++] = spare[i]!;
  let to2 = leaf.begin + lefts + (from - leaf.begin - leftBefore);
  for (let i = to - 1; i >= left; i--) order[to2++] = spare[i]!;
  meet(arena);
}

/** Copies the pairs of a leaf's rows into `ordered`, from its start on; every thread a part. */
export function gather(arena: Arena, thread: number, begin: number, count: number): void {
  const { order, pairs, ordered } = arena;
  const [from, to] = partOf(arena, begin, count, thread);
  for (let i = from; i < to; i++) {
    const at = 2 * (i - begin);
    const row = 2 * order[i]!;
    ordered[at] = pairs[row]!;
    ordered[at + 1] = pairs[row + 1]!;
  }
  meet(arena);
}
