import { normalCdf } from '../../stats/distributions/normal.ts';
import { gridOver } from './grid.ts';

/**
 * Where trials stand that have not stopped: points of z at a look, ascending, and the chance at each, so that sums
 * over points are integrals over the sub-density of those still running.
 */
export interface Front {
  information: number;
  z: Float64Array;
  mass: Float64Array;
}

/** Before the first look. */
export const start: Front = { information: 0, z: Float64Array.of(0), mass: Float64Array.of(1) };

/** Beyond so many standard deviations of a step nothing is counted. */
const reach = 9;

/**
 * Chance of still running and then being above `bound` at a look of so much information. z has mean drift·√information
 * and increments of √information·z are independent, normal (Armitage, McPherson and Rowe 1969).
 */
export function above(front: Front, information: number, drift: number, bound: number): number {
  return tail(front, information, drift, bound, 1);
}

/** Chance of still running and then being below `bound`. */
export function below(front: Front, information: number, drift: number, bound: number): number {
  return tail(front, information, drift, bound, -1);
}

function tail(front: Front, information: number, drift: number, bound: number, side: 1 | -1): number {
  if (bound === side * Number.POSITIVE_INFINITY) return 0;
  const step = information - front.information;
  const before = Math.sqrt(front.information);
  const offset = drift * step - bound * Math.sqrt(information);
  const spread = Math.sqrt(step);
  let sum = 0;
  for (let i = 0; i < front.z.length; i++) {
    const x = (side * (front.z[i]! * before + offset)) / spread;
    if (x > -40) sum += front.mass[i]! * (x > 9 ? 1 : normalCdf(x));
  }
  return sum;
}

/** Those who go on past a look: between the bounds there. Infinite bounds do not stop anybody. */
export function advance(
  front: Front,
  information: number,
  drift: number,
  bounds: { lower: number; upper: number },
  resolution: number,
): Front {
  const grid = gridOver(resolution, drift * Math.sqrt(information), bounds.lower, bounds.upper);
  const mass = new Float64Array(grid.z.length);
  const step = information - front.information;
  const [root, before, spread] = [Math.sqrt(information), Math.sqrt(front.information), Math.sqrt(step)];
  const height = Math.sqrt(information / step / (2 * Math.PI));
  let first = 0;
  for (let j = 0; j < grid.z.length; j++) {
    const target = grid.z[j]! * root - drift * step;
    while (first < front.z.length && (target - front.z[first]! * before) / spread > reach) first++;
    let density = 0;
    for (let i = first; i < front.z.length; i++) {
      const x = (target - front.z[i]! * before) / spread;
      if (x < -reach) break;
      density += front.mass[i]! * Math.exp((-x * x) / 2);
    }
    mass[j] = grid.weights[j]! * density * height;
  }
  return { information, z: grid.z, mass };
}

/** Chance of still running. */
export const running = (front: Front): number => front.mass.reduce((sum, one) => sum + one, 0);
