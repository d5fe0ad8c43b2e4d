import { normalQuantile } from './distributions/normal.ts';

interface Counts {
  n: number;
  events: number;
}

/** The likeliest share under control when the arm's share is known to be `difference` higher (Farrington–Manning). */
export function restrictedShare(control: Counts, arm: Counts, difference: number): number {
  const total = control.n + arm.n;
  const [x0, x1] = [control.events, arm.events];
  const l3 = total;
  const l2 = (arm.n + 2 * control.n) * difference - total - (x0 + x1);
  const l1 = (control.n * difference - total - 2 * x0) * difference + x0 + x1;
  const l0 = x0 * difference * (1 - difference);
  const q = (l2 / (3 * l3)) ** 3 - (l1 * l2) / (6 * l3 * l3) + l0 / (2 * l3);
  const spread = Math.max(0, (l2 / (3 * l3)) ** 2 - l1 / (3 * l3));
  const p = (q >= 0 ? 1 : -1) * Math.sqrt(spread);
  const cosine = p === 0 ? 0 : Math.max(-1, Math.min(1, q / p ** 3));
  const angle = (Math.PI + Math.acos(cosine)) / 3;
  const share = 2 * p * Math.cos(angle) - l2 / (3 * l3);
  return Math.min(Math.min(1, 1 - difference), Math.max(Math.max(0, -difference), share));
}

/**
 * Miettinen and Nurminen's score for a difference of shares, arm − control, against a supposed difference:
 * standard normal when the supposition holds. The variance is the restricted likelihood's times N/(N − 1).
 */
export function scoreDifference(control: Counts, arm: Counts, supposed: number): number {
  const q = restrictedShare(control, arm, supposed);
  const p = q + supposed;
  const total = control.n + arm.n;
  const variance = ((p * (1 - p)) / arm.n + (q * (1 - q)) / control.n) * (total / (total - 1));
  const gap = arm.events / arm.n - control.events / control.n - supposed;
  if (Math.abs(gap) < 1e-15) return 0;
  return variance <= 0 ? Math.sign(gap) * Number.POSITIVE_INFINITY : gap / Math.sqrt(variance);
}

/** The differences a two-sided score test at `alpha` does not reject: lower and upper end. */
export function scoreInterval(control: Counts, arm: Counts, alpha: number): [number, number] {
  const critical = normalQuantile(1 - alpha / 2);
  const estimate = arm.events / arm.n - control.events / control.n;
  const edge = (beyond: number) => {
    let [inside, outside] = [estimate, beyond];
    for (let step = 0; step < 80; step++) {
      const middle = (inside + outside) / 2;
      if (Math.abs(scoreDifference(control, arm, middle)) < critical) inside = middle;
      else outside = middle;
    }
    return inside;
  };
  return [edge(-1), edge(1)];
}
