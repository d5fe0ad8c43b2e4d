import { normalTwoSided } from '../../stats/distributions/normal.ts';
import { columnsOf } from '../estimating/columns.ts';
import type { EvidenceCell } from '../evidence/moments.ts';
import { momentsOf } from '../evidence/moments.ts';
import { trustOf } from './trust.ts';

/** The effect among people of one period; periods share no people. */
export interface PeriodEffect {
  /** Weeks, or days, since the first. */
  period: number;
  n: number;
  estimate: number;
  standardError: number;
}

export interface Novelty {
  /** fades: the effect moves towards none as time goes by; grows: away from it. */
  kind: 'steady' | 'fades' | 'grows' | 'too_short';
  /** Change of the effect per period; null when too short. */
  slope: number | null;
  standardError: number | null;
  pValue: number | null;
}

/** Periods without which no line is drawn. */
const leastPeriods = 3;

/**
 * Whether an effect wears off (or grows) from period to period: slope of the effects, each weighted by 1 / its variance,
 * two-sided normal p; under .01 it is said.
 */
export function novelty(points: readonly PeriodEffect[]): Novelty {
  const known = points.filter(({ standardError }) => standardError > 0);
  const none: Novelty = { kind: 'too_short', slope: null, standardError: null, pValue: null };
  if (known.length < leastPeriods) return none;
  const weights = known.map(({ standardError }) => 1 / standardError ** 2);
  const all = weights.reduce((a, b) => a + b, 0);
  const mean = (value: (point: PeriodEffect) => number) =>
    known.reduce((total, point, i) => total + weights[i]! * value(point), 0) / all;
  const [middle, level] = [mean(({ period }) => period), mean(({ estimate }) => estimate)];
  const spread = known.reduce((total, { period }, i) => total + weights[i]! * (period - middle) ** 2, 0);
  if (!(spread > 0)) return none;
  const slope =
    known.reduce(
      (total, { period, estimate }, i) => total + weights[i]! * (period - middle) * (estimate - level),
      0,
    ) / spread;
  const standardError = 1 / Math.sqrt(spread);
  const pValue = normalTwoSided(slope / standardError);
  const kind = trustOf(pValue) === 'good' ? 'steady' : slope * level < 0 ? 'fades' : 'grows';
  return { kind, slope, standardError, pValue };
}

/**
 * Difference of means by the week in which people entered, from cells whose cohort is a day. Weeks with fewer than two
 * people on a side are left out.
 */
export function effectsByWeek(
  cells: readonly EvidenceCell[],
  metric: string,
  arms: readonly [control: string, arm: string],
): PeriodEffect[] {
  const days = cells.map(({ cohort }) => cohort).sort();
  const first = Date.parse(days[0] ?? '');
  const weekOf = (day: string) => Math.floor((Date.parse(day) - first) / (7 * 86_400_000));
  const weeks = new Map<number, EvidenceCell[]>();
  for (const cell of cells) weeks.set(weekOf(cell.cohort), [...(weeks.get(weekOf(cell.cohort)) ?? []), cell]);
  return [...weeks]
    .sort(([a], [b]) => a - b)
    .flatMap(([period, part]) => {
      const [control, arm] = arms.map((name) => columnsOf(momentsOf(part, metric, { arm: name })));
      if (!control || !arm || control.n < 2 || arm.n < 2) return [];
      return {
        period,
        n: control.n + arm.n,
        estimate: arm.means[0]! - control.means[0]!,
        standardError: Math.sqrt(arm.covariance[0]![0]! / arm.n + control.covariance[0]![0]! / control.n),
      };
    });
}
