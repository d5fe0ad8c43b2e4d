import { chiSquareUpper } from '../distributions/chi-square.ts';
import { normalQuantile, normalTwoSided } from '../distributions/normal.ts';
import { tQuantile, tTwoSided } from '../distributions/student.ts';
import {
  type Estimate,
  generalisedQ,
  type SpreadMethod,
  spreadBetween,
  weightedMean,
} from './heterogeneity.ts';

export interface Summary {
  trials: number;
  mean: number | null;
  standardError: number | null;
  lower: number | null;
  upper: number | null;
  /** Of no effect on average. */
  pValue: number | null;
  /** Standard deviation between trials' true effects. */
  tau: number | null;
  /** Cochran's Q with k − 1 degrees of freedom, its p-value, and the share of the variance that is between trials. */
  q: number | null;
  qP: number | null;
  betweenShare: number | null;
  /** Where the true effect of one more trial lies; null with fewer than three trials. */
  next: { lower: number; upper: number } | null;
  reason?: 'no_trials';
}

export interface SummaryOptions {
  alpha?: number;
  method?: SpreadMethod;
  /** hartung_knapp: t with k − 1, error from the trials' own spread, never under the normal one; normal. */
  interval?: 'hartung_knapp' | 'normal';
}

/**
 * Random-effects summary of independent trials of one thing: mean over trials with its interval, how much they differ,
 * and the interval in which the next trial's true effect lies.
 *
 * Hartung and Knapp (2001, Statistics in Medicine 20:3875) with the lower limit at the normal error of Röver, Knapp
 * and Friede (2015, BMC Medical Research Methodology 15:99); prediction by Higgins, Thompson and Spiegelhalter (2009,
 * JRSS A 172:137), t with k − 2. One trial is its own summary, with a normal interval. No trials: all null, `no_trials`.
 */
export function summariseTrials(
  trials: readonly Estimate[],
  { alpha = 0.05, method = 'paule_mandel', interval = 'hartung_knapp' }: SummaryOptions = {},
): Summary {
  const k = trials.length;
  if (k === 0) return { ...nobody, reason: 'no_trials' };
  const spread = spreadBetween(trials, method);
  const { mean, weight } = weightedMean(trials, spread);
  const q = generalisedQ(trials);
  const plain = 1 / weight;
  const hartungKnapp = interval === 'hartung_knapp' && k > 1;
  const variance = hartungKnapp ? plain * Math.max(1, generalisedQ(trials, spread) / (k - 1)) : plain;
  const standardError = Math.sqrt(variance);
  const reach =
    (hartungKnapp ? tQuantile(1 - alpha / 2, k - 1) : normalQuantile(1 - alpha / 2)) * standardError;
  const away = mean / standardError;
  const ahead = k > 2 ? tQuantile(1 - alpha / 2, k - 2) * Math.sqrt(spread + variance) : null;
  return {
    trials: k,
    mean,
    standardError,
    lower: mean - reach,
    upper: mean + reach,
    pValue: hartungKnapp ? tTwoSided(away, k - 1) : normalTwoSided(away),
    tau: Math.sqrt(spread),
    q: k > 1 ? q : null,
    qP: k > 1 ? chiSquareUpper(q, k - 1) : null,
    betweenShare: k > 1 && q > 0 ? Math.max(0, (q - (k - 1)) / q) : null,
    next: ahead === null ? null : { lower: mean - ahead, upper: mean + ahead },
  };
}

const nobody: Summary = {
  trials: 0,
  mean: null,
  standardError: null,
  lower: null,
  upper: null,
  pValue: null,
  tau: null,
  q: null,
  qP: null,
  betweenShare: null,
  next: null,
};
