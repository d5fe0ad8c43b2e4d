import { sampleOrder } from '../../metrics/order.ts';
import { type ClusteredMean, clusteredMean, withInterval } from './clustered.ts';

export interface UpliftCurvePoint {
  /** Share of people taken, largest predicted effect first. */
  share: number;
  /** Outcomes gained per person of all by treating them. */
  gain: number;
  lower: number;
  upper: number;
}

export interface UpliftRanking {
  /** Area under the curve of gains. */
  auuc: ClusteredMean;
  /** That area less the one under the straight line of treating at random: 0 says the ranking adds nothing. */
  qini: ClusteredMean;
  curve: UpliftCurvePoint[];
}

/** Share of rows ranked ahead of each, ties counting half: 0 for the highest score, and (r − ½)/n in between. */
function aheadShare(scores: Float64Array): Float64Array {
  const order = sampleOrder(scores).reverse();
  const n = scores.length;
  const ahead = new Float64Array(n);
  for (let first = 0; first < n; ) {
    let last = first;
    while (last < n && scores[order[last]!] === scores[order[first]!]) last++;
    for (let i = first; i < last; i++) ahead[order[i]!] = (first + last) / 2 / n;
    first = last;
  }
  return ahead;
}

const steps = 20;

/**
 * How well predicted effects rank people by real ones (Radcliffe 2007; as a rank-weighted mean, Yadlowsky et al. 2021).
 * `effects` are unbiased row-wise scores of the effect, such as differences of `armScores`; the gain of treating the
 * top share φ is their sum over it, over all rows. The interval counts the ranking as estimated from the sample: each
 * row moves the statistic by its own score and by the places it takes from others (the projection of a U-statistic).
 * Rows must not have been seen when the predictions were fitted.
 */
export function rankByUplift(
  predicted: Float64Array,
  effects: Float64Array,
  clusters: Int32Array,
): UpliftRanking {
  const n = predicted.length;
  if (n === 0) {
    const none = clusteredMean(effects, clusters);
    return { auuc: none, qini: none, curve: [] };
  }
  const ahead = aheadShare(predicted);
  const mean = effects.reduce((sum, value) => sum + value, 0) / n;
  const displaced = displacedBy(predicted, effects);
  const area = (from: number): ClusteredMean => {
    const own = effects.map((value, i) => value * (from - ahead[i]!));
    const estimate = own.reduce((sum, value) => sum + value, 0) / n;
    const overlap = effects.reduce((sum, value, i) => sum + value * ahead[i]!, 0) / n;
    return withInterval(
      estimate,
      own.map((value, i) => value - estimate - (displaced[i]! - overlap)),
      clusters,
    );
  };
  return {
    auuc: area(1),
    qini: area(0.5),
    curve: Array.from({ length: steps + 1 }, (_, step) => {
      const share = step / steps;
      const point = clusteredMean(
        effects.map((value, i) => (ahead[i]! < share ? value : 0)),
        clusters,
      );
      const gain = point.estimate ?? 0;
      return { share, gain, lower: point.lower ?? mean * share, upper: point.upper ?? mean * share };
    }),
  };
}

/** For each row j, the mean over all rows i of effect(i) × 1{j ranks ahead of i}, ties counting half. */
function displacedBy(predicted: Float64Array, effects: Float64Array): Float64Array {
  const order = sampleOrder(predicted);
  const n = predicted.length;
  const displaced = new Float64Array(n);
  let below = 0;
  for (let first = 0; first < n; ) {
    let last = first;
    let tied = 0;
    for (; last < n && predicted[order[last]!] === predicted[order[first]!]; last++)
      tied += effects[order[last]!]!;
    for (let i = first; i < last; i++) displaced[order[i]!] = (below + tied / 2) / n;
    below += tied;
    first = last;
  }
  return displaced;
}

export interface EffectPoint {
  predicted: number;
  observed: number;
  lower: number;
  upper: number;
  n: number;
}

/** People in groups of equal size by predicted effect, lowest first, each with what the scores say its effect was. */
export function effectCalibration(
  predicted: Float64Array,
  effects: Float64Array,
  clusters: Int32Array,
  groups = 5,
): EffectPoint[] {
  const order = sampleOrder(predicted);
  const points: EffectPoint[] = [];
  for (let group = 0; group < groups; group++) {
    const rows = order.subarray(
      Math.round((group * order.length) / groups),
      Math.round(((group + 1) * order.length) / groups),
    );
    if (rows.length === 0) continue;
    const { estimate, lower, upper } = clusteredMean(
      Float64Array.from(rows, (row) => effects[row]!),
      Int32Array.from(rows, (row) => clusters[row]!),
    );
    if (estimate === null || lower === null || upper === null) continue;
    let sum = 0;
    for (const row of rows) sum += predicted[row]!;
    points.push({ predicted: sum / rows.length, observed: estimate, lower, upper, n: rows.length });
  }
  return points;
}
