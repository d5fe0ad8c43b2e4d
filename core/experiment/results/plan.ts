import { addDays } from '../../contact/time/wall-clock.ts';
import type { Design } from '../define.ts';
import { inferenceOf, looksWanted, planLooks } from '../sequential/look-plan.ts';
import type { JudgedPlan, PlannedLook } from './judgement.ts';

/** People planned to enter together. */
export interface Wave {
  entersOn: string;
  people: number;
}

/** What the looks of a design depend on besides the design itself. */
export interface Schedule {
  /** As they were planned at the freeze, in order of day. */
  planned: readonly Wave[];
  /** Last day on which anybody enters as things stand; later than planned after a pause or with late arrivals. */
  lastEntry: string;
}

const dayMs = 86_400_000;

/** Days of the looks of a design (see `planLooks`): when the whole primary window of those each waits for has closed. */
export function lookDays(design: Design, { planned, lastEntry }: Schedule): PlannedLook[] {
  const first = planned[0]?.entersOn ?? lastEntry;
  const dayOf = (on: string) => Math.round((Date.parse(on) - Date.parse(first)) / dayMs);
  const entering = planned.map(({ entersOn, people }) => ({ day: dayOf(entersOn), people }));
  return planLooks(entering, dayOf(lastEntry), looksWanted(design)).map(({ day, information }) => ({
    on: addDays(first, day + design.metric.horizonDays),
    information,
  }));
}

/** Looks whose day has come, in order. */
export const looksDone = (design: Design, schedule: Schedule, asOf: string): PlannedLook[] =>
  lookDays(design, schedule).filter(({ on }) => on <= asOf);

/** The part of a design that the verdict rests on. `better`: of the primary metric. */
export function judgedPlan(design: Design, schedule: Schedule, better: JudgedPlan['better']): JudgedPlan {
  const { arms, control, margin, alpha, power, correction, analysis } = design;
  const people = schedule.planned.reduce((sum, wave) => sum + wave.people, 0);
  const weights = arms.reduce((sum, arm) => sum + arm.weight, 0);
  const controlWeight = arms.find((arm) => arm.name === control)?.weight ?? 0;
  const others = arms.filter((arm) => arm.name !== control);
  const armWeight = (weights - controlWeight) / Math.max(1, others.length);
  return {
    control,
    arms: others.map(({ name }) => name),
    better,
    margin,
    alpha,
    power,
    correction,
    weights: Object.fromEntries(arms.map(({ name, weight }) => [name, weight])),
    inference: inferenceOf(design),
    spending: analysis.spending,
    futility: analysis.futility,
    pairPeople: Math.max(2, Math.round((people * (controlWeight + armWeight)) / weights)),
    looks: lookDays(design, schedule),
  };
}
