import { afterStopping } from '#core/experiment/sequential/after.ts';
import type { Boundary } from '#core/experiment/sequential/boundaries.ts';
import { confidenceSequence } from '#core/experiment/sequential/confidence-sequence.ts';
import { type Followed, follow } from '#core/experiment/sequential/follow.ts';
import { repeatedInterval } from '#core/experiment/sequential/repeated.ts';
import { seededRandom } from '#models/maths/random.ts';
import { normals, zPath } from './z-paths.ts';

export interface Ended {
  upper: number;
  lower: number;
  futile: number;
  /** Shares of runs whose intervals held the truth: of all looks together, and after the end. */
  repeated: number;
  after: number;
  /** Share of runs whose estimate after the end was above the truth. */
  above: number;
}

export interface Simulated {
  runs: number;
  seed: number;
  drift: number;
  plan: Omit<Followed, 'seen'>;
  /** Looks as they come: those of the plan, or others, drawn anew each run. */
  looks: (random: () => number) => readonly number[];
  /** Trials go on past futility. */
  ignoringFutility?: boolean;
  /** Also works out the estimate after the end, which takes a while. */
  after?: boolean;
}

/** Trials that look, by the exact information found, and stop at the first bound crossed: how they end. */
export function simulateLooks(given: Simulated): Ended {
  const random = seededRandom(given.seed);
  const normal = normals(random);
  const sums = { upper: 0, lower: 0, futile: 0, repeated: 0, after: 0, above: 0 };
  const known = new Map<string, Boundary[]>();
  for (let run = 0; run < given.runs; run++) {
    const information = given.looks(random);
    const z = zPath(information, given.drift, normal);
    const bounds = boundsOf(known, given.plan, information);
    let covered = true;
    let end = bounds.length - 1;
    for (const [i, bound] of bounds.entries()) {
      const value = z[i] ?? 0;
      const error = 1 / Math.sqrt(bound.information);
      const shown = repeatedInterval(bound, value * error, error);
      if ((shown.lower ?? -99) > given.drift || (shown.upper ?? 99) < given.drift) covered = false;
      const futile = bound.futility !== null && value <= bound.futility && !given.ignoringFutility;
      if (value >= bound.upper) sums.upper++;
      else if (bound.lower !== null && value <= bound.lower) sums.lower++;
      else if (futile && i < bounds.length - 1) sums.futile++;
      else continue;
      end = i;
      break;
    }
    if (covered) sums.repeated++;
    if (!given.after) continue;
    const told = afterStopping(bounds.slice(0, end + 1), z[end] ?? 0, 0.95);
    if (told.lower <= given.drift && given.drift <= told.upper) sums.after++;
    if (told.drift > given.drift) sums.above++;
  }
  const share = (count: number) => count / given.runs;
  return {
    upper: share(sums.upper),
    lower: share(sums.lower),
    futile: share(sums.futile),
    repeated: share(sums.repeated),
    after: share(sums.after),
    above: share(sums.above),
  };
}

/** Bounds as a trial finds them look by look: a bound depends on the looks up to it alone. */
function boundsOf(
  known: Map<string, Boundary[]>,
  plan: Omit<Followed, 'seen'>,
  information: readonly number[],
) {
  const key = information.join();
  const found = known.get(key);
  if (found) return found;
  const seen = information.map((t, i) => ({ information: t, z: 0, final: i === information.length - 1 }));
  const bounds = follow({ ...plan, planned: [], seen });
  known.set(key, bounds);
  return bounds;
}

/** Share of trials without an effect in which one limit of |z|, or a confidence sequence, is ever crossed by n people. */
export function simulateWatching(given: {
  runs: number;
  seed: number;
  people: number;
  from: number;
  every: number;
  alpha: number;
}) {
  const random = seededRandom(given.seed);
  const normal = normals(random);
  let [sequence, fixed] = [0, 0];
  for (let run = 0; run < given.runs; run++) {
    let score = 0;
    let [crossedSequence, crossedFixed] = [false, false];
    for (let n = 0; n < given.people; ) {
      const step = n < given.from ? given.from : given.every;
      score += Math.sqrt(step) * normal();
      n += step;
      // Each unit has variance 1 and mean 0; the estimate of n units is their mean.
      const one = { estimate: score / n, standardError: 1 / Math.sqrt(n), n, alpha: given.alpha };
      const told = confidenceSequence({ ...one, narrowestAt: given.people, sided: 'two' });
      if ((told.pValue ?? 1) < given.alpha) crossedSequence = true;
      if (Math.abs(score / Math.sqrt(n)) > 1.959964) crossedFixed = true;
    }
    if (crossedSequence) sequence++;
    if (crossedFixed) fixed++;
  }
  return { sequence: sequence / given.runs, fixed: fixed / given.runs };
}
