import type { Objective } from '../learner.ts';
import { type ColumnBins, missingBin } from './bins/bins.ts';
import { tableBytes } from './grow/arena.ts';
import type { GrownTree } from './grow/tree.ts';
import { type SavedTree, type SavedTrees, savedFormat } from './saved.ts';

/** A tree in terms of values: cuts instead of bins. */
function saveTree(tree: GrownTree, bins: readonly ColumnBins[]): SavedTree {
  const saved: SavedTree = {
    columns: tree.columns,
    cuts: [],
    lists: [],
    missingLeft: [],
    lefts: tree.lefts,
    rights: tree.rights,
    values: tree.values,
    covers: tree.covers,
  };
  tree.columns.forEach((column, node) => {
    const table = tree.tables.subarray(node * tableBytes, (node + 1) * tableBytes);
    const of = bins[column]!;
    saved.missingLeft.push(table[missingBin] === 1);
    saved.cuts.push(of.kind === 'numeric' ? (of.cuts[tree.lastLefts[node]! - 1] ?? null) : null);
    saved.lists.push(
      of.kind === 'numeric' ? null : Array.from(table.keys()).filter((bin) => bin > 0 && table[bin] === 1),
    );
  });
  return saved;
}

/** What was grown, ready to be kept; columns no tree splits on are left out. */
export function saveTrees(
  objective: Objective,
  base: number,
  bins: readonly ColumnBins[],
  trees: readonly GrownTree[],
): SavedTrees {
  const used = [...new Set(trees.flatMap(({ columns }) => columns))].sort((a, b) => a - b);
  const place = new Map(used.map((column, i) => [column, i]));
  const gains = new Array<number>(used.length).fill(0);
  for (const tree of trees)
    tree.columns.forEach((column, node) => {
      gains[place.get(column)!]! += tree.gains[node]!;
    });
  return {
    format: savedFormat,
    objective,
    base,
    columns: used.map((column) => {
      const of = bins[column]!;
      return of.kind === 'numeric'
        ? { kind: of.kind, name: of.name }
        : { kind: of.kind, name: of.name, names: [...of.names] };
    }),
    gains,
    trees: trees.map((tree) => {
      const saved = saveTree(tree, bins);
      return { ...saved, columns: saved.columns.map((column) => place.get(column)!) };
    }),
  };
}
