import { normalQuantile } from '../stats/distributions/normal.ts';

/** Abscissae and weights on [−1, 1] of the Gauss–Legendre rule with 16 points (Abramowitz and Stegun, table 25.4). */
const half: readonly (readonly [x: number, weight: number])[] = [
  [0.0950125098376374, 0.1894506104550685],
  [0.2816035507792589, 0.1826034150449236],
  [0.4580167776572274, 0.1691565193950025],
  [0.6178762444026438, 0.1495959888165767],
  [0.755404408355003, 0.1246289712555339],
  [0.8656312023878318, 0.0951585116824928],
  [0.9445750230732326, 0.0622535239386479],
  [0.9894009349916499, 0.0271524594117541],
];

export interface Nodes {
  z: Float64Array;
  weight: Float64Array;
}

/** Beyond this a standard normal variable has no weight that a double sees. */
const farthest = 9.5;

/**
 * Points and weights for means over the years with z in [from, to]: the sum of weight · f(z) is the mean of f there.
 * Panels are at most one wide, so that a loss that rises within a tenth is still integrated to nine digits.
 */
export function yearsBetween(from: number, to: number): Nodes {
  const panels = Math.max(1, Math.ceil(to - from));
  const width = (to - from) / panels;
  const z = new Float64Array(panels * 16);
  const weight = new Float64Array(panels * 16);
  let at = 0;
  for (let panel = 0; panel < panels; panel++)
    for (const side of [-1, 1])
      for (const [x, w] of half) {
        const point = from + width * (panel + (1 + side * x) / 2);
        z[at] = point;
        weight[at++] = w * Math.exp((-point * point) / 2);
      }
  const total = weight.reduce((sum, value) => sum + value, 0);
  for (let i = 0; i < at; i++) weight[i] = weight[i]! / total;
  return { z, weight };
}

/** All years. */
export const everyYear = (): Nodes => yearsBetween(-farthest, farthest);

/** The worst 1 − q of the years. */
export const worstYears = (q: number): Nodes => yearsBetween(normalQuantile(q), farthest);
