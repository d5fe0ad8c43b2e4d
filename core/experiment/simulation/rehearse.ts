import { wilson } from '../../stats/wilson.ts';
import type { WeightedArm } from '../block.ts';
import type { Moments } from '../statistic.ts';
import cuped from '../statistics/cuped.ts';
import { type Drawn, drawArms, type PastUnits } from './draw.ts';

export interface RehearsalTask extends PastUnits {
  /** The outcome each person had, and a score known before (NaN: not known); null: none is used. */
  outcomes: Float64Array;
  score: Float64Array | null;
  arms: readonly WeightedArm[];
  control: string;
  /** Shares of people at each look, ascending to 1, and the |z| that is called different there. */
  looks: readonly { information: number; critical: number }[];
  /** Whether outcomes are 0 or 1: an effect then flips people, else it is added. */
  binary: boolean;
  /** Effect put into the last arm, signed, in the outcome's unit. */
  planted: number;
  replications: number;
  salt: string;
}

export interface RehearsalCounts {
  replications: number;
  /** Repetitions without an effect in which some arm was called different. */
  alarms: number;
  /** Repetitions in which the effect was seen, in its direction, in the arm that had it. */
  seen: number;
}

/** Sums of outcome and score of one arm, as moments. */
class Sums {
  #n = 0;
  readonly #sums = [0, 0];
  readonly #products = [0, 0, 0];

  add(y: number, x: number): void {
    this.#n++;
    this.#sums[0]! += y;
    this.#sums[1]! += x;
    this.#products[0]! += y * y;
    this.#products[1]! += y * x;
    this.#products[2]! += x * x;
  }

  moments(scored: boolean): Moments {
    return scored
      ? { n: this.#n, sums: [...this.#sums], products: [...this.#products], ratio: false }
      : { n: this.#n, sums: [this.#sums[0]!], products: [this.#products[0]!], ratio: false };
  }
}

const options = cuped.options.parse({});

/** z of each arm against control at each look, in the order of the arms; control's stays 0. */
function statistics(task: RehearsalTask, drawn: Drawn, outcomes: Float64Array, until: number): number[] {
  const { arms, control, score } = task;
  const sums = arms.map(() => new Sums());
  for (let i = 0; i < outcomes.length; i++)
    if (drawn.entry[i]! < until) sums[drawn.arms[i]!]!.add(outcomes[i]!, score ? score[i]! : 0);
  const moments = sums.map((one) => one.moments(score !== null));
  const base = moments[arms.findIndex(({ name }) => name === control)]!;
  return arms.map(({ name }, i) => {
    if (name === control) return 0;
    const { estimate, standardError } = cuped.compute(base, moments[i]!, options);
    return estimate === null || !standardError ? 0 : estimate / standardError;
  });
}

/** The outcomes with the effect put into one arm: people flipped by lot, or an amount added. */
function withEffect({ outcomes, binary, planted }: RehearsalTask, drawn: Drawn, arm: number): Float64Array {
  const changed = outcomes.slice();
  if (!binary) {
    for (let i = 0; i < changed.length; i++) if (drawn.arms[i] === arm) changed[i]! += planted;
    return changed;
  }
  const rate = outcomes.reduce((sum, y) => sum + y, 0) / outcomes.length;
  const [from, share] = planted > 0 ? [0, planted / (1 - rate)] : [1, -planted / rate];
  for (let i = 0; i < changed.length; i++)
    if (drawn.arms[i] === arm && changed[i] === from && drawn.chance[i]! < share) changed[i] = 1 - from;
  return changed;
}

/**
 * Repeats a design on people whose outcomes are known and who got none of its messages: assigned anew each time under
 * another salt, entering in an order of chance, looked at as planned, compared by the product's adjusted estimator. As
 * it was (A/A: whatever is called different is a false alarm), and with an effect put into one arm.
 *
 * @param watch told the share done; may throw to stop
 */
export function rehearse(task: RehearsalTask, watch: (done: number) => void = () => {}): RehearsalCounts {
  const { arms, control, looks, replications, planted } = task;
  const treated = arms.findLastIndex(({ name }) => name !== control);
  const counts: RehearsalCounts = { replications: 0, alarms: 0, seen: 0 };
  for (let r = 0; r < replications; r++) {
    watch(r / replications);
    const drawn = drawArms(task, arms, `${task.salt}:${r}`);
    const changed = withEffect(task, drawn, treated);
    let [alarm, seen, wrong] = [false, false, false];
    for (const { information, critical } of looks) {
      const until = information >= 1 ? 2 : information;
      alarm ||= statistics(task, drawn, task.outcomes, until).some((z) => Math.abs(z) >= critical);
      const z = statistics(task, drawn, changed, until)[treated]! * Math.sign(planted);
      if (z <= -critical) wrong = true;
      if (z >= critical && !wrong) seen = true;
    }
    counts.replications++;
    if (alarm) counts.alarms++;
    if (seen) counts.seen++;
  }
  return counts;
}

/** Shares of the repetitions with their intervals. */
export const rehearsedShares = ({ replications, alarms, seen }: RehearsalCounts) => ({
  falseAlarms: wilson(alarms, replications),
  power: wilson(seen, replications),
});
