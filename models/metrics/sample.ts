/** What a figure is of: rows seen, how much each counts, and which are of one person. */
export interface Counting {
  /** Not below zero, finite; absent: every row counts one. */
  weights?: Float64Array | undefined;
  /** Equal numbers are rows of one customer, who are not independent; absent: every row stands alone. */
  groups?: Int32Array | undefined;
}

export const weightOf = (weights: Float64Array | undefined, row: number): number =>
  weights ? weights[row]! : 1;

/** Sum of the values of all rows, each times its weight. */
export function weightedSum(values: Float64Array, weights?: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]! * weightOf(weights, i);
  return sum;
}

/** Sum of the weights of `rows` rows. */
export function totalWeight(rows: number, weights?: Float64Array): number {
  if (!weights) return rows;
  let sum = 0;
  for (let i = 0; i < rows; i++) sum += weights[i]!;
  return sum;
}

export interface Clusters {
  /** The cluster of each row, numbered from 0; of a row that counts nothing it means nothing. */
  of: Int32Array;
  count: number;
}

/** Groups of rows that count, numbered from 0 in the order they first appear; without groups, every row is its own. */
export function clustersOf(rows: number, { groups, weights }: Counting): Clusters {
  const seen = new Map<number, number>();
  const of = new Int32Array(rows);
  let count = 0;
  for (let i = 0; i < rows; i++) {
    if (weights?.[i] === 0) continue;
    const known = groups ? seen.get(groups[i]!) : undefined;
    of[i] = known ?? count;
    if (known !== undefined) continue;
    if (groups) seen.set(groups[i]!, count);
    count++;
  }
  return { of, count };
}

/** The sum of `values` over the rows of each cluster. */
export function clusterSums(values: Float64Array, { of, count }: Clusters): Float64Array {
  const sums = new Float64Array(count);
  for (let i = 0; i < values.length; i++) sums[of[i]!]! += values[i]!;
  return sums;
}
