import type { MetricResult } from '../../../contract/experiments/results.ts';
import { normalQuantile } from '../../../stats/distributions/normal.ts';
import { tQuantile } from '../../../stats/distributions/student.ts';
import { wilson } from '../../../stats/wilson.ts';
import { columnsOf } from '../../estimating/columns.ts';
import { ratioOf } from '../../estimating/measure.ts';
import { countsOf, type EvidenceCell } from '../../evidence/moments.ts';
import type { Metric } from '../../metric.ts';
import type { Moments } from '../../statistic.ts';
import { momentsIn } from './effects.ts';

type Mean = Pick<MetricResult['arms'][number], 'mean' | 'lower' | 'upper'>;
const none: Mean = { mean: null, lower: null, upper: null };

function around(mean: number, variance: number, n: number, alpha: number): Mean {
  const half =
    (n > 1 ? tQuantile(1 - alpha / 2, n - 1) : normalQuantile(1 - alpha / 2)) * Math.sqrt(variance);
  return { mean, lower: mean - half, upper: mean + half };
}

/** One arm's own mean, share or ratio with its interval: Wilson, Student's t, or the delta method. */
export function meanOf(moments: Moments, kind: Metric['kind'], alpha: number): Mean {
  const { n } = moments;
  if (n < 2 || kind === 'quantile') return none;
  if (kind === 'proportion') {
    const { estimate, lower, upper } = wilson(countsOf(moments).events, n, 1 - alpha);
    return { mean: estimate, lower, upper };
  }
  const { means, covariance } = columnsOf(moments);
  if (kind !== 'ratio') return around(means[0]!, covariance[0]![0]! / n, n, alpha);
  const ratio = ratioOf(0, 1)(means);
  if (!ratio) return none;
  const variance = ratio.gradient.reduce(
    (sum, g, i) => sum + ratio.gradient.reduce((part, h, j) => part + g * h * covariance[i]![j]!, 0),
    0,
  );
  return around(ratio.value, Math.max(0, variance) / n, n, alpha);
}

/** Every arm of a design, in its order. */
export const armMeans = (
  cells: readonly EvidenceCell[],
  given: {
    id: string;
    kind: Metric['kind'];
    alpha: number;
    arms: readonly string[];
    capped: Readonly<Record<string, number>> | null;
  },
): MetricResult['arms'] =>
  given.arms.map((arm) => {
    const moments = cells.length ? momentsIn({ cells, id: given.id }, arm) : null;
    return {
      arm,
      n: moments?.n ?? 0,
      ...(moments ? meanOf(moments, given.kind, given.alpha) : none),
      cappedShare: given.capped ? (given.capped[arm] ?? 0) : null,
    };
  });
