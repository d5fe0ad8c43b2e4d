import type { Arena } from './arena.ts';
import type { BoostTask } from './boost.ts';
import type { Lead } from './rounds.ts';
import { listedRows } from './team.ts';
import type { GrownTree } from './tree.ts';

/** Draws the columns the next tree may use, one at least. */
function chooseColumns({ allowed, shape }: Arena, share: number, random: () => number): void {
  if (share >= 1) return;
  let left = Math.max(1, Math.round(share * shape.columns));
  for (let column = 0; column < shape.columns; column++) {
    const taken = random() * (shape.columns - column) < left;
    allowed[column] = taken ? 1 : 0;
    if (taken) left--;
  }
}

/** Lists the rows the next tree grows on; −1: all. */
function chooseRows({ listed, shape }: Arena, share: number, random: () => number): number {
  if (share >= 1) return -1;
  const wanted = Math.max(1, Math.round(share * shape.rows));
  let chosen = 0;
  for (let row = 0; row < shape.rows; row++)
    if (random() * (shape.rows - row) < wanted - chosen) listed[chosen++] = row;
  return chosen;
}

/** Mean loss on the rows held aside, added up in their order. */
function heldLoss({ losses, weights, shape }: Arena): number {
  let sum = 0;
  let weight = 0;
  for (let i = 0; i < shape.held; i++) {
    sum += losses[i]!;
    weight += weights[shape.rows + i]!;
  }
  return sum / weight;
}

/** Counts rounds, tells how far it is, and stops where the rows held aside gain no more. */
export function lead(
  arena: Arena,
  { options, rounds, random, checkCancelled, onProgress }: BoostTask,
): Lead & { grown(): { trees: GrownTree[]; best: number } } {
  const { shape, control } = arena;
  const sampled = options.rowShare < 1 || options.columnShare < 1;
  const trees: GrownTree[] = [];
  let least = Number.POSITIVE_INFINITY;
  let best = 0;
  let over = false;
  return {
    next() {
      checkCancelled();
      if (over || trees.length === rounds) return false;
      chooseColumns(arena, options.columnShare, random);
      control[listedRows] = chooseRows(arena, options.rowShare, random);
      return true;
    },
    take(tree) {
      trees.push(tree);
      const loss = shape.held > 0 ? heldLoss(arena) : Number.NaN;
      if (loss < least) {
        least = loss;
        best = trees.length;
      }
      const learnt = tree.columns.length > 0 || sampled;
      over = !learnt || (!Number.isNaN(loss) && trees.length - best >= options.patience);
      const note = `${trees.length}/${rounds}`;
      onProgress({
        done: trees.length / rounds,
        note: Number.isNaN(loss) ? note : `${note} · ${loss.toFixed(5)}`,
      });
    },
    grown: () => ({ trees, best: best > 0 ? best : trees.length }),
  };
}
