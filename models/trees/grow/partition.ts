import { codesFrom, partFrom } from './arena.ts';
import { dealt } from './team.ts';
import type { Worker } from './worker.ts';

/** Fewer rows than this are not worth dividing: every thread deals them for itself, and none waits. */
const worthDividing = 16_384;

/**
 * Puts the rows of a leaf that go left first and those that go right after, each still ascending, in this thread's
 * order. Of a large leaf every thread deals a part, for all.
 */
export function partition(worker: Worker, column: number, begin: number, count: number): void {
  const { arena, thread, kernels, wait } = worker;
  const { ints, lefts, rights, control, shape } = arena;
  const { threads } = shape;
  const order = arena.orders[thread]!;
  const codes = codesFrom(shape, column);
  const at = order.byteOffset / 4;
  if (threads === 1 || count < worthDividing) {
    const room = threads === 1 ? rights.byteOffset / 4 : arena.ordered[thread]!.byteOffset / 4;
    const left = kernels.deal(codes, begin, begin + count, at + begin, room);
    ints.copyWithin(at + begin + left, room, room + count - left);
    return;
  }
  const leftRoom = lefts.byteOffset / 4;
  const rightRoom = rights.byteOffset / 4;
  const from = begin + partFrom(count, thread, threads);
  const to = begin + partFrom(count, thread + 1, threads);
  control[dealt + thread] = kernels.deal(codes, from, to, leftRoom + from, rightRoom + from);
  wait();
  let place = at + begin;
  for (let t = 0; t < threads; t++) {
    const start = begin + partFrom(count, t, threads);
    const n = control[dealt + t]!;
    ints.copyWithin(place, leftRoom + start, leftRoom + start + n);
    place += n;
  }
  for (let t = 0; t < threads; t++) {
    const start = begin + partFrom(count, t, threads);
    const n = partFrom(count, t + 1, threads) - partFrom(count, t, threads) - control[dealt + t]!;
    ints.copyWithin(place, rightRoom + start, rightRoom + start + n);
    place += n;
  }
}
