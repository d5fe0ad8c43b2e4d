import { fitLogistic } from '../maths/logistic.ts';

/** Rows of a stratum on one day after the date of the question, 1 to the horizon. */
export interface ContactCell {
  stratum: number;
  day: number;
  /** 1: part of the arrears was paid on an earlier day. */
  state: 0 | 1;
  /** Rows still past due when the day begins. */
  late: number;
  /** Of those, not contacted on an earlier day. */
  open: number;
  /** Of those, contacted on the day. */
  contacted: number;
}

/** What is added to a stratum's own count: so many rows at the hazard of the pooled model. */
const shrinkRows = 20;
const dayGroups = 45;

/**
 * The daily hazard of a first contact, by stratum, day and whether part was paid before. A pooled logistic regression
 * over days (dummies of the day and of each factor's level, a slight ridge) gives each cell its expected hazard; the
 * cell's own count is then put together with `shrinkRows` rows at that hazard, so that a policy which does not follow
 * the sum of its parts is found where there are rows to find it.
 *
 * Discrete-time hazard: Robins and Finkelstein (2000), Biometrics 56, 779–788; pooled logistic: D'Agostino et al. (1990).
 *
 * @param levelsOf levels of the factors of a stratum
 * @param sizes levels of each factor
 */
export function contactHazards(
  cells: readonly ContactCell[],
  horizonDays: number,
  levelsOf: (stratum: number) => readonly number[],
  sizes: readonly number[],
): (cell: Pick<ContactCell, 'stratum' | 'day' | 'state'>) => number {
  const wide = Math.ceil(horizonDays / dayGroups);
  const groupOf = (day: number) => Math.floor((day - 1) / wide);
  const used = cells.filter(({ open }) => open > 0);
  const groups = groupOf(horizonDays);
  const designs: ((cell: Pick<ContactCell, 'stratum' | 'day' | 'state'>) => number)[] = [
    ...Array.from(
      { length: groups },
      (_, i) =>
        ({ day }: { day: number }) =>
          groupOf(day) === i + 1 ? 1 : 0,
    ),
    ...sizes.flatMap((size, factor) =>
      Array.from(
        { length: size - 1 },
        (_, i) =>
          ({ stratum }: { stratum: number }) =>
            levelsOf(stratum)[factor] === i + 1 ? 1 : 0,
      ),
    ),
    ({ state }) => state,
  ];
  const fit = fitLogistic({
    columns: designs.map((of) => Float64Array.from(used, of)),
    target: Float64Array.from(used, ({ contacted, open }) => contacted / open),
    weights: Float64Array.from(used, ({ open }) => open),
    penalties: designs.map(() => 1),
  });
  const key = (cell: Pick<ContactCell, 'stratum' | 'day' | 'state'>) =>
    `${cell.stratum} ${cell.day} ${cell.state}`;
  const counted = new Map(used.map((cell) => [key(cell), cell]));
  return (cell) => {
    const line = fit.coefficients.reduce((sum, value, i) => sum + value * designs[i]!(cell), fit.intercept);
    const pooled = 1 / (1 + Math.exp(-line));
    const own = counted.get(key(cell));
    return own ? (own.contacted + shrinkRows * pooled) / (own.open + shrinkRows) : pooled;
  };
}

/** The chance of no contact up to the end of each day, by stratum and state: minus its logarithm, cumulated. */
export interface Exposure {
  stratum: number;
  /** At place d, to the end of day d; place 0 is 0. */
  before: readonly [Float64Array, Float64Array];
}

export function exposures(
  strata: readonly number[],
  horizonDays: number,
  hazard: (cell: Pick<ContactCell, 'stratum' | 'day' | 'state'>) => number,
): Exposure[] {
  return strata.map((stratum) => {
    const cumulated = ([0, 1] as const).map((state) => {
      const sums = new Float64Array(horizonDays + 1);
      for (let day = 1; day <= horizonDays; day++)
        sums[day] = sums[day - 1]! - Math.log1p(-hazard({ stratum, day, state }));
      return sums;
    });
    return { stratum, before: [cumulated[0]!, cumulated[1]!] };
  });
}

/** The last day a row could have been contacted on and changed what is known of it, and the day it paid a part. */
export interface Course {
  stratum: number;
  /** The day it was settled, or the horizon. */
  until: number;
  /** First day of a part payment before that; null: none. */
  partial: number | null;
}

/**
 * Minus the logarithm of a row's chance of having met no contact by the day it was settled, given its course. Its
 * exponential is the row's weight among those not contacted by then.
 */
export function minusLogUncontacted(
  { before: [clear, partly] }: Exposure,
  { until, partial }: Course,
): number {
  const turn = partial === null ? until : Math.min(partial, until);
  return clear[turn]! + partly[until]! - partly[turn]!;
}

/** Kish's effective sample size of a set of weights. */
export const effectiveSize = (weightSum: number, squareSum: number): number =>
  squareSum > 0 ? weightSum ** 2 / squareSum : 0;

export interface ThinStratum {
  stratum: number;
  day: number;
  uncontactedShare: number;
  late: number;
}

/**
 * The stratum and day on which the fewest of those still past due had not been contacted before, among strata with at
 * least `minimumRows` still past due; null where none has so many.
 */
export function thinnest(cells: readonly ContactCell[], minimumRows: number): ThinStratum | null {
  const days = new Map<string, { stratum: number; day: number; late: number; open: number }>();
  for (const { stratum, day, late, open } of cells) {
    const key = `${stratum} ${day}`;
    const sum = days.get(key) ?? { stratum, day, late: 0, open: 0 };
    sum.late += late;
    sum.open += open;
    days.set(key, sum);
  }
  let found: ThinStratum | null = null;
  for (const { stratum, day, late, open } of days.values()) {
    if (late < minimumRows) continue;
    const uncontactedShare = open / late;
    if (!found || uncontactedShare < found.uncontactedShare) found = { stratum, day, uncontactedShare, late };
  }
  return found;
}
