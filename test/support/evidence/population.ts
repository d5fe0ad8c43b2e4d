import { normalCdf, normalQuantile } from '#core/stats/distributions/normal.ts';
import { findRoot } from '#core/stats/find-root.ts';
import type { Unit } from './units.ts';

/** A made-up population in which every truth is known exactly. */
export interface Population {
  /** Share with the event in the middle stratum, and by how much it is higher in the arm. */
  rate: number;
  rateEffect: number;
  /** Share of people who pay anything; what they pay is lognormal. */
  payers: number;
  spread: number;
  /** What the arm pays over what control pays, less 1. */
  lift: number;
  /** Payments above count as this; 0: as they are. */
  cap: number;
  /** Correlation of the logarithms of cash and the covariate. */
  known: number;
  /** Cash and events by stratum over the middle one's. */
  strata: readonly number[];
  /** Mean people in a cluster, 1 or more, and the standard deviation of clusters' own logarithm. */
  clusterSize: number;
  clusterSpread: number;
}

export const population: Population = {
  rate: 0.3,
  rateEffect: 0.05,
  payers: 0.5,
  spread: 0.8,
  lift: 0.2,
  cap: 0,
  known: 0.7,
  strata: [0.6, 1, 1.4],
  clusterSize: 1,
  clusterSpread: 0,
};

/** Standard normal numbers, two from two uniform ones (Box and Muller). */
export function normals(random: () => number): () => number {
  let spare: number | null = null;
  return () => {
    if (spare !== null) {
      const value = spare;
      spare = null;
      return value;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - random()));
    const angle = 2 * Math.PI * random();
    spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  };
}

const ratioOfCash = 0.4;
const dueSpread = 0.5;

/** People of one arm; at least `n` of them, clusters being whole. */
export function draw(of: Population, n: number, inArm: boolean, random: () => number): Unit[] {
  const normal = normals(random);
  const units: Unit[] = [];
  const lift = inArm ? 1 + of.lift : 1;
  for (let cluster = 0; units.length < n; cluster++) {
    const size = of.clusterSize === 1 ? 1 : 1 + Math.floor(random() * (2 * of.clusterSize - 1));
    const shift = of.clusterSpread > 0 ? of.clusterSpread * normal() : 0;
    for (let i = 0; i < size; i++) {
      const stratum = Math.floor(random() * of.strata.length);
      const factor = of.strata[stratum]!;
      const x = normal();
      const z = of.known * x + Math.sqrt(1 - of.known ** 2) * normal();
      const cash = Math.exp(shift + of.spread * z) * factor * lift;
      const due = Math.exp(dueSpread * normal());
      units.push({
        event: random() < of.rate * factor + (inArm ? of.rateEffect : 0),
        y: random() >= of.payers ? 0 : of.cap > 0 ? Math.min(of.cap, cash) : cash,
        d: due,
        x: [Math.exp(of.spread * x) * factor, normal()],
        stratum,
        cluster,
      });
    }
  }
  return units;
}

/** The same people with cash a share of what was due, for ratios: cash over what is due stays as it was. */
export const asShareOfDue = (units: readonly Unit[]): Unit[] =>
  units.map((unit) => ({ ...unit, y: unit.y * unit.d * ratioOfCash }));

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** The truth of control and arm. */
export interface Truth {
  share: [number, number];
  mean: [number, number];
  ratio: [number, number];
  quantile(of: number): [number, number];
}

/** Mean of a lognormal amount with median `middle` that counts at most as `cap`. */
function cappedMean(cap: number, middle: number, spread: number): number {
  const whole = middle * Math.exp(spread ** 2 / 2);
  if (cap === 0) return whole;
  const at = Math.log(cap / middle) / spread;
  return whole * normalCdf(at - spread) + cap * normalCdf(-at);
}

export function truthOf(of: Population): Truth {
  const middle = mean(of.strata);
  const spread = Math.hypot(of.spread, of.clusterSpread);
  const cash = (lift: number) =>
    of.payers * mean(of.strata.map((factor) => cappedMean(of.cap, factor * lift, spread)));
  const each = (times: number): [number, number] => [times * cash(1), times * cash(1 + of.lift)];
  const pair = (value: number): [number, number] => [value, value * (1 + of.lift)];
  const below = (log: number) =>
    1 - of.payers + of.payers * mean(of.strata.map((factor) => normalCdf((log - Math.log(factor)) / spread)));
  return {
    share: [of.rate * middle, of.rate * middle + of.rateEffect],
    mean: each(1),
    ratio: each(ratioOfCash),
    quantile: (at) => {
      const reach = 10 + 10 * Math.abs(normalQuantile(0.9999));
      return pair(Math.exp(findRoot((log) => below(log) - at, -reach, reach) ?? Number.NaN));
    },
  };
}
