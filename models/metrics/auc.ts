import { normalQuantile } from '#core/stats/normal.ts';
import type { Interval } from '#core/stats/wilson.ts';
import { sampleOrder } from './order.ts';

/**
 * Area under the ROC curve with DeLong's interval, ties counting half, in O(n log n) by midranks (Sun and Xu,
 * 2014). `target` is 0 or 1, `scores` any order-preserving value. The interval is cut at 0 and 1. Equals pROC
 * `ci.auc(method = "delong")`.
 */
export function auc(target: Float64Array, scores: Float64Array, level = 0.95): Interval {
  const order = sampleOrder(scores);
  const n = order.length;
  let events = 0;
  for (let i = 0; i < n; i++) events += target[i]!;
  const others = n - events;
  if (events === 0 || others === 0) return { estimate: null, lower: null, upper: null, reason: 'one_class' };
  let sum = 0;
  const means = { event: [0, 0], other: [0, 0] };
  let eventsBelow = 0;
  let othersBelow = 0;
  for (let first = 0; first < n; ) {
    let last = first;
    let tiedEvents = 0;
    for (; last < n && scores[order[last]!] === scores[order[first]!]; last++)
      tiedEvents += target[order[last]!]!;
    const tiedOthers = last - first - tiedEvents;
    const overOthers = (othersBelow + tiedOthers / 2) / others;
    const underEvents = (events - eventsBelow - tiedEvents / 2) / events;
    sum += tiedEvents * overOthers;
    means.event[0]! += tiedEvents * overOthers;
    means.event[1]! += tiedEvents * overOthers ** 2;
    means.other[0]! += tiedOthers * underEvents;
    means.other[1]! += tiedOthers * underEvents ** 2;
    eventsBelow += tiedEvents;
    othersBelow += tiedOthers;
    first = last;
  }
  const estimate = sum / events;
  if (events < 2 || others < 2) return { estimate, lower: null, upper: null, reason: 'too_few' };
  const variance =
    spread(means.event as [number, number], events) / events +
    spread(means.other as [number, number], others) / others;
  const half = normalQuantile(1 - (1 - level) / 2) * Math.sqrt(variance);
  return { estimate, lower: Math.max(0, estimate - half), upper: Math.min(1, estimate + half) };
}

/** Sample variance from a sum and a sum of squares of placements, all within [0, 1]. */
const spread = ([sum, squares]: [number, number], n: number): number =>
  Math.max(0, (squares - sum ** 2 / n) / (n - 1));
