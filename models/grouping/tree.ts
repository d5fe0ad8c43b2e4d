import { seededRandom } from '../maths/random.ts';
import { fitTrees } from '../trees/fit.ts';
import { treeOptions } from '../trees/options.ts';
import { savedTrees } from '../trees/saved.ts';
import type { Values } from './k-means.ts';

/** What a group of a tree asks of one measure. Known values lie from `from` and under `to`. */
export interface Limit {
  measure: number;
  from: number | null;
  to: number | null;
  /** Whether known values, and missing ones, belong. */
  known: boolean;
  missing: boolean;
}

export interface TreeGroups {
  /** Measures that play no part are not named. */
  groups: Limit[][];
  /** Share of the target's variance between the groups. */
  explained: number | null;
}

/** The shortest decimal above one number and up to another. */
export function plainBetween(above: number, upTo: number): number {
  for (let digits = 1; digits <= 17; digits++) {
    for (const candidate of [upTo, (above + upTo) / 2]) {
      const value = Number(candidate.toPrecision(digits));
      if (value > above && value <= upTo) return value;
    }
  }
  return upTo;
}

const rest = (measure: number): Limit => ({ measure, from: null, to: null, known: true, missing: true });

/**
 * A tree of few leaves that tells a target apart, one of the learner's grown whole (one round, step 1), each leaf as limits
 * on the measures. Cuts are moved within the gap of the data they fall in, to a number that can be said.
 *
 * @param target no missing values
 */
export async function treeGroups(
  measures: readonly Values[],
  target: Values,
  groups: number,
): Promise<TreeGroups> {
  const rows = target.length;
  const columns = measures.map((values, i) => ({ name: String(i), kind: 'numeric' as const, values }));
  const fitted = await fitTrees({
    matrix: {
      rows,
      columns,
      target,
      groups: Int32Array.from({ length: rows }, (_, i) => i),
      day: new Int32Array(rows),
    },
    objective: 'squared',
    options: treeOptions.parse({
      rounds: 1,
      learningRate: 1,
      leaves: groups,
      minRows: Math.max(20, Math.floor(rows * 0.03)),
      l2: 0,
      patience: 0,
    }),
    random: seededRandom(1),
    onProgress: () => {},
    checkCancelled: () => {},
  });
  const saved = savedTrees.parse(fitted.save());
  const tree = saved.trees[0];
  if (!tree || tree.columns.length === 0) return { groups: [], explained: null };
  const cutOf = (node: number): number | null => {
    const cut = tree.cuts[node] ?? null;
    if (cut === null) return null;
    const values = measures[tree.columns[node] ?? 0] ?? new Float64Array();
    let [above, upTo] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
    for (const value of values) {
      if (value <= cut && value > above) above = value;
      if (value > cut && value < upTo) upTo = value;
    }
    return Number.isFinite(above) && Number.isFinite(upTo) ? plainBetween(above, upTo) : cut;
  };
  const found: { limits: Limit[]; leaf: number }[] = [];
  const walk = (child: number, limits: ReadonlyMap<number, Limit>): void => {
    if (child < 0) {
      found.push({ limits: [...limits.values()], leaf: -1 - child });
      return;
    }
    const measure = saved.columns[tree.columns[child] ?? 0]?.name ?? '0';
    const at = Number(measure);
    const own = limits.get(at) ?? rest(at);
    const cut = cutOf(child);
    const missingLeft = tree.missingLeft[child] ?? false;
    const narrowed = (left: boolean): Limit => ({
      ...own,
      to: left && cut !== null ? Math.min(own.to ?? Number.POSITIVE_INFINITY, cut) : own.to,
      from: !left && cut !== null ? Math.max(own.from ?? Number.NEGATIVE_INFINITY, cut) : own.from,
      known: own.known && (cut !== null || left),
      missing: own.missing && missingLeft === left,
    });
    walk(tree.lefts[child] ?? -1, new Map([...limits, [at, narrowed(true)]]));
    walk(tree.rights[child] ?? -1, new Map([...limits, [at, narrowed(false)]]));
  };
  walk(0, new Map());
  const predicted = fitted.predict({
    rows,
    columns,
    groups: new Int32Array(rows),
    day: new Int32Array(rows),
  });
  const mean = target.reduce((sum, value) => sum + value, 0) / rows;
  let [total, left] = [0, 0];
  for (const [i, value] of target.entries()) {
    total += (value - mean) ** 2;
    left += (value - (predicted[i] ?? mean)) ** 2;
  }
  return { groups: found.map(({ limits }) => limits), explained: total > 0 ? 1 - left / total : null };
}
