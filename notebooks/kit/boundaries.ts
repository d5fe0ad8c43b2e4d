import { normalCdf, normalDensity, normalQuantile } from '#core/stats/distributions/normal.ts';

const steps = 2000;

/** The value at which a rising function reaches 0, by halving. */
function halve(rises: (x: number) => number, low: number, high: number): number {
  let [from, to] = [low, high];
  for (let i = 0; i < 80; i++) {
    const middle = (from + to) / 2;
    if (rises(middle) < 0) from = middle;
    else to = middle;
  }
  return (from + to) / 2;
}

/**
 * Boundaries of one or two looks, two-sided, by the spending of Lan and DeMets in the manner of O'Brien and Fleming: what
 * is spent at information t on each side is 2(1 − Φ(z(1 − α/4)/√t)); the last look spends what is left.
 *
 * @param alpha of both sides
 */
export function obrienFleming(alpha: number, information: readonly number[]): number[] {
  const side = alpha / 2;
  if (information.length === 1) return [normalQuantile(1 - side)];
  const share = information[0]! / information[1]!;
  const first = 2 * (1 - normalCdf(normalQuantile(1 - side / 2) / Math.sqrt(information[0]!)));
  const critical = normalQuantile(1 - first);
  /** Chance to go on at the first look and be above c at the second, by Simpson's rule over the first. */
  const later = (c: number): number => {
    const width = (2 * critical) / steps;
    let sum = 0;
    for (let i = 0; i <= steps; i++) {
      const z = -critical + i * width;
      const weight = i === 0 || i === steps ? 1 : i % 2 === 1 ? 4 : 2;
      const beyond = 1 - normalCdf((c - z * Math.sqrt(share)) / Math.sqrt(1 - share));
      sum += weight * normalDensity(z) * beyond;
    }
    return (sum * width) / 3;
  };
  return [critical, halve((c) => side - first - later(c), 1, 6)];
}
