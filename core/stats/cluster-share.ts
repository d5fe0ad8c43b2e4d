import { type Interval, wilson } from './wilson.ts';

export interface ClusterSums {
  /** Rows, and those of them that are events. */
  n: number;
  events: number;
  clusters: number;
  /** Over clusters: sum of squared rows, of squared events, and of events times rows. */
  nn: number;
  ee: number;
  en: number;
}

/**
 * A share of rows that come in clusters (several of one person), with its Wilson interval at the effective number of
 * rows: rows over the design effect, which is the variance of the ratio estimate (clusters as they come) over that of
 * as many independent rows, never under 1.
 *
 * Rao and Scott (1992), Biometrics 48, 577–585. One cluster a row gives Wilson's own interval.
 */
export function clusteredShare({ n, events, clusters, nn, ee, en }: ClusterSums): Interval {
  if (n === 0 || clusters < 2) return wilson(events, n);
  const share = events / n;
  const between = (ee - 2 * share * en + share * share * nn) / (n * n);
  const alone = (share * (1 - share)) / n;
  const effect = alone > 0 ? Math.max(1, between / alone) : 1;
  return { ...wilson(events / effect, n / effect), estimate: share };
}
