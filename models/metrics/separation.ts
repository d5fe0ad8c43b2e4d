import { sampleOrder } from './order.ts';

/**
 * Kolmogorov–Smirnov distance between the scores of events and of others: the largest gap between their
 * cumulative shares, looked at between different scores only. Null with one class.
 */
export function kolmogorovSmirnov(target: Float64Array, scores: Float64Array): number | null {
  const order = sampleOrder(scores);
  let events = 0;
  for (const value of target) events += value;
  const others = target.length - events;
  if (events === 0 || others === 0) return null;
  let largest = 0;
  let gap = 0;
  for (let i = 0; i < order.length; i++) {
    gap += target[order[i]!] ? 1 / events : -1 / others;
    const tied = i + 1 < order.length && scores[order[i]!] === scores[order[i + 1]!];
    if (!tied) largest = Math.max(largest, Math.abs(gap));
  }
  return largest;
}

export interface GainPoint {
  /** Share of rows taken, highest scores first. */
  share: number;
  /** Share of all events among them. */
  captured: number;
}

/** Events captured by taking the highest scores first, at `steps` equal shares; tied scores count in row order. */
export function gainCurve(target: Float64Array, scores: Float64Array, steps = 20): GainPoint[] {
  const order = sampleOrder(scores).reverse();
  let events = 0;
  for (const value of target) events += value;
  const points: GainPoint[] = [{ share: 0, captured: 0 }];
  let taken = 0;
  let captured = 0;
  for (let step = 1; step <= steps; step++) {
    const end = Math.round((step * order.length) / steps);
    for (; taken < end; taken++) captured += target[order[taken]!]!;
    points.push({ share: step / steps, captured: events ? captured / events : 0 });
  }
  return points;
}
