import { normalQuantile } from '#core/stats/distributions/normal.ts';
import type { Interval } from '#core/stats/wilson.ts';
import { sampleOrder } from './order.ts';
import { type Clusters, type Counting, clusterSums, clustersOf, weightOf } from './sample.ts';

interface Influence {
  area: number;
  /** What each row moves the area by, its weight included: DeLong's placement less the area, over its side's weight. */
  ofRow: Float64Array;
}

/** The area and each row's part in its variance, by midranks (Sun and Xu 2014). Null with one class or no weight. */
function influence(target: Float64Array, scores: Float64Array, weights?: Float64Array): Influence | null {
  const order = sampleOrder(scores);
  const n = order.length;
  let events = 0;
  let others = 0;
  for (let i = 0; i < n; i++) {
    events += weightOf(weights, i) * target[i]!;
    others += weightOf(weights, i) * (1 - target[i]!);
  }
  if (!(events > 0 && others > 0)) return null;
  const placement = new Float64Array(n);
  let sum = 0;
  let eventsBelow = 0;
  let othersBelow = 0;
  for (let first = 0; first < n; ) {
    let last = first;
    let tiedEvents = 0;
    let tied = 0;
    for (; last < n && scores[order[last]!] === scores[order[first]!]; last++) {
      const weight = weightOf(weights, order[last]!);
      tied += weight;
      tiedEvents += weight * target[order[last]!]!;
    }
    const tiedOthers = tied - tiedEvents;
    const overOthers = (othersBelow + tiedOthers / 2) / others;
    const underEvents = (events - eventsBelow - tiedEvents / 2) / events;
    sum += tiedEvents * overOthers;
    for (let i = first; i < last; i++) placement[order[i]!] = target[order[i]!] ? overOthers : underEvents;
    eventsBelow += tiedEvents;
    othersBelow += tiedOthers;
    first = last;
  }
  const area = sum / events;
  const ofRow = placement.map(
    (value, i) => (weightOf(weights, i) * (value - area)) / (target[i] ? events : others),
  );
  return { area, ofRow };
}

/** Clusters with a row on each side, and on either. */
function sidesOf(
  target: Float64Array,
  weights: Float64Array | undefined,
  { of, count }: Clusters,
): { events: number; others: number } {
  const has = [new Uint8Array(count), new Uint8Array(count)] as const;
  for (let i = 0; i < target.length; i++) if (weightOf(weights, i) > 0) has[target[i] ? 1 : 0][of[i]!] = 1;
  const [others, events] = has.map((each) => each.reduce((sum, one) => sum + one, 0)) as [number, number];
  return { events, others };
}

/**
 * Variance of an area, or of a difference of two, from what each row moves it by. Obuchowski (1997): DeLong's where
 * every row is alone, and rows of one cluster move together. Null with fewer than two clusters on a side.
 */
function varianceOf(target: Float64Array, ofRow: Float64Array, counting: Counting): number | null {
  const clusters = clustersOf(target.length, counting);
  const sides = sidesOf(target, counting.weights, clusters);
  if (sides.events < 2 || sides.others < 2) return null;
  const events = clusterSums(
    ofRow.map((value, i) => (target[i] ? value : 0)),
    clusters,
  );
  const others = clusterSums(
    ofRow.map((value, i) => (target[i] ? 0 : value)),
    clusters,
  );
  let [own, other, both] = [0, 0, 0];
  for (let c = 0; c < clusters.count; c++) {
    own += events[c]! ** 2;
    other += others[c]! ** 2;
    both += events[c]! * others[c]!;
  }
  const grow = (count: number) => count / (count - 1);
  return Math.max(0, own * grow(sides.events) + other * grow(sides.others) + 2 * both * grow(clusters.count));
}

const nothing = { estimate: null, lower: null, upper: null };

interface Options extends Counting {
  level?: number;
}

/**
 * Area under the ROC curve with DeLong's interval, ties counting half, in O(n log n). `target` is 0 or 1, `scores` any
 * order-preserving value. Rows of one group are taken together (Obuchowski 1997); weights are taken as known. The
 * interval is cut at 0 and 1. Without groups and weights it equals pROC `ci.auc(method = "delong")`.
 */
export function auc(target: Float64Array, scores: Float64Array, options: Options = {}): Interval {
  const found = influence(target, scores, options.weights);
  if (!found) return { ...nothing, reason: 'one_class' };
  const variance = varianceOf(target, found.ofRow, options);
  if (variance === null) return { ...nothing, estimate: found.area, reason: 'too_few' };
  const half = normalQuantile(1 - (1 - (options.level ?? 0.95)) / 2) * Math.sqrt(variance);
  return {
    estimate: found.area,
    lower: Math.max(0, found.area - half),
    upper: Math.min(1, found.area + half),
  };
}

/** Area of `scores` less that of `others` on the same rows, with the interval of the paired difference. */
export function aucDifference(
  target: Float64Array,
  scores: Float64Array,
  others: Float64Array,
  options: Options = {},
): Interval {
  const a = influence(target, scores, options.weights);
  const b = influence(target, others, options.weights);
  if (!a || !b) return { ...nothing, reason: 'one_class' };
  const estimate = a.area - b.area;
  const ofRow = a.ofRow.map((value, i) => value - b.ofRow[i]!);
  const variance = varianceOf(target, ofRow, options);
  if (variance === null) return { ...nothing, estimate, reason: 'too_few' };
  const half = normalQuantile(1 - (1 - (options.level ?? 0.95)) / 2) * Math.sqrt(variance);
  return { estimate, lower: estimate - half, upper: estimate + half };
}
