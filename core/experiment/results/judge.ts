import type { VerdictKind } from '../../contract/experiments/results.ts';
import { correctedOver, levelOf } from '../many/levels.ts';
import { readGuardrails } from './guardrails.ts';
import type { ArmJudgement, JudgedPlan, Judgement, Seen } from './judgement.ts';
import { doneLook, plannedLooks } from './looks.ts';
import { repeatedPOf } from './repeated.ts';
import { type Crossed, intervalOf, type Standing } from './standing.ts';
import { familyOf, walkLook } from './walk.ts';

const decidedKinds: readonly VerdictKind[] = ['better', 'worse', 'equivalent', 'inconclusive'];

function kindOf(seen: Seen, crossed: Crossed, harmed: boolean, ended: boolean): VerdictKind {
  if (seen.invalid?.length) return 'invalid';
  if (harmed) return 'stopped_for_harm';
  if (crossed === 'better' || crossed === 'worse' || crossed === 'equivalent') return crossed;
  if (!seen.started) return 'not_started';
  return ended || crossed === 'futile' ? 'inconclusive' : 'running';
}

/** p-values corrected over arms, each of its own look; of an arm that nothing is known of, as if it were 1. */
function correctPs(plan: JudgedPlan, arms: ArmJudgement[]): ArmJudgement[] {
  const corrected = correctedOver(
    arms.map(({ pValue }) => pValue ?? 1),
    familyOf(plan, arms),
  );
  return arms.map((arm, i) => (arm.pValue === null ? arm : { ...arm, correctedP: corrected[i]! }));
}

function overall(arms: readonly ArmJudgement[], seen: Seen): VerdictKind {
  const has = (kind: VerdictKind) => arms.some((arm) => arm.kind === kind);
  if (seen.invalid?.length) return 'invalid';
  if (!seen.started) return 'not_started';
  const order: VerdictKind[] = [
    'better',
    'running',
    'stopped_for_harm',
    'inconclusive',
    'worse',
    'equivalent',
  ];
  return order.find(has) ?? 'running';
}

/**
 * What may be said about the arms of an experiment on a day: the one method frozen in the plan, at looks whose day has
 * come, on people matured by each. Nothing is said between looks, and what a look has decided later looks do not undo.
 *
 * An arm is better or worse when |estimate ÷ standard error| reaches the boundary of a look at its level (see
 * `walkLook`); equivalent when, at the last look (of an always valid plan, at any), its interval lies inside ± margin,
 * even if it excludes 0; inconclusive when the last look is over, or when a futility bound was crossed. Harm, a
 * guardrail's margin crossed once it has matured, and lost trust come before all of these. Null estimates decide
 * nothing. Pure: plain numbers in, plain numbers out.
 *
 * The whole is `better` when any arm is; else running while any arm is; else, in this order, what any arm is:
 * stopped_for_harm, inconclusive, worse, equivalent.
 *
 * @param pValues false leaves those of a group sequential plan out, which take most of the time and decide nothing
 */
export function judge(plan: JudgedPlan, seen: Seen, { pValues = true } = {}): Judgement {
  const ended = (seen.stopped ?? false) || seen.looks.length >= plan.looks.length;
  const startLevel = levelOf(
    familyOf(
      plan,
      plan.arms.map((arm) => ({ arm })),
    ),
  );
  const standing: Standing[] = plan.arms.map((arm) => ({
    arm,
    look: null,
    crossed: 'none',
    compared: null,
    bounds: null,
    level: startLevel,
  }));
  const done = seen.looks.map((_, index) => {
    walkLook(plan, seen.looks, index, standing);
    return doneLook(plan, seen, index, standing);
  });
  const guardrails = readGuardrails(seen);
  const arms = standing.map((one): ArmJudgement => {
    const { arm, look, crossed, compared, bounds, level } = one;
    const crossedMargins = guardrails.filter((rail) => rail.arm === arm && rail.reading === 'margin_crossed');
    const watched = (seen.harm ?? []).filter((harm) => harm.arm === arm);
    const harmedBy = [...new Set([...watched, ...crossedMargins].map(({ metric }) => metric))];
    return {
      arm,
      kind: kindOf(seen, crossed, harmedBy.length > 0, ended),
      look,
      estimate: compared?.estimate ?? null,
      standardError: compared?.standardError ?? null,
      ...intervalOf(one),
      level,
      pValue:
        pValues && plan.inference === 'group_sequential'
          ? repeatedPOf(plan, seen, one)
          : (bounds?.pValue ?? null),
      correctedP: null,
      harmedBy,
    };
  });
  const kind = overall(arms, seen);
  const open = Math.max(...standing.filter(({ crossed }) => crossed === 'none').map(({ level }) => level));
  const level = Number.isFinite(open) ? open : plan.alpha;
  const over = ended || (kind !== 'running' && kind !== 'not_started');
  const waiting = guardrails.filter(({ matured }) => !matured).map(({ maturesOn }) => maturesOn);
  return {
    kind,
    arms: correctPs(plan, arms),
    looks: [...done, ...plannedLooks(plan, seen, level, over)],
    guardrails,
    provisionalUntil: decidedKinds.includes(kind) ? (waiting.sort().at(-1) ?? null) : null,
    ended,
    invalid: seen.invalid ?? [],
  };
}
