import { partFrom } from './arena.ts';
import { goesOn, listedRows } from './team.ts';
import { Grower, type GrownTree, leafOf } from './tree.ts';
import type { Worker } from './worker.ts';

/** What the leading thread does beside growing: says before each tree whether there is one, and takes it after. */
export interface Lead {
  /** Draws rows and columns of the next tree; false: there is none. */
  next(): boolean;
  take(tree: GrownTree): void;
}

/** Grows tree after tree until the leading thread ends it. */
export function runRounds(worker: Worker, lead: Lead | null): void {
  const { arena, thread, wait } = worker;
  const { control, scores, shape } = arena;
  const { rows, held, threads } = shape;
  const grower = new Grower(worker);
  for (;;) {
    if (lead) control[goesOn] = lead.next() ? 1 : 0;
    wait();
    if (control[goesOn] === 0) return;
    const all = control[listedRows]! < 0;
    const tree = grower.grow();
    const from = partFrom(rows, thread, threads);
    const to = partFrom(rows, thread + 1, threads);
    if (all) grower.addByLeaf(tree, from, to);
    else for (let row = from; row < to; row++) scores[row]! += tree.values[leafOf(arena, tree, row)]!;
    if (held > 0) {
      loseHeld(worker, tree);
      wait();
    }
    lead?.take(tree);
  }
}

/** Scores of this thread's part of the rows held aside, and their losses. */
function loseHeld({ arena, rules, thread }: Worker, tree: GrownTree): void {
  const { scores, target, weights, losses, shape } = arena;
  const { rows, held, threads } = shape;
  const to = partFrom(held, thread + 1, threads);
  for (let i = partFrom(held, thread, threads); i < to; i++) {
    const row = rows + i;
    const score = scores[row]! + tree.values[leafOf(arena, tree, row)]!;
    const y = target[row]!;
    scores[row] = score;
    losses[i] =
      weights[row]! *
      (rules.squared
        ? (score - y) ** 2
        : Math.max(score, 0) - score * y + Math.log1p(Math.exp(-Math.abs(score))));
  }
}
