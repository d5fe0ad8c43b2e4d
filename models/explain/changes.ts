import type { Change, Changes } from '#core/contract/models/explaining.ts';
import type { Matrix, MatrixColumn, NumericColumn } from '../matrix.ts';

export interface ChangeTask {
  /** The person's row alone. */
  row: Matrix;
  /** Rows whose values may be taken on: what others of the population have. */
  observed: Matrix;
  /** Columns still in somebody's hands. */
  changeable: readonly string[];
  cutOff: number;
  predict(matrix: Matrix): Float64Array;
}

interface Option {
  column: string;
  from: number | null;
  to: number;
  /** Share of the population between the value and the new one. */
  distance: number;
}

const valuesPerColumn = 20;
const pairedColumns = 10;
const shownPairs = 5;
const batchRows = 4096;

const numericOf = (matrix: Matrix, name: string): NumericColumn | undefined => {
  const column = matrix.columns.find((one) => one.name === name);
  return column?.kind === 'numeric' ? column : undefined;
};

/** Values the population has, at even steps of its ranks, nearest to the person's first. */
function optionsOf({ row, observed }: ChangeTask, name: string): Option[] {
  const own = numericOf(row, name)?.values[0];
  const sorted = numericOf(observed, name)
    ?.values.filter((value) => !Number.isNaN(value))
    .sort();
  if (own === undefined || !sorted?.length) return [];
  const rank = (value: number): number => {
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sorted[middle]! < value) low = middle + 1;
      else high = middle;
    }
    return low / sorted.length;
  };
  const picked = Array.from(
    { length: valuesPerColumn },
    (_, k) => sorted[Math.round((k * (sorted.length - 1)) / (valuesPerColumn - 1))]!,
  );
  const missing = Number.isNaN(own);
  return [...new Set(picked)]
    .filter((value) => value !== own)
    .map((to) => ({
      column: name,
      from: missing ? null : own,
      to,
      distance: missing ? 1 : Math.abs(rank(to) - rank(own)),
    }))
    .sort((a, b) => a.distance - b.distance || a.to - b.to);
}

/** The person's row repeated, each copy with the changes of one trial. */
function changed(row: Matrix, trials: readonly (readonly Option[])[]): Matrix {
  const rows = trials.length;
  const columns = row.columns.map((column): MatrixColumn => {
    if (column.kind === 'categorical')
      return { ...column, codes: new Int32Array(rows).fill(column.codes[0]!) };
    const values = new Float64Array(rows).fill(column.values[0]!);
    trials.forEach((options, i) => {
      for (const { column: name, to } of options) if (name === column.name) values[i] = to;
    });
    return { ...column, values };
  });
  return { rows, columns, groups: new Int32Array(rows), day: new Int32Array(rows).fill(row.day[0]!) };
}

function predictAll(task: ChangeTask, trials: readonly (readonly Option[])[]): Float64Array {
  const found = new Float64Array(trials.length);
  for (let at = 0; at < trials.length; at += batchRows)
    found.set(task.predict(changed(task.row, trials.slice(at, at + batchRows))), at);
  return found;
}

const distanceOf = (options: readonly Option[]): number =>
  options.reduce((sum, { distance }) => sum + distance, 0);

const asChange = (options: readonly Option[], probability: number): Change => ({
  columns: options.map(({ column, from, to }) => ({ name: column, from, to })),
  distance: distanceOf(options),
  probability,
});

/**
 * The smallest changes that take a row's probability across a cut-off, one column at a time and two at a time, searched
 * over values that the population has (twenty ranks of each column) with all other columns left as they are. Small is
 * told by ranks: the share of the population between the value and the new one, added up over two columns; a missing
 * value counts as all of it. Pairs are tried among the ten columns that move the probability most, and shown where
 * neither of their changes is enough alone.
 */
export function findChanges(task: ChangeTask): Omit<Changes, 'columns'> {
  const probability = task.predict(task.row)[0]!;
  const above = probability >= task.cutOff;
  const crosses = (p: number): boolean => p >= task.cutOff !== above;
  const nearer = (p: number, than: number): boolean => (above ? p < than : p > than);
  const options = task.changeable.map((name) => optionsOf(task, name)).filter((list) => list.length > 0);
  const flat = options.flat();
  const single = predictAll(
    task,
    flat.map((option) => [option]),
  );
  let nearest = probability;
  const singles = new Map<string, Change>();
  const moves = new Map<string, number>();
  flat.forEach((option, i) => {
    const p = single[i]!;
    if (nearer(p, nearest)) nearest = p;
    moves.set(
      option.column,
      Math.max(moves.get(option.column) ?? 0, above ? probability - p : p - probability),
    );
    const known = singles.get(option.column);
    if (crosses(p) && (!known || option.distance < known.distance))
      singles.set(option.column, asChange([option], p));
  });
  const enough = new Set(flat.filter((_, i) => crosses(single[i]!)));
  const paired = [...moves]
    .filter(([, move]) => move > 0)
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .slice(0, pairedColumns)
    .map(([name]) => flat.filter((option) => option.column === name && !enough.has(option)));
  const trials = paired.flatMap((first, i) =>
    paired.slice(i + 1).flatMap((second) => first.flatMap((a) => second.map((b) => [a, b] as const))),
  );
  const double = predictAll(task, trials);
  const pairs = new Map<string, Change>();
  trials.forEach((pair, i) => {
    const p = double[i]!;
    if (nearer(p, nearest)) nearest = p;
    if (!crosses(p)) return;
    const key = pair.map(({ column }) => column).join('\n');
    const known = pairs.get(key);
    if (!known || distanceOf(pair) < known.distance) pairs.set(key, asChange(pair, p));
  });
  const smallest = (changes: Iterable<Change>) =>
    [...changes].sort(
      (a, b) => a.distance - b.distance || (a.columns[0]!.name < b.columns[0]!.name ? -1 : 1),
    );
  return {
    probability,
    cutOff: task.cutOff,
    above,
    tried: flat.length + trials.length,
    singles: smallest(singles.values()),
    pairs: smallest(pairs.values()).slice(0, shownPairs),
    nearest,
  };
}
