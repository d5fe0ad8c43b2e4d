import { sampleOrder } from './order.ts';
import { totalWeight, weightedSum, weightOf } from './sample.ts';

interface Step {
  /** Weight of events and of others whose score is at least this step's. */
  events: number;
  others: number;
}

/** Events and others at or above each different score, highest first. */
function steps(target: Float64Array, scores: Float64Array, weights?: Float64Array): Step[] {
  const order = sampleOrder(scores).reverse();
  const found: Step[] = [];
  let [events, others] = [0, 0];
  for (let i = 0; i < order.length; i++) {
    const weight = weightOf(weights, order[i]!);
    events += weight * target[order[i]!]!;
    others += weight * (1 - target[order[i]!]!);
    const tied = i + 1 < order.length && scores[order[i + 1]!] === scores[order[i]!];
    if (!tied) found.push({ events, others });
  }
  return found;
}

/**
 * Kolmogorov–Smirnov distance between the scores of events and of others: the largest gap between their
 * cumulative shares, looked at between different scores only. Null with one class.
 */
export function kolmogorovSmirnov(
  target: Float64Array,
  scores: Float64Array,
  weights?: Float64Array,
): number | null {
  const found = steps(target, scores, weights);
  const all = found.at(-1);
  if (!all || !(all.events > 0 && all.others > 0)) return null;
  return found.reduce(
    (largest, { events, others }) => Math.max(largest, Math.abs(events / all.events - others / all.others)),
    0,
  );
}

export interface RocPoint {
  falsePositive: number;
  truePositive: number;
}

/** The ROC curve from (0, 0) to (1, 1) at about `points` different scores, evenly by rows; none with one class. */
export function rocCurve(
  target: Float64Array,
  scores: Float64Array,
  weights?: Float64Array,
  points = 100,
): RocPoint[] {
  const found = steps(target, scores, weights);
  const all = found.at(-1);
  if (!all || !(all.events > 0 && all.others > 0)) return [];
  const curve: RocPoint[] = [{ falsePositive: 0, truePositive: 0 }];
  const total = all.events + all.others;
  let next = 0;
  for (const step of found) {
    const share = (step.events + step.others) / total;
    if (share < next && step !== all) continue;
    next = Math.floor(share * points + 1) / points;
    curve.push({
      falsePositive: Math.min(1, step.others / all.others),
      truePositive: Math.min(1, step.events / all.events),
    });
  }
  return curve;
}

export interface GainPoint {
  /** Share of rows taken, highest scores first. */
  share: number;
  /** Share of all events among them. */
  captured: number;
}

/** Events captured by taking the highest scores first, at `steps` equal shares; tied scores count in row order. */
export function gainCurve(
  target: Float64Array,
  scores: Float64Array,
  parts = 20,
  weights?: Float64Array,
): GainPoint[] {
  const order = sampleOrder(scores).reverse();
  const events = weightedSum(target, weights);
  const total = totalWeight(target.length, weights);
  const points: GainPoint[] = [{ share: 0, captured: 0 }];
  let taken = 0;
  let weighed = 0;
  let captured = 0;
  for (let part = 1; part <= parts; part++) {
    const end = Math.round((part * order.length) / parts);
    for (; taken < end; taken++) {
      const weight = weightOf(weights, order[taken]!);
      weighed += weight;
      captured += weight * target[order[taken]!]!;
    }
    points.push({
      share: weights ? Math.min(1, weighed / total) : part / parts,
      captured: events ? Math.min(1, captured / events) : 0,
    });
  }
  return points;
}
