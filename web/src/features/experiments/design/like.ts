import type { Design } from '#core/experiment/define.ts';
import { type ArmDraft, newArm, newTouch } from './draft.ts';

/** Some arms of an experiment as drafts, in the order they are named; what it does not have is left out. */
export function armsLike({ arms }: Pick<Design, 'arms'>, names: readonly string[]): ArmDraft[] {
  return [...new Set(names)].flatMap((name) => {
    const arm = arms.find((one) => one.name === name);
    if (!arm) return [];
    const touches = arm.touches.map(({ day, style, channel, templates, hours }) =>
      newTouch(style, channel, {
        day,
        templates: [...templates],
        ...(hours ? { from: hours.from, until: hours.until } : {}),
      }),
    );
    return [{ ...newArm(...touches), name }];
  });
}
