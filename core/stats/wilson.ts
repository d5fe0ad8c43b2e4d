import { normalQuantile } from './distributions/normal.ts';

export interface Interval {
  estimate: number | null;
  lower: number | null;
  upper: number | null;
  reason?: string;
}

/**
 * Share of successes with its Wilson score interval, without continuity correction (equals statsmodels
 * `proportion_confint(method="wilson")`).
 *
 * @param events successes, 0 to n
 * @param n trials; 0 gives no estimate, with a reason
 */
export function wilson(events: number, n: number, confidence = 0.95): Interval {
  if (n <= 0) return { estimate: null, lower: null, upper: null, reason: 'no_rows' };
  const z = normalQuantile(1 - (1 - confidence) / 2);
  const share = events / n;
  const centre = (share + (z * z) / (2 * n)) / (1 + (z * z) / n);
  const half = (z / (1 + (z * z) / n)) * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  return {
    estimate: share,
    lower: events === 0 ? 0 : Math.max(0, centre - half),
    upper: events === n ? 1 : Math.min(1, centre + half),
  };
}
