import { mergeHistograms } from '#core/experiment/evidence/histogram.ts';
import { mergeMoments } from '#core/experiment/evidence/moments.ts';
import type {
  Counts,
  Evidence,
  EvidenceKind,
  Histogram,
  Moments,
  Replicates,
  Strata,
} from '#core/experiment/statistic.ts';
import { seededRandom } from '#models/maths/random.ts';

/** One person of a made-up trial. */
export interface Unit {
  event: boolean;
  y: number;
  /** Denominator of a ratio. */
  d: number;
  /** Known before. */
  x: readonly number[];
  stratum: number;
  cluster: number;
}

/** Which columns evidence has. */
export interface Shape {
  ratio: boolean;
  covariates: number;
  strata: number;
  draws: number;
}

export const plain: Shape = { ratio: false, covariates: 1, strata: 3, draws: 99 };

/** Sums of rows of numbers, and of their products, the upper triangle. */
export function momentsOf(rows: readonly (readonly number[])[], columns: number, ratio: boolean): Moments {
  const sums = new Array<number>(columns).fill(0);
  const products = new Array<number>((columns * (columns + 1)) / 2).fill(0);
  for (const row of rows) {
    let at = 0;
    for (let i = 0; i < columns; i++) {
      sums[i]! += row[i]!;
      for (let j = i; j < columns; j++) products[at++]! += row[i]! * row[j]!;
    }
  }
  return { n: rows.length, sums, products, ratio };
}

const rowOf = ({ y, d, x }: Unit, { ratio, covariates }: Shape): number[] => [
  y,
  ...(ratio ? [d] : []),
  ...x.slice(0, covariates),
];
const width = ({ ratio, covariates }: Shape): number => 1 + (ratio ? 1 : 0) + covariates;

const moments = (units: readonly Unit[], shape: Shape): Moments =>
  momentsOf(
    units.map((unit) => rowOf(unit, shape)),
    width(shape),
    shape.ratio,
  );

function histogram(units: readonly Unit[]): Histogram {
  const counts = new Map<number, number>();
  for (const { y } of units) counts.set(y, (counts.get(y) ?? 0) + 1);
  return {
    n: units.length,
    values: [...counts].sort(([a], [b]) => a - b).map(([value, count]) => ({ value, count })),
  };
}

function clusters(units: readonly Unit[], { covariates }: Shape): Moments {
  const totals = new Map<number, number[]>();
  for (const unit of units) {
    const total = totals.get(unit.cluster) ?? new Array<number>(2 + covariates).fill(0);
    [unit.y, 1, ...unit.x.slice(0, covariates)].forEach((value, i) => {
      total[i]! += value;
    });
    totals.set(unit.cluster, total);
  }
  return momentsOf([...totals.values()], 2 + covariates, true);
}

const strata = (units: readonly Unit[], shape: Shape): Strata =>
  Array.from({ length: shape.strata }, (_, k) => ({
    stratum: String(k),
    moments: moments(
      units.filter(({ stratum }) => stratum === k),
      shape,
    ),
  }));

/** A Poisson number of mean 1 by inversion. */
function weight(uniform: number): number {
  let [k, chance] = [0, Math.exp(-1)];
  let upto = chance;
  while (uniform > upto && k < 20) {
    k++;
    chance /= k;
    upto += chance;
  }
  return k;
}

function replicates(units: readonly Unit[], shape: Shape, random: () => number): Replicates {
  const columns = shape.ratio ? 2 : 1;
  const draws = Array.from({ length: shape.draws }, () => ({
    n: 0,
    sums: new Array<number>(columns).fill(0),
  }));
  for (const { y, d } of units)
    for (const draw of draws) {
      const times = weight(random());
      if (times === 0) continue;
      draw.n += times;
      draw.sums[0]! += times * y;
      if (shape.ratio) draw.sums[1]! += times * d;
    }
  return { moments: moments(units, { ...shape, covariates: 0 }), draws };
}

/** Evidence of one arm from its people. */
export function evidenceOf<Kind extends EvidenceKind>(
  kind: Kind,
  units: readonly Unit[],
  shape: Shape,
  random: () => number = seededRandom(1),
): Evidence[Kind] {
  const makers: { [K in EvidenceKind]: () => Evidence[K] } = {
    counts: () => ({ n: units.length, events: units.filter(({ event }) => event).length }),
    moments: () => moments(units, shape),
    histogram: () => histogram(units),
    clusters: () => clusters(units, shape),
    strata: () => strata(units, shape),
    replicates: () => replicates(units, shape, random),
    rows: () => ({ values: Float64Array.from(units, ({ y }) => y) }),
  };
  return makers[kind]();
}

/** Evidence of two parts of an arm as that of the whole. */
export function mergeEvidence<Kind extends EvidenceKind>(
  kind: Kind,
  one: Evidence[Kind],
  other: Evidence[Kind],
): Evidence[Kind] {
  const mergers: { [K in EvidenceKind]: (a: Evidence[K], b: Evidence[K]) => Evidence[K] } = {
    counts: (a: Counts, b: Counts) => ({ n: a.n + b.n, events: a.events + b.events }),
    moments: (a, b) => mergeMoments([a, b]),
    histogram: (a, b) => mergeHistograms([a, b]),
    clusters: (a, b) => mergeMoments([a, b]),
    strata: (a, b) =>
      a.map(({ stratum, moments: part }, k) => ({ stratum, moments: mergeMoments([part, b[k]!.moments]) })),
    replicates: (a, b) => ({
      moments: mergeMoments([a.moments, b.moments]),
      draws: a.draws.map((draw, i) => ({
        n: draw.n + b.draws[i]!.n,
        sums: draw.sums.map((sum, k) => sum + b.draws[i]!.sums[k]!),
      })),
    }),
    rows: (a, b) => ({ values: Float64Array.of(...a.values, ...b.values) }),
  };
  return mergers[kind](one, other);
}
