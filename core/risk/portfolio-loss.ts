import { normalCdf, normalDensity, normalQuantile } from '../stats/distributions/normal.ts';
import { type Cells, lossInYear } from './cells.ts';
import { checkLevel } from './check.ts';
import { worstYears } from './nodes.ts';

export interface PortfolioLoss {
  /** Σ PD · EAD · LGD. */
  expected: number;
  valueAtRisk: number;
  expectedShortfall: number;
  /** What the accounts' being finite in number adds to the value at risk; null where nothing moves with the year. */
  granularity: number | null;
}

/**
 * Loss that only 1 − q of the years exceed, and its mean in those years, of a portfolio in which every account hangs on
 * one common factor. Losses of different accounts rise together with it, so quantiles add: V = Σ EAD·LGD·V_i(q).
 *
 * @throws risk_level_outside
 */
export function portfolioLoss(cells: Cells, q: number): PortfolioLoss {
  checkLevel(q);
  const { z, weight } = worstYears(q);
  let expected = 0;
  for (let i = 0; i < cells.count; i++) expected += cells.loss[i]! * cells.pd[i]!;
  return {
    expected,
    valueAtRisk: lossInYear(cells, normalQuantile(q)),
    expectedShortfall: z.reduce((sum, point, i) => sum + weight[i]! * lossInYear(cells, point), 0),
    granularity: granularityAdjustment(cells, q),
  };
}

/**
 * What must be added to Vasicek's value at risk for the accounts' own luck, to first order in 1/n (Wilde 2001; Gordy
 * 2003): −½ d/dz[φ(z) σ²(z) / μ′(z)] / φ(z) at z = Φ⁻¹(q), with μ and σ² the mean and variance of the loss given the
 * year. For n equal accounts it is GA / n as printed by Christoffersen (2012, ch. 12). LGD is taken as certain.
 *
 * @returns null where every correlation is 0
 */
export function granularityAdjustment(cells: Cells, q: number): number | null {
  checkLevel(q);
  const z = normalQuantile(q);
  let rise = 0;
  let bend = 0;
  let variance = 0;
  let varianceRise = 0;
  for (let i = 0; i < cells.count; i++) {
    const slope = cells.slope[i]!;
    const u = cells.start[i]! + slope * z;
    const p = normalCdf(u);
    const dp = slope * normalDensity(u);
    rise += cells.loss[i]! * dp;
    bend -= cells.loss[i]! * slope * u * dp;
    variance += cells.square[i]! * p * (1 - p);
    varianceRise += cells.square[i]! * (1 - 2 * p) * dp;
  }
  if (rise === 0) return null;
  return -0.5 * ((varianceRise - z * variance) / rise - (variance * bend) / rise ** 2);
}

export interface LossPoint {
  loss: number;
  /** Chance that the loss of a year is at most this. */
  cumulative: number;
  /** Chance per unit of money. */
  density: number;
}

const drawnExactly = 4_000;
const perUnit = 200;

/** For drawing: cells whose chances are equal to the eye put together, each at the mean of its losses. */
function mergeAlike(cells: Cells): Pick<Cells, 'count' | 'start' | 'slope' | 'loss'> {
  if (cells.count <= drawnExactly) return cells;
  const merged = new Map<number, [loss: number, start: number, slope: number]>();
  for (let i = 0; i < cells.count; i++) {
    const key = Math.round(cells.start[i]! * perUnit) * 1e6 + Math.round(cells.slope[i]! * perUnit);
    const sum = merged.get(key) ?? [0, 0, 0];
    if (sum[0] === 0) merged.set(key, sum);
    sum[0] += cells.loss[i]!;
    sum[1] += cells.loss[i]! * cells.start[i]!;
    sum[2] += cells.loss[i]! * cells.slope[i]!;
  }
  const held = [...merged.values()].filter(([loss]) => loss > 0);
  return {
    count: held.length,
    loss: Float64Array.from(held, ([loss]) => loss),
    start: Float64Array.from(held, ([loss, start]) => start / loss),
    slope: Float64Array.from(held, ([loss, , slope]) => slope / loss),
  };
}

/** The distribution of the loss of a year, drawn through equal steps of the common factor from the best to the worst. */
export function lossCurve(cells: Cells, points = 81, widest = 4): LossPoint[] {
  const { count, start, slope, loss } = mergeAlike(cells);
  return Array.from({ length: points }, (_, i) => {
    const z = -widest + (2 * widest * i) / (points - 1);
    let rise = 0;
    let lost = 0;
    for (let cell = 0; cell < count; cell++) {
      const u = start[cell]! + slope[cell]! * z;
      lost += loss[cell]! * normalCdf(u);
      rise += loss[cell]! * slope[cell]! * normalDensity(u);
    }
    return { loss: lost, cumulative: normalCdf(z), density: rise > 0 ? normalDensity(z) / rise : 0 };
  });
}
