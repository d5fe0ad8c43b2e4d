import { dateMs, dayMs } from '../../../contact/time/wall-clock.ts';
import type { HarmDay } from '../harm.ts';

/** Of those who entered an arm on one day, how many there were and how many had been harmed by the end of another day. */
export interface HarmCount {
  /** Last day that is counted. */
  day: string;
  /** Day of entering. */
  cohort: string;
  arm: string;
  people: number;
  events: number;
}

/** Whole days from one date to another. */
export const daysBetween = (from: string, until: string): number =>
  Math.round((dateMs(until) - dateMs(from)) / dayMs);

/** People and events of an arm by the last day counted. */
export function harmTotals(counts: readonly HarmCount[], arm: string): { n: number; events: number } {
  const last = counts.reduce((latest, { day }) => (day > latest ? day : latest), '');
  return counts
    .filter((one) => one.arm === arm && one.day === last)
    .reduce((sum, { people, events }) => ({ n: sum.n + people, events: sum.events + events }), {
      n: 0,
      events: 0,
    });
}

/**
 * The days on which somebody of the arm or of control was newly harmed, from what was known day by day: at risk are
 * those of the same day of entering not harmed by the day counted before. A count corrected downwards is no event.
 *
 * @param startsOn day on which the first people entered: day 1
 */
export function harmDaysOf(
  counts: readonly HarmCount[],
  { arm, control, startsOn }: { arm: string; control: string; startsOn: string },
): HarmDay[] {
  const before = new Map<string, number>();
  const byDay = new Map<string, Map<string, { arm: Group; control: Group }>>();
  const ordered = counts
    .filter((one) => one.arm === arm || one.arm === control)
    .sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : a.cohort < b.cohort ? -1 : 1));
  for (const { day, cohort, arm: name, people, events } of ordered) {
    const key = JSON.stringify([cohort, name]);
    const known = before.get(key) ?? 0;
    before.set(key, Math.max(known, events));
    const strata = byDay.get(day) ?? new Map<string, { arm: Group; control: Group }>();
    const stratum = strata.get(cohort) ?? { arm: nobody, control: nobody };
    const group = { atRisk: Math.max(0, people - known), events: Math.max(0, events - known) };
    strata.set(cohort, { ...stratum, [name === arm ? 'arm' : 'control']: group });
    byDay.set(day, strata);
  }
  return [...byDay].flatMap(([day, cohorts]) => {
    const strata = [...cohorts.values()]
      .filter((one) => one.arm.events + one.control.events > 0)
      .map((one) => ({
        armAtRisk: one.arm.atRisk,
        armEvents: one.arm.events,
        controlAtRisk: one.control.atRisk,
        controlEvents: one.control.events,
      }));
    return strata.length > 0 ? [{ day: daysBetween(startsOn, day) + 1, strata }] : [];
  });
}

interface Group {
  atRisk: number;
  events: number;
}
const nobody: Group = { atRisk: 0, events: 0 };
