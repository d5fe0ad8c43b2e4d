import betaQuantile from '@stdlib/stats-base-dists-beta-quantile';
import { normalCdf, normalDensity, normalQuantile } from '../distributions/normal.ts';
import { findRoot } from '../find-root.ts';
import { type Interval, wilson } from '../wilson.ts';
import { profileInterval } from './profile.ts';

export const shareIntervals = [
  'wilson',
  'wilson_corrected',
  'wald',
  'agresti_coull',
  'clopper_pearson',
  'jeffreys',
  'jeffreys_highest',
  'logit',
  'probit',
  'cloglog',
  'likelihood_ratio',
  'profile',
] as const;
export type ShareInterval = (typeof shareIntervals)[number];

type Ends = [number, number];

/** Normal on a transformed scale, where the share's standard error there is known. */
const transformed = (centre: number, error: number, z: number, back: (x: number) => number): Ends => {
  const [one, other] = [back(centre - z * error), back(centre + z * error)];
  return [Math.min(one, other), Math.max(one, other)];
};

function wilsonCorrected(x: number, n: number, z: number): Ends {
  const p = x / n;
  const end = (sign: 1 | -1) => {
    const root = z * z + sign * 2 - 1 / n + 4 * p * (n * (1 - p) - sign);
    return (2 * n * p + z * z + sign + sign * z * Math.sqrt(Math.max(0, root))) / (2 * (n + z * z));
  };
  return [x === 0 ? 0 : Math.max(0, end(-1)), x === n ? 1 : Math.min(1, end(1))];
}

function clopperPearson(x: number, n: number, alpha: number): Ends {
  return [
    x === 0 ? 0 : betaQuantile(alpha / 2, x, n - x + 1),
    x === n ? 1 : betaQuantile(1 - alpha / 2, x + 1, n - x),
  ];
}

/** Shortest interval that holds 1 − alpha of Beta(x + ½, n − x + ½). */
function jeffreysHighest(x: number, n: number, alpha: number): Ends {
  const [a, b] = [x + 0.5, n - x + 0.5];
  if (x === 0) return [0, betaQuantile(1 - alpha, a, b)];
  if (x === n) return [betaQuantile(alpha, a, b), 1];
  const log = (share: number) => (a - 1) * Math.log(share) + (b - 1) * Math.log1p(-share);
  const ends = (below: number): Ends => [betaQuantile(below, a, b), betaQuantile(below + 1 - alpha, a, b)];
  const uneven = (below: number) => {
    const [lower, upper] = ends(below);
    return log(lower) - log(upper);
  };
  return ends(findRoot(uneven, alpha * 1e-9, alpha * (1 - 1e-9)) ?? alpha / 2);
}

/** Shares whose likelihood is within the chi-square limit of the greatest. */
function likelihoodRatio(x: number, n: number, z: number): Ends {
  const log = (share: number) =>
    (x === 0 ? 0 : x * Math.log(share)) + (x === n ? 0 : (n - x) * Math.log1p(-share));
  const best = x === 0 || x === n ? 0 : log(x / n);
  const over = (share: number) => 2 * (best - log(share)) - z * z;
  return [
    x === 0 ? 0 : (findRoot(over, 1e-300, x / n) ?? 0),
    x === n ? 1 : (findRoot(over, x / n, 1 - 1e-16) ?? 1),
  ];
}

/**
 * Interval of one share by the method named; names and conventions are those of R's `binom.confint`, where `wilson`
 * is without and `wilson_corrected` (`prop.test`) with continuity correction, `jeffreys` the posterior interval with
 * equal tails and `jeffreys_highest` the shortest one (both are `bayes` there), `clopper_pearson` `exact`, `wald` `asymptotic` and `likelihood_ratio` `lrt`. `profile` reads
 * the same likelihood from a curve as R does, so it differs from it in the fourth digit. Scales that have no end at 0 or 1
 * (`logit`, `probit`, `cloglog`) fall back on `clopper_pearson` there. `wald` may pass 0 and 1: it is for comparison.
 *
 * @param events successes, 0 to n
 * @param n trials; 0 gives no estimate, with a reason
 */
export function shareInterval(method: ShareInterval, events: number, n: number, confidence = 0.95): Interval {
  if (method === 'wilson' || n <= 0) return wilson(events, n, confidence);
  const alpha = 1 - confidence;
  const [lower, upper] = endsOf(method, events, n, alpha, normalQuantile(1 - alpha / 2));
  return { estimate: events / n, lower, upper };
}

function endsOf(
  method: Exclude<ShareInterval, 'wilson'>,
  x: number,
  n: number,
  alpha: number,
  z: number,
): Ends {
  const p = x / n;
  const atEdge = x === 0 || x === n;
  switch (method) {
    case 'wald':
      return transformed(p, Math.sqrt((p * (1 - p)) / n), z, (value) => value);
    case 'agresti_coull': {
      const people = n + z * z;
      const centre = (x + (z * z) / 2) / people;
      return transformed(centre, Math.sqrt((centre * (1 - centre)) / people), z, (value) => value);
    }
    case 'wilson_corrected':
      return wilsonCorrected(x, n, z);
    case 'clopper_pearson':
      return clopperPearson(x, n, alpha);
    case 'jeffreys':
      return [
        x === 0 ? 0 : betaQuantile(alpha / 2, x + 0.5, n - x + 0.5),
        x === n ? 1 : betaQuantile(1 - alpha / 2, x + 0.5, n - x + 0.5),
      ];
    case 'jeffreys_highest':
      return jeffreysHighest(x, n, alpha);
    case 'likelihood_ratio':
      return likelihoodRatio(x, n, z);
    case 'profile':
      return atEdge ? likelihoodRatio(x, n, z) : profileInterval(x, n, alpha);
    case 'logit':
      if (atEdge) return clopperPearson(x, n, alpha);
      return transformed(
        Math.log(p / (1 - p)),
        Math.sqrt(1 / (n * p * (1 - p))),
        z,
        (value) => 1 / (1 + Math.exp(-value)),
      );
    case 'probit': {
      if (atEdge) return clopperPearson(x, n, alpha);
      const at = normalQuantile(p);
      return transformed(at, Math.sqrt((p * (1 - p)) / n) / normalDensity(at), z, normalCdf);
    }
    case 'cloglog': {
      if (atEdge) return clopperPearson(x, n, alpha);
      const at = Math.log(-Math.log(p));
      return transformed(at, Math.sqrt((1 - p) / (n * p)) / Math.abs(Math.log(p)), z, (value) =>
        Math.exp(-Math.exp(value)),
      );
    }
  }
}
