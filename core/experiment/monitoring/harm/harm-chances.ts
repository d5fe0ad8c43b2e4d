/** People of one arm and of control who entered together, and what happened to them on one day. */
export interface HarmStratum {
  /** In the arm, not yet harmed when the day began; of them, harmed on it. */
  armAtRisk: number;
  armEvents: number;
  controlAtRisk: number;
  controlEvents: number;
}

/** Chances of 0, 1, 2 … */
export type Chances = Float64Array;

export const certain: Chances = Float64Array.of(1);

/**
 * Chances of how many of a day's events fall in the arm, given how many there were and who was at risk, when arms do not
 * differ: hypergeometric, which is binomial where events are few among those at risk.
 */
export function eventsInArm({ armAtRisk, armEvents, controlAtRisk, controlEvents }: HarmStratum): Chances {
  const events = armEvents + controlEvents;
  const [least, most] = [Math.max(0, events - controlAtRisk), Math.min(events, armAtRisk)];
  const chances = new Float64Array(most + 1);
  const typical = Math.round((events * armAtRisk) / Math.max(1, armAtRisk + controlAtRisk));
  const top = Math.min(most, Math.max(least, typical));
  chances[top] = 1;
  for (let x = top; x < most; x++)
    chances[x + 1] =
      (chances[x]! * (armAtRisk - x) * (events - x)) / ((x + 1) * (controlAtRisk - events + x + 1));
  for (let x = top; x > least; x--)
    chances[x - 1] =
      (chances[x]! * x * (controlAtRisk - events + x)) / ((armAtRisk - x + 1) * (events - x + 1));
  const sum = chances.reduce((all, one) => all + one, 0);
  return chances.map((one) => one / sum);
}

/** Mean and variance of the same. */
export function momentsInArm({ armAtRisk, armEvents, controlAtRisk, controlEvents }: HarmStratum): {
  mean: number;
  variance: number;
} {
  const [events, people] = [armEvents + controlEvents, armAtRisk + controlAtRisk];
  const share = people > 0 ? armAtRisk / people : 0;
  const left = people > 1 ? (people - events) / (people - 1) : 0;
  return { mean: events * share, variance: events * share * (1 - share) * left };
}

/** Chances of the sum of two independent numbers. */
export function added(a: Chances, b: Chances): Chances {
  const sum = new Float64Array(a.length + b.length - 1);
  a.forEach((p, i) => {
    if (p > 0) for (let j = 0; j < b.length; j++) sum[i + j]! += p * b[j]!;
  });
  return sum;
}

/** Chance of x or more. */
export function atLeast(chances: Chances, x: number): number {
  let sum = 0;
  for (let i = chances.length - 1; i >= Math.max(0, x); i--) sum += chances[i]!;
  return sum;
}

/** The least number whose chance of being reached is at most `chance`; one past the end where even the end is not. */
export function leastWithin(chances: Chances, chance: number): number {
  let sum = 0;
  let x = chances.length;
  while (x > 0 && sum + chances[x - 1]! <= chance) sum += chances[--x]!;
  return x;
}
