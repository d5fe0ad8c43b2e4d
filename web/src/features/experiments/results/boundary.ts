import type { Look } from '#core/contract/experiments/results.ts';
import type { Design } from '#core/experiment/define.ts';
import type { BoundaryLook, BoundaryPoint } from '../../../charts/experiments/boundary.ts';
import { colourOf } from './read.ts';

export interface LookWords {
  look(number: number): string;
  date(iso: string): string;
  arm(name: string): string;
}

/** Looks as they are drawn: done ones where their information was, the others where it is planned. */
export function boundaryOf(
  looks: readonly Look[],
  design: Pick<Design, 'arms' | 'control'>,
  words: LookWords,
): { looks: BoundaryLook[]; points: BoundaryPoint[] } {
  const at = (look: Look) => Math.min(1, (look.state === 'done' ? look.information : null) ?? look.planned);
  return {
    looks: looks.map((look) => ({
      at: at(look),
      name: words.look(look.number),
      date: words.date(look.on),
      state: look.state,
      ...look.boundary,
    })),
    points: looks.flatMap((look) =>
      look.arms.flatMap(({ arm, z, crossed }) =>
        z === null
          ? []
          : [
              {
                arm: words.arm(arm),
                at: at(look),
                z,
                crossed: crossed === 'better' || crossed === 'worse',
                colour: colourOf(design, arm),
              },
            ],
      ),
    ),
  };
}

/** The arm that crossed a boundary first, and at which look. */
export function firstCrossing(
  looks: readonly Look[],
): { arm: string; side: 'better' | 'worse' | 'futile'; number: number } | null {
  for (const { number, arms } of looks)
    for (const { arm, crossed } of arms) if (crossed !== 'none') return { arm, side: crossed, number };
  return null;
}
