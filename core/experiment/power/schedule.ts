import { addDays } from '../../contact/wall-clock.ts';
import type { DesignHistory, PlannedLook } from '../../contract/experiments/sizing.ts';
import type { Design } from '../define.ts';

type Flow = Pick<DesignHistory, 'eligible' | 'arrivalsPerDay' | 'startsOn'>;

/** Days from the first entry to the last one. */
export const lastEntryDay = ({ entryDays, arrivalDays }: Pick<Design, 'entryDays' | 'arrivalDays'>): number =>
  Math.max(entryDays - 1, arrivalDays);

/** People who have entered by the end of a day, counted from the first. */
function enteredBy(day: number, design: Design, { eligible, arrivalsPerDay }: Flow): number {
  if (day < 0) return 0;
  const first = eligible * Math.min(1, (day + 1) / design.entryDays);
  return first + (arrivalsPerDay ?? 0) * Math.min(day, design.arrivalDays);
}

/** Everybody who would enter. */
export const peopleOf = (design: Design, flow: Flow): number =>
  Math.floor(enteredBy(lastEntryDay(design), design, flow) + 1e-9);

/** Looks at the primary metric that people entering over days allow: one where all enter together. */
export const looksOf = (design: Design): number =>
  design.plan === 'staggered_sequential' && lastEntryDay(design) > 0 ? design.looks : 1;

/**
 * The days of the looks: each on the first day on which its share of the people (k of K) has a closed window.
 */
export function plannedLooks(design: Design, flow: Flow): PlannedLook[] {
  const looks = looksOf(design);
  const { horizonDays } = design.metric;
  const end = lastEntryDay(design);
  const all = enteredBy(end, design, flow);
  const share = (day: number) => (all > 0 ? enteredBy(day, design, flow) / all : day >= end ? 1 : 0);
  let entry = 0;
  return Array.from({ length: looks }, (_, i) => {
    if (i === looks - 1) entry = end;
    else while (entry < end && share(entry) < (i + 1) / looks - 1e-9) entry++;
    const day = entry + horizonDays;
    return {
      number: i + 1,
      day,
      on: flow.startsOn === null ? null : addDays(flow.startsOn, day),
      information: Math.min(1, share(entry)),
    };
  });
}

const longestDays = 730;

/**
 * Days until so many people have entered and their windows are closed, at the pace of the design and then of new
 * arrivals; null: not within two years.
 */
export function daysFor(people: number, design: Design, flow: Flow): number | null {
  const { eligible, arrivalsPerDay } = flow;
  const pace = eligible / design.entryDays;
  const entry =
    people <= eligible
      ? Math.max(0, Math.ceil(people / pace - 1e-9) - 1)
      : arrivalsPerDay
        ? Math.max(design.entryDays - 1, Math.ceil((people - eligible) / arrivalsPerDay - 1e-9))
        : Number.POSITIVE_INFINITY;
  return entry <= longestDays ? entry + design.metric.horizonDays : null;
}
