import { normalCdf, normalQuantile } from '../stats/distributions/normal.ts';
import { makeCells, type Obligors } from './cells.ts';
import { uniformStream } from './random.ts';

/**
 * A stretch of accounts, sorted by how they hang on the factor and by PD, whose chances of failing in any year differ little: candidates are drawn at the
 * highest of them and each is kept by its own chance over that, which is exact.
 */
interface Stretch {
  from: number;
  to: number;
  /** Bounds of Φ⁻¹(PD) / √(1−ρ) and of √(ρ / (1−ρ)) over the stretch. */
  startLow: number;
  startHigh: number;
  slopeLow: number;
  slopeHigh: number;
}

export interface SimulationPlan {
  stretches: Stretch[];
  start: Float64Array;
  slope: Float64Array;
  loss: Float64Array;
}

/** Accounts this near in Φ⁻¹(PD) and in the weight of the common factor are drawn together. */
const nearStarts = 0.05;
const nearSlopes = 0.025;

/**
 * Accounts in the order and the stretches that years are drawn by.
 *
 * @throws as `makeCells`
 */
export function planSimulation(obligors: Obligors): SimulationPlan {
  const cells = makeCells(obligors);
  const slopes = cells.slope.map((slope) => Math.floor(slope / nearSlopes));
  const cellOrder = Array.from({ length: cells.count }, (_, i) => i).sort(
    (x, y) =>
      slopes[x]! - slopes[y]! || cells.start[x]! - cells.start[y]! || cells.slope[x]! - cells.slope[y]!,
  );
  const begin = new Int32Array(cells.count);
  let at = 0;
  for (const cell of cellOrder) {
    begin[cell] = at;
    at += cells.accounts[cell]!;
  }
  const loss = new Float64Array(at);
  const next = begin.slice();
  for (let i = 0; i < at; i++) loss[next[cells.cellOf[i]!]!++] = obligors.loss[i]!;
  const start = new Float64Array(at);
  const slope = new Float64Array(at);
  const stretches: Stretch[] = [];
  for (const cell of cellOrder) {
    const from = begin[cell]!;
    const to = from + cells.accounts[cell]!;
    const [cellStart, cellSlope] = [cells.start[cell]!, cells.slope[cell]!];
    start.fill(cellStart, from, to);
    slope.fill(cellSlope, from, to);
    const last = stretches.at(-1);
    const joins =
      last &&
      slopes[cell] === Math.floor(last.slopeLow / nearSlopes) &&
      cellStart - last.startLow <= nearStarts;
    if (joins) {
      last.to = to;
      last.startHigh = cellStart;
      last.slopeLow = Math.min(last.slopeLow, cellSlope);
      last.slopeHigh = Math.max(last.slopeHigh, cellSlope);
    } else
      stretches.push({
        from,
        to,
        startLow: cellStart,
        startHigh: cellStart,
        slopeLow: cellSlope,
        slopeHigh: cellSlope,
      });
  }
  return { stretches, start, slope, loss };
}

/** Above this chance, each account is asked in turn; below, those that do not fail are leapt over. */
const leapBelow = 0.3;

/** The loss of one year: the factor is drawn, then for each account whether it fails, by its own chance in that year. */
function drawYear(plan: SimulationPlan, uniform: () => number): number {
  const z = normalQuantile(uniform());
  const { start, slope, loss } = plan;
  let sum = 0;
  for (const { from, to, startLow, startHigh, slopeLow, slopeHigh } of plan.stretches) {
    const high = normalCdf(startHigh + (z > 0 ? slopeHigh : slopeLow) * z);
    const low = normalCdf(startLow + (z > 0 ? slopeLow : slopeHigh) * z);
    if (high === 0) continue;
    const stride = high < leapBelow ? 1 / Math.log1p(-high) : 0;
    for (let i = from; i < to; i++) {
      if (stride !== 0) {
        i += Math.floor(Math.log(uniform()) * stride);
        if (i >= to) break;
        if (low === high) sum += loss[i]!;
        else {
          const u = uniform() * high;
          if (u < low || u < normalCdf(start[i]! + slope[i]! * z)) sum += loss[i]!;
        }
      } else {
        const u = uniform();
        if (u < low || (u < high && u < normalCdf(start[i]! + slope[i]! * z))) sum += loss[i]!;
      }
    }
  }
  return sum;
}

/**
 * Losses of years `from` to `to` (not included) of a simulation: year i is the same whatever else is drawn, so a long
 * simulation may be cut in pieces.
 */
export function simulateYears(plan: SimulationPlan, seed: number, from: number, to: number): Float64Array {
  const losses = new Float64Array(to - from);
  for (let year = from; year < to; year++) losses[year - from] = drawYear(plan, uniformStream(seed, year));
  return losses;
}

export interface SimulatedLoss {
  years: number;
  mean: number;
  meanError: number;
  valueAtRisk: number;
  /** Half the 95 % interval of the quantile by order statistics, over 1.96; null where the interval leaves the sample. */
  valueAtRiskError: number | null;
  expectedShortfall: number;
  expectedShortfallError: number | null;
}

/**
 * Quantile and tail mean of simulated losses with their standard errors: the quantile's by the order statistics whose
 * ranks bound it 95 times in 100, the tail mean's by the variance of the tail and of where it begins
 * (Manistre and Hancock 2005): √((Var(L | L > VaR) + q (ES − VaR)²) / (n (1 − q))).
 */
export function summariseYears(losses: Float64Array, q: number): SimulatedLoss {
  const sorted = losses.slice().sort();
  const n = sorted.length;
  const place = Math.min(n - 1, Math.ceil(q * n) - 1);
  const valueAtRisk = sorted[Math.max(0, place)]!;
  const tail = sorted.subarray(place + 1);
  const mean = sorted.reduce((sum, loss) => sum + loss, 0) / n;
  const variance = sorted.reduce((sum, loss) => sum + (loss - mean) ** 2, 0) / Math.max(1, n - 1);
  const spread = 1.96 * Math.sqrt(n * q * (1 - q));
  const [below, above] = [Math.floor(q * n - spread) - 1, Math.ceil(q * n + spread) - 1];
  const shortfall = tail.length > 0 ? tail.reduce((sum, loss) => sum + loss, 0) / tail.length : valueAtRisk;
  const tailVariance =
    tail.reduce((sum, loss) => sum + (loss - shortfall) ** 2, 0) / Math.max(1, tail.length - 1);
  return {
    years: n,
    mean,
    meanError: Math.sqrt(variance / n),
    valueAtRisk,
    valueAtRiskError: below >= 0 && above < n ? (sorted[above]! - sorted[below]!) / (2 * 1.96) : null,
    expectedShortfall: shortfall,
    expectedShortfallError:
      tail.length > 1 ? Math.sqrt((tailVariance + q * (shortfall - valueAtRisk) ** 2) / (n * (1 - q))) : null,
  };
}
