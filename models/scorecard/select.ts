import { fitLogistic, type LogisticFit } from '../logistic.ts';
import { type Bins, informationValue, totalOf } from './bins.ts';
import type { ScorecardOptions } from './options.ts';

export interface Candidate {
  bins: Bins;
  /** Weight of evidence of each row. */
  encoded: Float64Array;
  information: number;
}

export interface Selection {
  chosen: Candidate[];
  fit: LogisticFit;
}

interface Sample {
  target: Float64Array;
  weights?: Float64Array | undefined;
}

export const informationOf = (bins: Bins): number =>
  informationValue(bins.tallies, bins.woe, totalOf(bins.tallies));

/** The values less their mean, over their standard deviation; all zero when they do not vary. */
function standardised(values: Float64Array): { unit: Float64Array; deviation: number } {
  let mean = 0;
  for (const value of values) mean += value / values.length;
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  const deviation = Math.sqrt(squares / values.length);
  return { unit: values.map((value) => (deviation > 0 ? (value - mean) / deviation : 0)), deviation };
}

function meanProduct(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum / a.length;
}

/**
 * The columns of a scorecard and their coefficients. Taken by information value, largest first (the name settles
 * ties), leaving out those that say too little or nearly repeat one already taken. Then the best fit in which no
 * coefficient is negative (more evidence may not lower the score); columns it leaves at zero are dropped, and after
 * them, the weakest first, those whose coefficient is under `minSignificance` standard errors.
 */
export function selectColumns(
  candidates: readonly Candidate[],
  sample: Sample,
  options: ScorecardOptions,
  onRound: (left: number) => void,
): Selection {
  const ranked = candidates
    .filter(({ information }) => information >= options.minInformation)
    .sort((a, b) => b.information - a.information || (a.bins.column < b.bins.column ? -1 : 1));
  const offered: (Candidate & { unit: Float64Array; penalty: number })[] = [];
  for (const candidate of ranked) {
    if (offered.length === options.maxColumns) break;
    const { unit, deviation } = standardised(candidate.encoded);
    if (offered.some((taken) => meanProduct(taken.unit, unit) > options.maxCorrelation)) continue;
    offered.push({ ...candidate, unit, penalty: options.ridge * deviation ** 2 });
  }
  const fitted = (chosen: typeof offered, start?: readonly number[]) =>
    fitLogistic({
      columns: chosen.map(({ encoded }) => encoded),
      target: sample.target,
      weights: sample.weights,
      penalties: chosen.map(({ penalty }) => penalty),
      nonNegative: true,
      ...(start ? { start } : {}),
      onRound: () => onRound(chosen.length),
    });
  let chosen = offered;
  let fit = fitted(chosen);
  for (;;) {
    const zeros = fit.coefficients.map((value) => value > 0);
    const keep = zeros.includes(false) ? zeros : weakestOut(fit, options.minSignificance);
    if (!keep.includes(false)) break;
    const start = [fit.intercept, ...fit.coefficients.filter((_, i) => keep[i])];
    chosen = chosen.filter((_, i) => keep[i]);
    fit = fitted(chosen, start);
  }
  return { chosen, fit };
}

/** Which columns stay when the one with the smallest ratio to its standard error, if too small, goes. */
function weakestOut(fit: LogisticFit, minSignificance: number): boolean[] {
  const ratios = fit.coefficients.map((value, i) => value / fit.standardErrors[i + 1]!);
  const lowest = Math.min(...ratios);
  const out = lowest < minSignificance ? ratios.indexOf(lowest) : -1;
  return ratios.map((_, i) => i !== out);
}
