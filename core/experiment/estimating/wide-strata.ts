import { mergeMoments } from '../evidence/moments.ts';
import type { Moments, Strata } from '../statistic.ts';

type Pair = [Moments, Moments];

/** People one would expect of an arm where it was open at all; with none of so many it was not. */
const leastExpected = 5;

/**
 * Strata in which both arms can be compared. One in which an arm has nobody although it should have had five or more is
 * left out of both: there the arm was not open (dropped, paused, added later). Those with fewer than `least` people in an
 * arm stand together as one; if that is still too few, with the smallest other.
 */
export function wideStrata(control: Strata, arm: Strata, least: number): Pair[] {
  const beside = new Map(arm.map(({ stratum, moments }) => [stratum, moments]));
  const all = control.flatMap(({ stratum, moments }): Pair[] => {
    const other = beside.get(stratum);
    return other ? [[moments, other]] : [];
  });
  const people = [0, 1].map((side) => all.reduce((sum, pair) => sum + pair[side]!.n, 0));
  const total = people[0]! + people[1]!;
  const open = all.filter((pair) =>
    pair.every(({ n }, side) => n > 0 || (size(pair) * people[side]!) / total < leastExpected),
  );
  const enough = (pair: Pair) => pair.every(({ n }) => n >= least);
  const wide = open.filter(enough);
  const narrow = open.filter((pair) => !enough(pair) && size(pair) > 0);
  if (narrow.length === 0) return wide;
  const rest = together(narrow);
  if (enough(rest) || wide.length === 0) return [...wide, rest];
  const smallest = wide.reduce((best, pair) => (size(pair) < size(best) ? pair : best));
  return [...wide.filter((pair) => pair !== smallest), together([smallest, rest])];
}

const size = ([zero, one]: Pair): number => zero.n + one.n;

const together = (some: readonly Pair[]): Pair => [
  mergeMoments(some.map(([zero]) => zero)),
  mergeMoments(some.map(([, one]) => one)),
];
