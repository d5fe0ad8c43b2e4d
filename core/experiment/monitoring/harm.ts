import { upperBound } from '../sequential/bounds.ts';
import { above, advance, type Front } from '../sequential/front.ts';
import { resolutionAt } from '../sequential/grid.ts';
import { spentAt } from '../sequential/spending.ts';
import {
  added,
  atLeast,
  type Chances,
  certain,
  eventsInArm,
  type HarmStratum,
  leastWithin,
  momentsInArm,
} from './harm/harm-chances.ts';

/** Chance of stopping for one harm metric when no arm does harm, over all looks and arms. */
export const harmAlpha = 0.1;
/**
 * What the watch costs in people against one look with the same error and power: 1.3 for daily looks of Pocock's type,
 * the rest because α is spent by the calendar, ahead of the events. As simulated in `harm.long.test.ts`.
 */
export const harmInflation = 1.45;
/** Events expected in each arm from which the normal test takes over from the exact one. */
export const fewEvents = 20;

export interface HarmDay {
  /** Days since the first people entered, the first day being 1. */
  day: number;
  /** Those at risk on it by the day they entered; strata without events may be left out. */
  strata: readonly HarmStratum[];
}

export interface HarmWatch {
  /** Of this arm: `harmAlpha` shared among the arms that are watched. */
  alpha: number;
  /** Days from the first entry to the end of the last person's window. */
  days: number;
  /** Ascending, one a day with events. */
  seen: readonly HarmDay[];
}

export interface HarmLook {
  day: number;
  armEvents: number;
  controlEvents: number;
  /** exact: `statistic` and `boundary` are p-values of the day alone; normal: they are z. */
  method: 'exact' | 'normal';
  statistic: number;
  boundary: number;
  crossed: boolean;
  /** Chance of having stopped by then if the arm does no harm. */
  spent: number;
}

/**
 * Daily one-sided watch for harm: whether more of an arm's people are harmed than chance allows, given how many are.
 *
 * Each person's first event counts. Given the events of a day among those at risk who entered together, how many fall
 * in the arm is hypergeometric when arms do not differ, so the sum over days is exact under staggered entry and unequal
 * arms; as a log-rank test, its steps are independent. α is spent by the calendar as α ln(1 + (e − 1)t), Pocock's type,
 * and what a whole number of events cannot spend stays for later days. Until 20 events are expected in each arm the
 * test is that exact one; from then the normal bound continues from the same chances. Days without events are not looks.
 *
 * @returns a look a day with events, up to and with the first that crossed
 */
export function watchHarm({ alpha, days, seen }: HarmWatch): HarmLook[] {
  const looks: HarmLook[] = [];
  const totals = runningTotals(seen);
  let used = 0;
  let still = certain;
  let alone = certain;
  let front: Front | null = null;
  const information = totals.map(({ variance }) => variance);
  for (const [i, total] of totals.entries()) {
    const now = seen[i];
    if (!now || total.step === 0) continue;
    const left = Math.max(0, spentAt({ kind: 'pocock' }, alpha, now.day / days) - used);
    const before = looks.at(-1);
    if (total.few) {
      const today = now.strata.map(eventsInArm).reduce(added, certain);
      [still, alone] = [added(still, today), added(alone, today)];
      const bound = leastWithin(still, left);
      used += atLeast(still, bound);
      still = still.slice(0, bound);
      looks.push(exactLook(now.day, total, alone, bound, used));
    } else {
      front ??= frontOf(still, before ? totals[i - 1] : undefined);
      const bound = upperBound(front, total.variance, 0, left);
      used += above(front, total.variance, 0, bound);
      front = advance(
        front,
        total.variance,
        0,
        { lower: Number.NEGATIVE_INFINITY, upper: bound },
        resolutionAt(information, i),
      );
      looks.push(normalLook(now.day, total, bound, used));
    }
    if (looks.at(-1)?.crossed) break;
  }
  return looks;
}

interface Total {
  armEvents: number;
  controlEvents: number;
  mean: number;
  variance: number;
  /** Variance of the day. */
  step: number;
  few: boolean;
}

/** Sums up to each day. Which test a day takes depends on how many events there were, not on where they fell. */
function runningTotals(seen: readonly HarmDay[]): Total[] {
  let sum = { armEvents: 0, controlEvents: 0, mean: 0, variance: 0 };
  return seen.map(({ strata }) => {
    let step = 0;
    for (const stratum of strata) {
      const { mean, variance } = momentsInArm(stratum);
      step += variance;
      sum = {
        armEvents: sum.armEvents + stratum.armEvents,
        controlEvents: sum.controlEvents + stratum.controlEvents,
        mean: sum.mean + mean,
        variance: sum.variance + variance,
      };
    }
    const events = sum.armEvents + sum.controlEvents;
    return { ...sum, step, few: Math.min(sum.mean, events - sum.mean) < fewEvents };
  });
}

function exactLook(day: number, total: Total, alone: Chances, bound: number, spent: number): HarmLook {
  const { armEvents, controlEvents } = total;
  return {
    day,
    armEvents,
    controlEvents,
    method: 'exact',
    statistic: atLeast(alone, armEvents),
    boundary: atLeast(alone, bound),
    crossed: armEvents >= bound,
    spent,
  };
}

function normalLook(day: number, total: Total, boundary: number, spent: number): HarmLook {
  const { armEvents, controlEvents, mean, variance } = total;
  const statistic = (armEvents - mean) / Math.sqrt(variance);
  return {
    day,
    armEvents,
    controlEvents,
    method: 'normal',
    statistic,
    boundary,
    crossed: statistic >= boundary,
    spent,
  };
}

/** The exact chances so far as points of z. */
function frontOf(chances: Chances, total: Total | undefined): Front {
  if (!total || total.variance === 0)
    return {
      information: 0,
      z: Float64Array.of(0),
      mass: Float64Array.of(chances.reduce((all, p) => all + p, 0)),
    };
  const root = Math.sqrt(total.variance);
  return {
    information: total.variance,
    z: Float64Array.from(chances, (_, x) => (x - total.mean) / root),
    mass: chances,
  };
}
