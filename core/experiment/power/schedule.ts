import { addDays } from '../../contact/time/wall-clock.ts';
import type { DesignHistory, PlannedLook } from '../../contract/experiments/sizing.ts';
import type { Design } from '../define.ts';
import { looksWanted, planLooks } from '../sequential/look-plan.ts';

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

/**
 * The days of the looks, as a plan frozen today would have them (`planLooks`), with the share of everybody expected
 * whose window has closed by then.
 */
export function plannedLooks(design: Design, flow: Flow): PlannedLook[] {
  const { entryDays, metric } = design;
  const end = lastEntryDay(design);
  const all = enteredBy(end, design, flow);
  const waves = Array.from({ length: entryDays }, (_, day) => ({ day, people: flow.eligible / entryDays }));
  return planLooks(waves, end, looksWanted(design)).map(({ day: entry, information }, i) => {
    const day = entry + metric.horizonDays;
    return {
      number: i + 1,
      day,
      on: flow.startsOn === null ? null : addDays(flow.startsOn, day),
      information: all > 0 ? Math.min(1, enteredBy(entry, design, flow) / all) : information,
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
