import { shuffled } from '../maths/random.ts';
import type { Matrix } from '../matrix.ts';

export interface Round {
  /** Rows of the matrix fitted on. */
  fit: Int32Array;
  /** Places in `Inner.rows` of the rows held out. */
  held: Int32Array;
}

export interface Inner {
  kind: 'grouped' | 'grouped_time_ordered';
  rounds: Round[];
  /** Rows held out once each, ascending: those that get a probability from a fit that saw neither them nor later. */
  rows: Int32Array;
  /** The fold of customers of each of `rows`. */
  fold: Int32Array;
}

/** Folds of customers: on one date, and at each of one or of two later blocks of dates. */
const foldsBy = { grouped: 5, oneBlock: 5, twoBlocks: 3 } as const;
/** Rows of each class a round needs to be fitted on. */
const leastOfClass = 10;

/** Days that are held out together, and the first of them. */
function blocksOf(days: readonly number[]): number[][] {
  const half = Math.ceil(days.length / 2);
  const later = days.slice(half);
  if (days.length < 4) return [later];
  const middle = Math.ceil(later.length / 2);
  return [later.slice(0, middle), later.slice(middle)];
}

/**
 * How training rows are held out in turn. On one date: five folds of customers. On several: an expanding window by
 * folds of customers – the first half of the dates is only ever fitted on; the rest is held out in one block (two from
 * four dates on), each by customers (five folds, or three), and what predicts a row was fitted on other customers and
 * on dates whose outcome was known when its block began. Where too little comes before, folds of customers alone.
 */
export function innerFolds(
  matrix: Matrix,
  train: Int32Array,
  labelEnd: ReadonlyMap<number, number>,
  random: () => number,
): Inner {
  const days = [...new Set(Array.from(train, (row) => matrix.day[row]!))].sort((a, b) => a - b);
  const blocks = days.length > 1 ? blocksOf(days) : [];
  const folds = blocks.length === 2 ? foldsBy.twoBlocks : foldsBy.oneBlock;
  const fold = dealFolds(matrix, train, folds, random);
  if (blocks.length > 0) {
    const ordered = timeOrdered(matrix, train, fold, { blocks, folds, labelEnd });
    if (ordered.rounds.every(({ fit }) => hasBoth(matrix, fit))) return ordered;
  }
  const dealt = folds === foldsBy.grouped ? fold : dealFolds(matrix, train, foldsBy.grouped, random);
  const every = Int32Array.from(train.keys());
  const rounds = Array.from({ length: foldsBy.grouped }, (_, k) => ({
    fit: train.filter((_, i) => dealt[i] !== k),
    held: every.filter((i) => dealt[i] === k),
  }));
  return { kind: 'grouped', rounds: rounds.filter(({ held }) => held.length > 0), rows: train, fold: dealt };
}

function timeOrdered(
  matrix: Matrix,
  train: Int32Array,
  fold: Int32Array,
  by: { blocks: readonly number[][]; folds: number; labelEnd: ReadonlyMap<number, number> },
): Inner {
  const blockOf = new Map(by.blocks.flatMap((days, block) => days.map((day) => [day, block] as const)));
  const places = Int32Array.from(train.keys()).filter((i) => blockOf.has(matrix.day[train[i]!]!));
  const rows = places.map((i) => train[i]!);
  const foldOfRow = places.map((i) => fold[i]!);
  const every = Int32Array.from(rows.keys());
  const rounds: Round[] = [];
  by.blocks.forEach((days, block) => {
    const start = days[0]!;
    const before = (day: number) => day < start && (by.labelEnd.get(day) ?? day) <= start;
    for (let k = 0; k < by.folds; k++) {
      const held = every.filter((i) => foldOfRow[i] === k && blockOf.get(matrix.day[rows[i]!]!) === block);
      if (held.length === 0) continue;
      rounds.push({ fit: train.filter((row, i) => fold[i] !== k && before(matrix.day[row]!)), held });
    }
  });
  return { kind: 'grouped_time_ordered', rounds, rows, fold: foldOfRow };
}

function hasBoth(matrix: Matrix, rows: Int32Array): boolean {
  let events = 0;
  let others = 0;
  for (const row of rows) {
    if (matrix.weights?.[row] === 0) continue;
    events += matrix.target![row]!;
    others += 1 - matrix.target![row]!;
  }
  return events >= leastOfClass && others >= leastOfClass;
}

/** Groups into folds, those with an event dealt out apart from those without, in an order drawn from `random`. */
function dealFolds(matrix: Matrix, rows: Int32Array, folds: number, random: () => number): Int32Array {
  const hasEvent = new Map<number, boolean>();
  for (const row of rows) {
    const group = matrix.groups[row]!;
    const event = matrix.target?.[row] === 1 && matrix.weights?.[row] !== 0;
    hasEvent.set(group, hasEvent.get(group) === true || event);
  }
  const foldOf = new Map<number, number>();
  let next = 0;
  for (const wanted of [true, false]) {
    const groups = [...hasEvent].filter(([, event]) => event === wanted).map(([group]) => group);
    groups.sort((a, b) => a - b);
    for (const place of shuffled(groups.length, random)) foldOf.set(groups[place]!, next++ % folds);
  }
  return Int32Array.from(rows, (row) => foldOf.get(matrix.groups[row]!)!);
}
