import { normalQuantile } from '../../stats/distributions/normal.ts';
import { scoreInterval } from '../../stats/score-difference.ts';
import { wilson } from '../../stats/wilson.ts';
import type { Counts } from '../statistic.ts';

export const differenceIntervals = ['newcombe', 'miettinen_nurminen', 'wald', 'agresti_caffo'] as const;
export type DifferenceInterval = (typeof differenceIntervals)[number];

export const shareOf = ({ n, events }: Counts): number => events / n;

/** Standard error of the difference of two shares, each with its own variance. */
export function unpooledError(control: Counts, arm: Counts): number {
  const [p, q] = [shareOf(arm), shareOf(control)];
  return Math.sqrt((p * (1 - p)) / arm.n + (q * (1 - q)) / control.n);
}

/** Standard error of the difference of two shares that are the same. */
export function pooledError(control: Counts, arm: Counts): number {
  const share = (arm.events + control.events) / (arm.n + control.n);
  return Math.sqrt(share * (1 - share) * (1 / arm.n + 1 / control.n));
}

/** Two-sided interval of a difference of shares, arm − control. */
export function differenceInterval(
  control: Counts,
  arm: Counts,
  alpha: number,
  method: DifferenceInterval,
): [number, number] {
  const estimate = shareOf(arm) - shareOf(control);
  if (method === 'miettinen_nurminen') return scoreInterval(control, arm, alpha);
  if (method === 'newcombe') {
    const [a, c] = [wilson(arm.events, arm.n, 1 - alpha), wilson(control.events, control.n, 1 - alpha)];
    return [
      estimate - Math.hypot(shareOf(arm) - a.lower!, c.upper! - shareOf(control)),
      estimate + Math.hypot(a.upper! - shareOf(arm), shareOf(control) - c.lower!),
    ];
  }
  const more = ({ n, events }: Counts): Counts => ({ n: n + 2, events: events + 1 });
  const [one, zero] = method === 'agresti_caffo' ? [more(arm), more(control)] : [arm, control];
  const half = normalQuantile(1 - alpha / 2) * unpooledError(zero, one);
  const centre = shareOf(one) - shareOf(zero);
  return [centre - half, centre + half];
}

/** Whether nobody or everybody had the outcome in both arms. */
export const allAlike = (control: Counts, arm: Counts): boolean => {
  const events = control.events + arm.events;
  return events === 0 || events === control.n + arm.n;
};
