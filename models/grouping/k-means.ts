import { kmeans } from 'ml-kmeans';

/** Values of one measure for each row; NaN is missing. */
export type Values = Float64Array;

export interface Scale {
  mean: number;
  deviation: number;
}

export interface Centres {
  scales: Scale[];
  /** In deviations from the mean, largest group first. */
  centres: number[][];
  /** Mean silhouette of rows drawn evenly; null where there is one group. */
  silhouette: number | null;
  /** Adjusted Rand index of the groups that two halves of the rows give; null where a half cannot be grouped. */
  stability: number | null;
}

const starts = 3;
const silhouetteRows = 600;

const rounded = (value: number, digits: number): number => Number(value.toPrecision(digits));

/** Mean and deviation of the known values, in six digits; a deviation of 0 means that nothing varies. */
export function scaleOf(values: Values): Scale {
  let n = 0;
  let sum = 0;
  for (const value of values)
    if (!Number.isNaN(value)) {
      n += 1;
      sum += value;
    }
  const mean = n > 0 ? sum / n : 0;
  let squares = 0;
  for (const value of values) if (!Number.isNaN(value)) squares += (value - mean) ** 2;
  return {
    mean: rounded(mean, 6),
    deviation: n > 1 ? rounded(Math.sqrt(squares / (n - 1)), 6) : 0,
  };
}

const squaredDistance = (a: readonly number[], b: readonly number[]): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += ((a[i] ?? 0) - (b[i] ?? 0)) ** 2;
  return sum;
};

const closest = (point: readonly number[], centres: readonly (readonly number[])[]): number => {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (const [i, centre] of centres.entries()) {
    const away = squaredDistance(point, centre);
    if (away < least) [best, least] = [i, away];
  }
  return best;
};

/** The best of a few starts (k-means++, Arthur and Vassilvitskii 2007) by the squares within groups; empty groups go. */
function fitCentres(points: number[][], groups: number, seed: number): number[][] {
  let best: number[][] = [];
  let least = Number.POSITIVE_INFINITY;
  for (let start = 0; start < starts; start++) {
    const { centroids } = kmeans(points, groups, { seed: seed + start + 1, maxIterations: 60 });
    const found = centroids.map((centre) => centre.map((value) => Math.round(value * 1e4) / 1e4));
    const within = points.reduce(
      (sum, point) => sum + squaredDistance(point, found[closest(point, found)] ?? []),
      0,
    );
    if (within < least) [best, least] = [found, within];
  }
  const sizes = best.map(() => 0);
  for (const point of points) sizes[closest(point, best)]! += 1;
  return best
    .map((centre, i) => ({ centre, size: sizes[i] ?? 0 }))
    .filter(({ size }) => size > 0)
    .sort((a, b) => b.size - a.size)
    .map(({ centre }) => centre);
}

/** Mean silhouette (Rousseeuw 1987) of the points given. */
export function silhouetteOf(points: readonly number[][], group: readonly number[]): number | null {
  const groups = [...new Set(group)];
  if (groups.length < 2) return null;
  let sum = 0;
  for (const [i, point] of points.entries()) {
    const away = new Map(groups.map((g) => [g, { sum: 0, n: 0 }]));
    for (const [j, other] of points.entries()) {
      if (i === j) continue;
      const to = away.get(group[j] ?? -1);
      if (to) {
        to.sum += Math.sqrt(squaredDistance(point, other));
        to.n += 1;
      }
    }
    const own = away.get(group[i] ?? -1);
    if (!own || own.n === 0) continue;
    const inside = own.sum / own.n;
    const outside = Math.min(
      ...groups.flatMap((g) => {
        const to = away.get(g);
        return g === group[i] || !to || to.n === 0 ? [] : [to.sum / to.n];
      }),
    );
    const widest = Math.max(inside, outside);
    if (widest > 0) sum += (outside - inside) / widest;
  }
  return sum / points.length;
}

const pairs = (n: number): number => (n * (n - 1)) / 2;

/** Adjusted Rand index of two groupings of the same rows (Hubert and Arabie 1985): 1 the same, about 0 by chance. */
export function adjustedRand(one: readonly number[], other: readonly number[]): number {
  const cells = new Map<string, number>();
  const [rows, columns] = [new Map<number, number>(), new Map<number, number>()];
  const add = <K>(map: Map<K, number>, key: K) => map.set(key, (map.get(key) ?? 0) + 1);
  for (const [i, a] of one.entries()) {
    const b = other[i] ?? -1;
    add(cells, `${a} ${b}`);
    add(rows, a);
    add(columns, b);
  }
  const total = (map: Map<unknown, number>) => [...map.values()].reduce((sum, n) => sum + pairs(n), 0);
  const [both, a, b] = [total(cells), total(rows), total(columns)];
  const chance = (a * b) / pairs(one.length);
  const most = (a + b) / 2;
  return most === chance ? 1 : (both - chance) / (most - chance);
}

function stabilityOf(points: number[][], groups: number, seed: number): number | null {
  const half = (odd: number) => points.filter((_, i) => i % 2 === odd);
  if (points.length < 4 * groups) return null;
  const [one, other] = [fitCentres(half(0), groups, seed), fitCentres(half(1), groups, seed)];
  return adjustedRand(
    points.map((point) => closest(point, one)),
    points.map((point) => closest(point, other)),
  );
}

/**
 * Groups rows by how close they lie in standardised measures. What is missing lies at the mean, as in the condition that
 * the centres become. Equal rows in equal order with an equal seed give equal centres.
 *
 * @param measures each with a deviation above 0
 */
export function groupRows(measures: readonly Values[], groups: number, seed: number): Centres {
  const scales = measures.map(scaleOf);
  const rows = measures[0]?.length ?? 0;
  const points = Array.from({ length: rows }, (_, row) =>
    measures.map((values, i) => {
      const value = values[row] ?? Number.NaN;
      const { mean, deviation } = scales[i] ?? { mean: 0, deviation: 1 };
      return Number.isNaN(value) ? 0 : (value - mean) / deviation;
    }),
  );
  const centres = fitCentres(points, groups, seed);
  const step = Math.max(1, Math.floor(points.length / silhouetteRows));
  const drawn = points.filter((_, i) => i % step === 0).slice(0, silhouetteRows);
  return {
    scales,
    centres,
    silhouette: silhouetteOf(
      drawn,
      drawn.map((point) => closest(point, centres)),
    ),
    stability: stabilityOf(points, groups, seed),
  };
}
