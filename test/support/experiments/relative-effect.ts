/** Sums of an arm as published vectors give them. */
export interface ArmSums {
  kind: 'mean' | 'prop';
  n: number;
  sum: number;
  sum_squares?: number;
  xsum?: number;
  xss?: number;
  xy?: number;
}

const mean = (arm: ArmSums): number => arm.sum / arm.n;

function variance(arm: ArmSums): number {
  if (arm.kind === 'prop') return mean(arm) * (1 - mean(arm));
  return ((arm.sum_squares ?? 0) - arm.sum ** 2 / arm.n) / (arm.n - 1);
}

const covariance = (n: number, xy: number, x: number, y: number): number => (xy - (x * y) / n) / (n - 1);

/** Relative lift by the delta method, over |control|, as GrowthBook has it. */
export function relativeLift(control: ArmSums, arm: ArmSums): { estimate: number; standardError: number } {
  const [a, b] = [mean(control), mean(arm)];
  const spread = variance(arm) / arm.n / a ** 2 + ((variance(control) / control.n) * b ** 2) / a ** 4;
  return { estimate: (b - a) / Math.abs(a), standardError: Math.sqrt(spread) };
}

/** The same after regression on one covariate, theta from both arms together. */
export function adjustedLift(control: ArmSums, arm: ArmSums): { estimate: number; standardError: number } {
  const both = (key: 'n' | 'sum' | 'xsum' | 'xss' | 'xy') => (control[key] ?? 0) + (arm[key] ?? 0);
  const theta =
    covariance(both('n'), both('xy'), both('xsum'), both('sum')) /
    covariance(both('n'), both('xss'), both('xsum'), both('xsum'));
  const parts = (one: ArmSums) => ({
    cov: covariance(one.n, one.xy ?? 0, one.xsum ?? 0, one.sum),
    x: covariance(one.n, one.xss ?? 0, one.xsum ?? 0, one.xsum ?? 0),
    adjusted: mean(one) - (theta * (one.xsum ?? 0)) / one.n,
  });
  const [c, t] = [parts(control), parts(arm)];
  const [a, b] = [mean(control), mean(arm)];
  const ratio = b / a;
  const treated = (variance(arm) + theta ** 2 * t.x - 2 * theta * t.cov) / (arm.n * a ** 2);
  const untreated =
    (variance(control) * ratio ** 2 - 2 * theta * c.cov * ratio + theta ** 2 * c.x) / (control.n * a ** 2);
  return { estimate: (t.adjusted - c.adjusted) / Math.abs(a), standardError: Math.sqrt(treated + untreated) };
}
