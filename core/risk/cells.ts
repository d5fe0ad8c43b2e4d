import { DomainError } from '../errors/domain-error.ts';
import { normalCdf, normalQuantile } from '../stats/distributions/normal.ts';
import { checkCorrelation, checkExposure, checkPd } from './check.ts';

/** Accounts, one place each in every array. All of one currency. */
export interface Obligors {
  /** Probability of failing within the horizon, in (0, 1). */
  pd: Float64Array;
  /** Asset correlation, in [0, 1). */
  rho: Float64Array;
  /** What is lost if it fails: EAD × LGD, from 0. */
  loss: Float64Array;
}

/** Accounts of equal PD and correlation put together, which loses nothing: given the year they fail alike. */
export interface Cells {
  count: number;
  pd: Float64Array;
  rho: Float64Array;
  /** An account fails in a year z with chance Φ(start + slope · z). */
  start: Float64Array;
  slope: Float64Array;
  accounts: Float64Array;
  /** Sum of losses, and of their squares. */
  loss: Float64Array;
  square: Float64Array;
  /** The cell of each account. */
  cellOf: Int32Array;
}

/** The order in which cells are first met, by PD and then correlation. */
function findCells({ pd, rho }: Obligors): { cellOf: Int32Array; first: number[] } {
  const found = new Map<number, Map<number, number>>();
  const cellOf = new Int32Array(pd.length);
  const first: number[] = [];
  for (let i = 0; i < pd.length; i++) {
    const ofPd = found.get(pd[i]!) ?? new Map<number, number>();
    if (ofPd.size === 0) found.set(pd[i]!, ofPd);
    let cell = ofPd.get(rho[i]!);
    if (cell === undefined) {
      checkPd(pd[i]!);
      checkCorrelation(rho[i]!);
      cell = first.length;
      first.push(i);
      ofPd.set(rho[i]!, cell);
    }
    cellOf[i] = cell;
  }
  return { cellOf, first };
}

/**
 * Puts accounts of equal PD and correlation together.
 *
 * @throws risk_pd_outside, risk_correlation_outside, risk_exposure_negative, quoting the value; risk_portfolio_empty
 */
export function makeCells(obligors: Obligors): Cells {
  const n = obligors.pd.length;
  if (n === 0) throw new DomainError('risk_portfolio_empty', { accounts: 0 });
  const { cellOf, first } = findCells(obligors);
  const take = (of: (account: number) => number) => Float64Array.from(first, of);
  const cells: Cells = {
    count: first.length,
    pd: take((i) => obligors.pd[i]!),
    rho: take((i) => obligors.rho[i]!),
    start: take((i) => normalQuantile(obligors.pd[i]!) / Math.sqrt(1 - obligors.rho[i]!)),
    slope: take((i) => Math.sqrt(obligors.rho[i]! / (1 - obligors.rho[i]!))),
    accounts: new Float64Array(first.length),
    loss: new Float64Array(first.length),
    square: new Float64Array(first.length),
    cellOf,
  };
  for (let i = 0; i < n; i++) {
    const loss = obligors.loss[i]!;
    checkExposure(loss);
    const cell = cellOf[i]!;
    cells.accounts[cell]! += 1;
    cells.loss[cell]! += loss;
    cells.square[cell]! += loss * loss;
  }
  return cells;
}

/** Mean loss of the portfolio in a year as bad as z, accounts without number: what Vasicek's sum is made of. */
export function lossInYear({ count, start, slope, loss }: Cells, z: number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += loss[i]! * normalCdf(start[i]! + slope[i]! * z);
  return sum;
}
