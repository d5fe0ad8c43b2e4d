import { findRoot } from '../find-root.ts';

/** A table of two arms with fixed margins: how many of the events fell to the arm. */
export interface Margins {
  armN: number;
  controlN: number;
  events: number;
}

/** Chances of each count of events in the arm, from `first` on. */
export interface Chances {
  first: number;
  chance: number[];
}

/**
 * Fisher's noncentral hypergeometric distribution at an odds ratio, outwards from its mode to where a count is less
 * likely than the mode by the factor `least`.
 */
export function chances({ armN, controlN, events }: Margins, oddsRatio = 1, least = 1e-300): Chances {
  const [low, high] = [Math.max(0, events - controlN), Math.min(armN, events)];
  const up = (k: number): number =>
    (((armN - k) * (events - k)) / ((k + 1) * (controlN - events + k + 1))) * oddsRatio;
  let [below, above] = [low, high];
  while (above > below) {
    const middle = Math.floor((below + above) / 2);
    if (up(middle) >= 1) below = middle + 1;
    else above = middle;
  }
  const mode = below;
  const [left, right]: [number[], number[]] = [[], []];
  for (let k = mode, value = 1; k > low; k--) {
    value /= up(k - 1);
    if (value < least) break;
    left.push(value);
  }
  for (let k = mode, value = 1; k < high; k++) {
    value *= up(k);
    if (value < least) break;
    right.push(value);
  }
  const all = [...left.reverse(), 1, ...right];
  const total = all.reduce((sum, value) => sum + value, 0);
  return { first: mode - left.length, chance: all.map((value) => value / total) };
}

/** Chances of at most and at least so many events in the arm, and of exactly so many. */
export function tails(
  { first, chance }: Chances,
  k: number,
): { least: number; most: number; exactly: number } {
  let [least, most] = [0, 0];
  chance.forEach((value, i) => {
    if (first + i <= k) least += value;
    if (first + i >= k) most += value;
  });
  return { least: Math.min(1, least), most: Math.min(1, most), exactly: chance[k - first] ?? 0 };
}

/** Logarithms of odds ratios between which all there is to find lies; null: the table has an empty cell. */
function reachFor({ armN, controlN, events }: Margins, seen: number): [number, number] | null {
  const cells = [seen, armN - seen, events - seen, controlN - events + seen];
  if (cells.some((cell) => cell <= 0)) return null;
  const [a, b, c, d] = cells as [number, number, number, number];
  const log = Math.log(a) - Math.log(b) - Math.log(c) + Math.log(d);
  const far = 10 + 12 * Math.sqrt(1 / a + 1 / b + 1 / c + 1 / d);
  return [log - far, log + far];
}

/** Odds ratio at which the expected count is the one seen (conditional maximum likelihood). */
export function likeliestOddsRatio(margins: Margins, seen: number): number | null {
  const reach = reachFor(margins, seen);
  if (!reach) return null;
  const expected = (oddsRatio: number): number => {
    const { first, chance } = chances(margins, oddsRatio, 1e-30);
    return chance.reduce((sum, value, i) => sum + value * (first + i), 0);
  };
  const root = findRoot((log) => expected(Math.exp(log)) - seen, ...reach, 1e-11);
  return root === null ? null : Math.exp(root);
}

/** Odds ratios whose tails both keep at least alpha / 2 (Cornfield 1956); null where a cell is empty, as one end is then open. */
export function exactOddsInterval(margins: Margins, seen: number, alpha: number): [number, number] | null {
  const reach = reachFor(margins, seen);
  if (!reach) return null;
  const at = (tail: 'least' | 'most') =>
    findRoot((log) => tails(chances(margins, Math.exp(log), 1e-30), seen)[tail] - alpha / 2, ...reach, 1e-11);
  const [lower, upper] = [at('most'), at('least')];
  return lower === null || upper === null ? null : [Math.exp(lower), Math.exp(upper)];
}
