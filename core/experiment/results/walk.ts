import { type Family, levelOf } from '../many/levels.ts';
import { boundsOf } from './bounds.ts';
import type { JudgedPlan, LookSeen } from './judgement.ts';
import { type Crossed, intervalOf, isRejected, type Standing, zOf } from './standing.ts';

/** Whether the whole interval lies inside ± margin: no difference worth acting on. */
function isInside(plan: JudgedPlan, arm: Standing): boolean {
  const { lower, upper } = intervalOf(arm);
  return lower !== null && upper !== null && Math.max(-lower, upper) < plan.margin;
}

/** Equivalence is said where no look follows, or where the interval holds at every look anyway. */
const mayBeEquivalent = (plan: JudgedPlan, index: number): boolean =>
  plan.inference === 'always_valid' || index === plan.looks.length - 1;

function crossingOf(plan: JudgedPlan, arm: Standing, index: number): Crossed {
  const z = arm.compared && zOf(arm.compared);
  if (z === null || !arm.bounds) return 'none';
  if (mayBeEquivalent(plan, index) && isInside(plan, arm)) return 'equivalent';
  if (Math.abs(z) >= arm.bounds.critical) return z > 0 === (plan.better === 'higher') ? 'better' : 'worse';
  return 'none';
}

function isFutile(plan: JudgedPlan, { compared, bounds, look }: Standing, index: number): boolean {
  const z = compared && zOf(compared);
  if (!plan.futility || look !== index + 1 || z === null || bounds?.futility == null) return false;
  return z * (plan.better === 'higher' ? 1 : -1) < bounds.futility;
}

/** Arms that share the error, as the correction takes them. */
export const familyOf = (plan: JudgedPlan, arms: readonly { arm: string }[]): Family => ({
  alpha: plan.alpha,
  correction: plan.correction,
  control: plan.weights?.[plan.control] ?? 1,
  arms: arms.map(({ arm }) => plan.weights?.[arm] ?? 1),
  looks: plan.looks.length,
});

/**
 * One look: arms are tested at the level that those not yet told apart from control leave each (`levelOf`); each one
 * told apart leaves its part to the others, which are tested again at this look (Maurer and Bretz 2013, Statistics in
 * Biopharmaceutical Research 5:311, with equal weights: Holm's procedure over looks). Without correction, each at alpha.
 * Arms decided before are not looked at again.
 */
export function walkLook(
  plan: JudgedPlan,
  seen: readonly LookSeen[],
  index: number,
  arms: readonly Standing[],
): void {
  const { compared } = seen[index]!;
  const open = arms.filter(({ crossed }) => crossed === 'none');
  const test = (sharing: readonly Standing[]) => {
    const level = levelOf(familyOf(plan, sharing));
    for (const arm of open.filter(({ crossed }) => crossed === 'none')) {
      const now = compared.find((one) => one.arm === arm.arm);
      if (!now || zOf(now) === null) continue;
      const information = seen.map((look) => look.information);
      Object.assign(arm, { look: index + 1, compared: now, level });
      arm.bounds = boundsOf(plan, information, index, level, now);
      arm.crossed = crossingOf(plan, arm, index);
    }
  };
  const sharing = () => arms.filter((arm) => !isRejected(arm));
  let now = sharing();
  for (let before = now.length + 1; now.length < before && now.length > 0; now = sharing()) {
    before = now.length;
    test(now);
  }
  for (const arm of open) if (arm.crossed === 'none' && isFutile(plan, arm, index)) arm.crossed = 'futile';
}
