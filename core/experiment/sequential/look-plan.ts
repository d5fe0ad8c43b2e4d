import type { Design } from '../define.ts';

export type Inference = NonNullable<Design['analysis']['inference']>;

/** Of the primary comparison. One analysis at maturity where everybody enters together, or where harm alone is watched. */
export function inferenceOf({
  plan,
  analysis,
  entryDays,
  arrivalDays,
}: Pick<Design, 'plan' | 'analysis' | 'entryDays' | 'arrivalDays'>): Inference {
  if (analysis.inference) return analysis.inference;
  const together = entryDays + arrivalDays <= 1;
  return plan === 'staggered_sequential' && !together ? 'group_sequential' : 'fixed';
}

/** Looks a design asks for; fewer come about where people enter on few days. */
export const looksWanted = (
  design: Pick<Design, 'plan' | 'analysis' | 'entryDays' | 'arrivalDays' | 'looks'>,
) => (inferenceOf(design) === 'fixed' ? 1 : design.looks);

/** People planned to enter on a day, counted from the first. */
export interface Entering {
  day: number;
  people: number;
}

export interface LookEntry {
  /** Day of entering of the last people it waits for; the look is when their window has closed. */
  day: number;
  /** In (0, 1]; the last is 1. */
  information: number;
}

/**
 * Whom each look waits for: look k of L for the day by which k/L of the planned people have entered, the last for
 * everybody, late arrivals and waves moved by a pause included. Looks that would fall together are one.
 *
 * @param entering in order of day
 * @param lastDay on which anybody enters as things stand
 */
export function planLooks(entering: readonly Entering[], lastDay: number, wanted: number): LookEntry[] {
  const people = entering.reduce((sum, wave) => sum + wave.people, 0);
  const found: LookEntry[] = [];
  for (let k = 1; k < wanted && people > 0; k++) {
    let sum = 0;
    const wave = entering.find((one) => {
      sum += one.people;
      return sum >= (people * k) / wanted - 1e-9 * people;
    });
    if (!wave || wave.day >= lastDay || sum >= people || wave.day === found.at(-1)?.day) continue;
    found.push({ day: wave.day, information: sum / people });
  }
  return [...found, { day: lastDay, information: 1 }];
}
