import { baselPdLimit, correlationBand } from './basel.ts';
import { type Cells, makeCells, type Obligors } from './cells.ts';
import {
  granularityAdjustment,
  type LossPoint,
  lossCurve,
  type PortfolioLoss,
  portfolioLoss,
} from './portfolio-loss.ts';
import { planSimulation, type SimulatedLoss, simulateYears, summariseYears } from './simulation.ts';

/** Accounts of one currency, none in default. */
export interface Exposures extends Obligors {
  /** The product of each account, as its place in `products`. */
  product: Int32Array;
  products: readonly { low: number | null; high: number | null }[];
}

export interface Interval {
  estimate: number;
  lower: number | null;
  upper: number | null;
}

export interface Assessment {
  expected: Interval;
  valueAtRisk: Interval;
  expectedShortfall: Interval;
  granularity: number | null;
  simulated: SimulatedLoss & { asked: number };
  curve: LossPoint[];
  /** Share of the loss at stake with a PD above the range of Basel's correlations. */
  aboveLimit: number;
  band: { rho: number; valueAtRisk: number; expectedShortfall: number }[];
}

export interface Asked {
  level: number;
  years: number;
  seed: number;
}

interface Hooks {
  onProgress(done: number): void;
  checkCancelled(): void;
}

/** Failures drawn at most in one simulation: with more, fewer years are simulated, and the result says how many. */
const mostDraws = 2e8;
const fewestYears = 1_000;
const chunkYears = 100;
const bandSteps = 6;

const pick = (obligors: Obligors, places: Int32Array): Obligors => ({
  pd: Float64Array.from(places, (i) => obligors.pd[i]!),
  rho: Float64Array.from(places, (i) => obligors.rho[i]!),
  loss: Float64Array.from(places, (i) => obligors.loss[i]!),
});
const placesWhere = (n: number, keep: (i: number) => boolean): Int32Array => {
  const places = new Int32Array(n);
  let found = 0;
  for (let i = 0; i < n; i++) if (keep(i)) places[found++] = i;
  return places.subarray(0, found);
};

/** Figures of each product, which add up: within one factor, quantiles of the parts are reached in the same year. */
function sumProducts(exposures: Exposures, level: number, check: () => void) {
  const figures = ['expected', 'valueAtRisk', 'expectedShortfall'] as const;
  const total = Object.fromEntries(
    figures.map((name) => [name, { estimate: 0, lower: 0 as number | null, upper: 0 as number | null }]),
  ) as Record<(typeof figures)[number], Interval>;
  exposures.products.forEach(({ low, high }, product) => {
    check();
    const places = placesWhere(exposures.pd.length, (i) => exposures.product[i] === product);
    if (places.length === 0) return;
    const loss: PortfolioLoss = portfolioLoss(makeCells(pick(exposures, places)), level);
    for (const name of figures) {
      const sum = total[name];
      sum.estimate += loss[name];
      sum.lower = sum.lower === null || low === null ? null : sum.lower + loss[name] * low;
      sum.upper = sum.upper === null || high === null ? null : sum.upper + loss[name] * high;
    }
  });
  return total;
}

function simulate(exposures: Exposures, asked: Asked, hooks: Hooks): Assessment['simulated'] {
  const failures = exposures.pd.reduce((sum, pd) => sum + pd, 0);
  const years = Math.max(
    Math.min(fewestYears, asked.years),
    Math.min(asked.years, Math.floor(mostDraws / Math.max(1, failures))),
  );
  const plan = planSimulation(exposures);
  const losses = new Float64Array(years);
  for (let from = 0; from < years; from += chunkYears) {
    hooks.checkCancelled();
    const to = Math.min(years, from + chunkYears);
    losses.set(simulateYears(plan, asked.seed, from, to), from);
    hooks.onProgress(0.3 + (0.7 * to) / years);
  }
  return { ...summariseYears(losses, asked.level), asked: asked.years };
}

/** The figures with every account above the limit at each of a few correlations between the least and the largest. */
function bandOf(
  exposures: Exposures,
  level: number,
  check: () => void,
): Pick<Assessment, 'aboveLimit' | 'band'> {
  const n = exposures.pd.length;
  const above = placesWhere(n, (i) => exposures.pd[i]! > baselPdLimit);
  const all = exposures.loss.reduce((sum, loss) => sum + loss, 0);
  const risky = pick(exposures, above);
  const share = all > 0 ? risky.loss.reduce((sum, loss) => sum + loss, 0) / all : 0;
  if (above.length === 0) return { aboveLimit: 0, band: [] };
  const rest = placesWhere(n, (i) => !(exposures.pd[i]! > baselPdLimit));
  const figures = (obligors: Obligors): Pick<PortfolioLoss, 'valueAtRisk' | 'expectedShortfall'> =>
    obligors.pd.length === 0
      ? { valueAtRisk: 0, expectedShortfall: 0 }
      : portfolioLoss(makeCells(obligors), level);
  const base = figures(pick(exposures, rest));
  const [low, high] = correlationBand;
  const band = Array.from({ length: bandSteps }, (_, i) => {
    check();
    const rho = low + ((high - low) * i) / (bandSteps - 1);
    const own = figures({ ...risky, rho: new Float64Array(risky.pd.length).fill(rho) });
    return {
      rho,
      valueAtRisk: base.valueAtRisk + own.valueAtRisk,
      expectedShortfall: base.expectedShortfall + own.expectedShortfall,
    };
  });
  return { aboveLimit: share, band };
}

/**
 * Everything said of the loss of a year of one currency's accounts: expected loss, value at risk and expected
 * shortfall with the interval that the loss given default leaves, granularity, a simulation beside, the curve, and a band
 * over the correlation where PDs are outside Basel's range. Pure, and the same again with the same seed.
 *
 * @throws as `makeCells`; risk_level_outside
 */
export function assessPortfolio(exposures: Exposures, asked: Asked, hooks: Hooks): Assessment {
  const sums = sumProducts(exposures, asked.level, hooks.checkCancelled);
  hooks.onProgress(0.1);
  const cells: Cells = makeCells(exposures);
  const granularity = granularityAdjustment(cells, asked.level);
  hooks.onProgress(0.2);
  const outside = bandOf(exposures, asked.level, hooks.checkCancelled);
  hooks.onProgress(0.3);
  return {
    ...sums,
    granularity,
    ...outside,
    curve: lossCurve(cells),
    simulated: simulate(exposures, asked, hooks),
  };
}
