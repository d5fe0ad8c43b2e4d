import type { Light } from '#core/contract/models/feature-report.ts';
import type { Matured } from '#core/contract/models/monitoring.ts';
import { normalQuantile } from '#core/stats/distributions/normal.ts';
import { type Interval, wilson } from '#core/stats/wilson.ts';
import { auc } from '../metrics/auc.ts';
import { calibrationCurve } from '../metrics/calibration.ts';

/** A drop of AUC, and a distance of observed from predicted, past which a light turns when it is also beyond chance. */
export const maturedLimits = { aucDrop: 0.05, gapWarn: 0.02, gapHarm: 0.05 } as const;

const z = normalQuantile(0.975);
const errorOf = ({ lower, upper }: Interval): number | null =>
  lower === null || upper === null ? null : (upper - lower) / (2 * z);

/** Whether the AUC now is lower than the card's beyond chance, and by much. */
export function aucLight(card: Interval, now: Interval): Light {
  const [then, since] = [errorOf(card), errorOf(now)];
  if (card.estimate === null || now.estimate === null || then === null || since === null) return 'good';
  const drop = card.estimate - now.estimate;
  if (drop <= z * Math.hypot(then, since)) return 'good';
  return drop > maturedLimits.aucDrop ? 'harm' : 'warn';
}

const gapLight = ({ estimate, lower, upper }: Interval): Light => {
  if (estimate === null || lower === null || upper === null || (lower <= 0 && upper >= 0)) return 'good';
  const size = Math.abs(estimate);
  return size > maturedLimits.gapHarm ? 'harm' : size > maturedLimits.gapWarn ? 'warn' : 'good';
};

/**
 * How scores did once the outcome is known: AUC with DeLong's interval beside the card's, and the rate observed less
 * the mean predicted with Wilson's interval of the rate. Null without rows.
 *
 * @param target 0 or 1 (or a share: there is no AUC then) of each scored row whose outcome is known
 */
export function maturedOf(scores: Float64Array, target: Float64Array, card: Interval): Matured | null {
  const n = scores.length;
  if (n === 0) return null;
  const events = target.reduce((sum, value) => sum + value, 0);
  const predicted = scores.reduce((sum, value) => sum + value, 0) / n;
  const shares = target.some((value) => value !== 0 && value !== 1);
  const area: Interval = shares
    ? { estimate: null, lower: null, upper: null, reason: 'shares' }
    : auc(target, scores);
  const observed = wilson(events, n);
  const less = (value: number | null) => (value === null ? null : value - predicted);
  const gap = { estimate: less(observed.estimate), lower: less(observed.lower), upper: less(observed.upper) };
  return {
    n,
    events,
    auc: area,
    aucLight: aucLight(card, area),
    predicted,
    observed,
    gap,
    gapLight: gapLight(gap),
    calibration: calibrationCurve(target, scores),
  };
}
