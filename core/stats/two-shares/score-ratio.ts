import { normalQuantile } from '../distributions/normal.ts';

interface Counts {
  n: number;
  events: number;
}

/** The likeliest shares when the arm's is known to be `ratio` times control's. */
function atRiskRatio(control: Counts, arm: Counts, ratio: number): [number, number] {
  const a = (control.n + arm.n) * ratio;
  const b = arm.n * ratio + arm.events + control.n + control.events * ratio;
  const c = control.events + arm.events;
  const root = Math.sqrt(Math.max(0, b * b - 4 * a * c));
  const share = Math.min(1, 1 / ratio, (2 * c) / (b + root));
  return [share, Math.min(1, ratio * share)];
}

/** The likeliest shares when the arm's odds are known to be `ratio` times control's. */
function atOddsRatio(control: Counts, arm: Counts, ratio: number): [number, number] {
  const events = control.events + arm.events;
  const a = control.n * (ratio - 1);
  const b = arm.n * ratio + control.n - events * (ratio - 1);
  const root = Math.sqrt(Math.max(0, b * b + 4 * a * events));
  const share = Math.min(1, (2 * events) / (b + root));
  return [share, (share * ratio) / (1 + share * (ratio - 1))];
}

/**
 * Miettinen and Nurminen's score of a supposed ratio of risks or odds, arm over control: standard normal when it holds.
 * The restricted likelihood's variance times N/(N − 1) (1985, Statistics in Medicine 4:213).
 */
export function scoreRatio(control: Counts, arm: Counts, supposed: number, of: 'risks' | 'odds'): number {
  const correction = Math.sqrt((control.n + arm.n) / (control.n + arm.n - 1));
  const [q, p] = (of === 'risks' ? atRiskRatio : atOddsRatio)(control, arm, supposed);
  if (of === 'risks') {
    const gap = arm.events / arm.n - supposed * (control.events / control.n);
    const variance = (p * (1 - p)) / arm.n + (supposed * supposed * q * (1 - q)) / control.n;
    return Math.abs(gap) < 1e-15 ? 0 : gap / (Math.sqrt(variance) * correction);
  }
  const gap = arm.events - arm.n * p;
  if (Math.abs(gap) < 1e-12 * arm.n) return 0;
  const precision = 1 / (arm.n * p * (1 - p)) + 1 / (control.n * q * (1 - q));
  return (gap * Math.sqrt(precision)) / correction;
}

/** The ratios a two-sided score test at `alpha` does not reject; 0 and null are ends that the data do not limit. */
export function scoreRatioInterval(
  control: Counts,
  arm: Counts,
  alpha: number,
  of: 'risks' | 'odds',
): [number, number | null] {
  const critical = normalQuantile(1 - alpha / 2);
  const edge = (from: number, to: number): number => {
    let [inside, outside] = [from, to];
    for (let step = 0; step < 90; step++) {
      const middle = (inside + outside) / 2;
      if (Math.abs(scoreRatio(control, arm, Math.exp(middle), of)) < critical) inside = middle;
      else outside = middle;
    }
    return Math.exp(inside);
  };
  const [p, q] = [arm.events / arm.n, control.events / control.n];
  const estimate = of === 'risks' ? p / q : (p * (1 - q)) / (q * (1 - p));
  const far = 50;
  if (estimate === 0) return [0, edge(-far, far)];
  if (!Number.isFinite(estimate)) return [edge(far, -far), null];
  return [edge(Math.log(estimate), -far), edge(Math.log(estimate), far)];
}
