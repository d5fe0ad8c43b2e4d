import { addDays } from '../../contact/wall-clock.ts';
import type { Design } from '../define.ts';
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

/** One analysis at maturity where everybody enters together, where harm alone is watched, or where nothing else is said. */
export function inferenceOf({ plan, analysis, entryDays, arrivalDays }: Design): JudgedPlan['inference'] {
  if (analysis.inference) return analysis.inference;
  const together = entryDays + arrivalDays <= 1;
  return plan === 'staggered_sequential' && !together ? 'group_sequential' : 'fixed';
}

/**
 * Days of the looks: look k of L on the first day by which the whole primary window of k/L of the planned people has
 * closed; the last when that of everybody has, late arrivals and waves moved by a pause included.
 */
export function lookDays(design: Design, { planned, lastEntry }: Schedule): PlannedLook[] {
  const { metric, looks } = design;
  const people = planned.reduce((sum, wave) => sum + wave.people, 0);
  const last = addDays(lastEntry, metric.horizonDays);
  const wanted = inferenceOf(design) === 'fixed' ? 1 : looks;
  const found: PlannedLook[] = [];
  for (let k = 1; k < wanted; k++) {
    let sum = 0;
    const wave = planned.find((one) => {
      sum += one.people;
      return sum >= (people * k) / wanted - 1e-9;
    });
    if (!wave) continue;
    const look = { on: addDays(wave.entersOn, metric.horizonDays), information: sum / people };
    if (look.on < last && look.information < 1 && look.on !== found.at(-1)?.on) found.push(look);
  }
  return [...found, { on: last, information: 1 }];
}

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
    inference: inferenceOf(design),
    spending: analysis.spending,
    futility: analysis.futility,
    pairPeople: Math.max(2, Math.round((people * (controlWeight + armWeight)) / weights)),
    looks: lookDays(design, schedule),
  };
}
