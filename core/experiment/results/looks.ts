import { boundsOf, type LookBounds } from './bounds.ts';
import type { JudgedLook, JudgedPlan, Seen } from './judgement.ts';
import { type Standing, zOf } from './standing.ts';

/** null where nothing may be said at the look. */
function boundaryOf(bounds: LookBounds | null): JudgedLook['boundary'] {
  if (bounds === null || !Number.isFinite(bounds.critical))
    return { upper: null, lower: null, futility: null };
  return { upper: bounds.critical, lower: -bounds.critical, futility: bounds.futility };
}

/** What a look done found: of the arms tested at it, the boundary of the one with the widest share of alpha. */
export function doneLook(plan: JudgedPlan, seen: Seen, index: number, arms: readonly Standing[]): JudgedLook {
  const { information, compared } = seen.looks[index]!;
  const tested = arms.filter(({ look }) => look === index + 1).sort((a, b) => b.level - a.level);
  return {
    number: index + 1,
    on: plan.looks[index]!.on,
    planned: plan.looks[index]!.information,
    information,
    state: 'done',
    boundary: boundaryOf(tested[0]?.bounds ?? null),
    arms: compared.map((one) => {
      const crossed = tested.find(({ arm }) => arm === one.arm)?.crossed ?? 'none';
      return { arm: one.arm, z: zOf(one), crossed: crossed === 'equivalent' ? 'none' : crossed };
    }),
  };
}

/** Looks still to come, with boundaries as they would be if people enter as planned; the first is next. */
export function plannedLooks(plan: JudgedPlan, seen: Seen, level: number, over: boolean): JudgedLook[] {
  const done = seen.looks.length;
  const information = [
    ...seen.looks.map((look) => look.information),
    ...plan.looks.slice(done).map((look) => look.information),
  ];
  return plan.looks.slice(done).map((look, i) => ({
    number: done + i + 1,
    on: look.on,
    planned: look.information,
    information: look.information,
    state: i === 0 && !over ? 'next' : 'planned',
    boundary: boundaryOf(boundsOf(plan, information, done + i, level, null)),
    arms: plan.arms.map((arm) => ({ arm, z: null, crossed: 'none' as const })),
  }));
}
