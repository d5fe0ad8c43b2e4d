import { DomainError } from '#core/errors/domain-error.ts';
import type { Matrix } from '../../matrix.ts';
import { categoryBins, missingBin } from '../bins/bins.ts';
import { tableBytes } from '../grow/arena.ts';
import type { SavedTrees } from '../saved.ts';

/** All trees end to end. A child below 0 is the leaf −1 − child; a tree of one leaf has it as its root. */
export interface FlatTrees {
  columns: number;
  roots: Int32Array;
  /** Of each inner node. */
  column: Int32Array;
  cut: Float64Array;
  /** Where its table starts, or −1 for a numeric column. */
  table: Int32Array;
  missingLeft: Uint8Array;
  left: Int32Array;
  right: Int32Array;
  /** 1 where a bin goes left. */
  tables: Uint8Array;
  /** Of each leaf. */
  value: Float64Array;
  /** Weight of training rows below each node, and in each leaf. */
  cover: Float64Array;
  leafCover: Float64Array;
}

export function flatten({ trees, columns }: SavedTrees): FlatTrees {
  const nodes = trees.reduce((sum, tree) => sum + tree.columns.length, 0);
  const leaves = trees.reduce((sum, tree) => sum + tree.values.length, 0);
  const lists = trees.reduce((sum, tree) => sum + tree.lists.filter((list) => list !== null).length, 0);
  const flat: FlatTrees = {
    columns: columns.length,
    roots: new Int32Array(trees.length),
    column: new Int32Array(nodes),
    cut: new Float64Array(nodes),
    table: new Int32Array(nodes).fill(-1),
    missingLeft: new Uint8Array(nodes),
    left: new Int32Array(nodes),
    right: new Int32Array(nodes),
    tables: new Uint8Array(lists * tableBytes),
    value: new Float64Array(leaves),
    cover: new Float64Array(nodes),
    leafCover: new Float64Array(leaves),
  };
  let node = 0;
  let leaf = 0;
  let table = 0;
  trees.forEach((tree, t) => {
    const placed = (child: number) => (child >= 0 ? child + node : child - leaf);
    flat.roots[t] = placed(tree.columns.length > 0 ? 0 : -1);
    flat.value.set(tree.values, leaf);
    flat.leafCover.set(tree.covers, leaf);
    tree.columns.forEach((column, i) => {
      const at = node + i;
      flat.column[at] = column;
      flat.cut[at] = tree.cuts[i] ?? Number.POSITIVE_INFINITY;
      flat.missingLeft[at] = tree.missingLeft[i] ? 1 : 0;
      flat.left[at] = placed(tree.lefts[i]!);
      flat.right[at] = placed(tree.rights[i]!);
      const list = tree.lists[i];
      if (!list) return;
      for (const bin of list) flat.tables[table + bin] = 1;
      flat.tables[table + missingBin] = tree.missingLeft[i] ? 1 : 0;
      flat.table[at] = table;
      table += tableBytes;
    });
    for (let i = tree.columns.length - 1; i >= 0; i--)
      for (const child of [flat.left[node + i]!, flat.right[node + i]!])
        flat.cover[node + i]! += child >= 0 ? flat.cover[child]! : flat.leafCover[-1 - child]!;
    node += tree.columns.length;
    leaf += tree.values.length;
  });
  return flat;
}

/** Reads rows of a matrix into a row-major block: numbers as they are, categories as their bins. */
export type ReadBlock = (first: number, count: number, block: Float64Array) => void;

/** @throws model_column_missing */
export function blockReader({ columns }: SavedTrees, matrix: Matrix): ReadBlock {
  const readers = columns.map((used, place): ReadBlock => {
    const column = matrix.columns.find(({ name, kind }) => name === used.name && kind === used.kind);
    if (!column) throw new DomainError('model_column_missing', { column: used.name });
    if (column.kind === 'numeric')
      return (first, count, block) => {
        for (let i = 0; i < count; i++) block[i * columns.length + place] = column.values[first + i]!;
      };
    const bins = categoryBins(used.kind === 'categorical' ? used.names : [], column.categories);
    return (first, count, block) => {
      for (let i = 0; i < count; i++) {
        const code = column.codes[first + i]!;
        block[i * columns.length + place] = code < 0 ? missingBin : bins[code]!;
      }
    };
  });
  return (first, count, block) => {
    for (const read of readers) read(first, count, block);
  };
}

/** Whether a value goes left at a node. */
export function goesLeft(flat: FlatTrees, node: number, value: number): boolean {
  const table = flat.table[node]!;
  if (table >= 0) return flat.tables[table + value]! === 1;
  return Number.isNaN(value) ? flat.missingLeft[node] === 1 : value <= flat.cut[node]!;
}
