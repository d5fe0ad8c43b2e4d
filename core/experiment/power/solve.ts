import { type Comparison, powerFor } from './comparison.ts';
import { roomFor } from './outcome.ts';

/** Where a growing function first reaches a level, between two points, to about 1e-12; null when it never does. */
export function firstReaching(
  level: number,
  low: number,
  high: number,
  value: (x: number) => number,
): number | null {
  if (!(value(high) >= level)) return null;
  let [under, over] = [low, high];
  for (let step = 0; step < 100 && over - under > 1e-12 * Math.max(1e-3, over); step++) {
    const middle = (under + over) / 2;
    if (value(middle) < level) under = middle;
    else over = middle;
  }
  return over;
}

/** The first of some growing steps at which a level is reached, so that a search does not begin at the far end. */
function upperEnd(level: number, start: number, most: number, value: (x: number) => number): number {
  let end = Math.min(start, most);
  while (end < most && !(value(end) >= level)) end = Math.min(most, end * 4);
  return end;
}

/**
 * The smallest effect seen with the wanted power, as a size: a rise, or a fall with `way` −1. null when even the
 * largest possible is not seen, or when an arm is empty.
 */
export function smallestEffect(power: number, given: Comparison, way: 1 | -1 = 1): number | null {
  if (given.controlN < 1 || given.armN < 1) return null;
  const at = (size: number) => powerFor(way * size, given);
  const room = roomFor(given.outcome, way);
  return firstReaching(power, 0, upperEnd(power, room / 1024, room, at), at);
}

/** Shares of the whole experiment, so that other arms may take the rest. */
export interface PairShares {
  control: number;
  arm: number;
}

/** As `peopleFor`, not rounded. */
export function exactPeople(
  effect: number,
  power: number,
  shares: PairShares,
  given: Omit<Comparison, 'controlN' | 'armN'>,
): number | null {
  if (!(shares.control > 0 && shares.arm > 0)) return null;
  const at = (people: number) =>
    powerFor(effect, { ...given, controlN: people * shares.control, armN: people * shares.arm });
  const fewest = given.distribution === 't' ? 2.5 / Math.min(shares.control, shares.arm) : 2;
  return firstReaching(power, fewest, upperEnd(power, 1024, 1e12, at), at);
}

/**
 * People needed in all to see an effect (signed) with the wanted power, when control and arm get the shares given of
 * them. Rounded up; null when a share is 0 or no number is enough.
 */
export function peopleFor(
  effect: number,
  power: number,
  shares: PairShares,
  given: Omit<Comparison, 'controlN' | 'armN'>,
): number | null {
  const people = exactPeople(effect, power, shares, given);
  return people === null ? null : Math.ceil(people - 1e-6);
}

/** People for an interval of a share no wider than ± `halfWidth` (Wald). */
export const peopleForWidth = (share: number, halfWidth: number, z: number): number =>
  share * (1 - share) * (z / halfWidth) ** 2;
