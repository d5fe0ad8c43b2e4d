import { solveBounded } from '../maths/linear-algebra.ts';
import { fitLogistic, type LogisticFit, standardErrors } from '../maths/logistic.ts';
import { type Bins, informationValue, totalOf } from './binning/bins.ts';
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

type Offered = Candidate & { penalty: number };

/** By information value, largest first, without those that say too little or nearly repeat one already taken. */
function offer(candidates: readonly Candidate[], options: ScorecardOptions): Offered[] {
  const ranked = candidates
    .filter(({ information }) => information >= options.minInformation)
    .sort((a, b) => b.information - a.information || (a.bins.column < b.bins.column ? -1 : 1));
  const taken: (Offered & { unit: Float64Array })[] = [];
  for (const candidate of ranked) {
    if (taken.length === options.maxColumns) break;
    const { unit, deviation } = standardised(candidate.encoded);
    if (taken.some((other) => meanProduct(other.unit, unit) > options.maxCorrelation)) continue;
    taken.push({ ...candidate, unit, penalty: options.ridge * deviation ** 2 });
  }
  return taken;
}

/**
 * Which coefficients stay (the intercept always does): those at zero go at once, then the weakest in standard errors
 * one by one while it is under `minSignificance`. What is left after each is read off the parabola at the fit, so
 * that no row is touched.
 */
function strongEnough(fit: LogisticFit, minSignificance: number): boolean[] {
  const full = fit.coefficients.length + 1;
  const best = Float64Array.of(fit.intercept, ...fit.coefficients);
  const pull = best.map((_, i) =>
    best.reduce((sum, value, k) => sum + fit.information[i * full + k]! * value, 0),
  );
  let kept = [0, ...fit.coefficients.flatMap((value, i) => (value > 0 ? [i + 1] : []))];
  for (;;) {
    const size = kept.length;
    const information = Float64Array.from({ length: size * size }, (_, at) => {
      const [row, column] = [kept[Math.floor(at / size)]!, kept[at % size]!];
      return fit.information[row * full + column]!;
    });
    const bounded = kept.map((i) => i > 0);
    const start = Float64Array.from(kept, (i) => best[i]!);
    const left = solveBounded(
      information,
      start.map((_, i) => pull[kept[i]!]!),
      bounded,
      start,
    );
    const errors = standardErrors(information, size);
    let weakest = -1;
    for (let i = 1; i < size; i++)
      if (weakest < 0 || left[i]! / errors[i]! < left[weakest]! / errors[weakest]!) weakest = i;
    if (weakest < 0 || left[weakest]! / errors[weakest]! >= minSignificance) break;
    kept = kept.filter((_, i) => i !== weakest);
  }
  return fit.coefficients.map((_, i) => kept.includes(i + 1));
}

/**
 * The columns of a scorecard and their coefficients: the best fit in which no coefficient is negative (more evidence
 * may not lower the score), without the columns it leaves at zero or under `minSignificance` standard errors.
 */
export function selectColumns(
  candidates: readonly Candidate[],
  sample: Sample,
  options: ScorecardOptions,
  onRound: (left: number) => void,
): Selection {
  let chosen = offer(candidates, options);
  let start: number[] | undefined;
  for (;;) {
    const fit = fitLogistic({
      columns: chosen.map(({ encoded }) => encoded),
      target: sample.target,
      weights: sample.weights,
      penalties: chosen.map(({ penalty }) => penalty),
      nonNegative: true,
      ...(start ? { start } : {}),
      onRound: () => onRound(chosen.length),
    });
    const stays = strongEnough(fit, options.minSignificance);
    if (!stays.includes(false)) return { chosen, fit };
    start = [fit.intercept, ...fit.coefficients.filter((_, i) => stays[i])];
    chosen = chosen.filter((_, i) => stays[i]);
  }
}
