import { normalQuantile, normalTwoSided } from '../../stats/distributions/normal.ts';
import { tQuantile, tTwoSided } from '../../stats/distributions/student.ts';
import { type Boundary, boundaries } from '../sequential/boundaries.ts';
import { confidenceSequence } from '../sequential/confidence-sequence.ts';
import { planFor } from '../sequential/operating.ts';
import type { Compared, JudgedPlan } from './judgement.ts';
import { zOf } from './standing.ts';

/** What an arm must pass at a look, in standard errors from no effect; infinite: nothing may be said at it. */
export interface LookBounds {
  critical: number;
  /** z towards better under which the effect planned for is no longer to be expected. */
  futility: number | null;
  /** Two-sided; null where the method has none at a single look. */
  pValue: number | null;
}

const remembered = new Map<string, unknown>();

/** The same bounds are asked for by every arm, every redraw and every simulated trial. */
export function once<T>(key: string, work: () => T): T {
  if (!remembered.has(key)) {
    if (remembered.size >= 500) remembered.clear();
    remembered.set(key, work());
  }
  return remembered.get(key) as T;
}

/** Where looks that no new people reached are: they are no looks, and spend nothing. */
export const ascending = (information: readonly number[]): boolean[] => {
  let before = 0;
  return information.map((t) => {
    const more = t > before + 1e-6;
    if (more) before = t;
    return more;
  });
};

/** Expected z of the effect the plan has its power for, when all of the planned information is in. */
const driftOf = (plan: JudgedPlan, level: number): number =>
  once(`drift ${JSON.stringify([plan.spending, plan.looks, plan.power, level])}`, () => {
    const spending = { kind: plan.spending };
    const information = plan.looks.map((look) => look.information);
    return planFor({ alpha: level, sided: 2, shape: spending, information }, plan.power, {
      spending,
      binding: false,
    }).drift;
  });

function sequential(
  plan: JudgedPlan,
  information: readonly number[],
  index: number,
  level: number,
): Boundary | null {
  const counted = information.slice(0, index + 1);
  const fresh = ascending(counted);
  if (!fresh[index]) return null;
  const kept = counted.filter((_, i) => fresh[i]);
  const complete = index === plan.looks.length - 1;
  const spending = { kind: plan.spending };
  const key = `bounds ${JSON.stringify([plan.spending, plan.futility, plan.power, level, kept, complete])}`;
  return once(key, () => {
    const futility = plan.futility
      ? { beta: 1 - plan.power, spending, drift: driftOf(plan, level), binding: false }
      : null;
    const found = boundaries({
      alpha: level,
      sided: 2,
      shape: spending,
      information: kept,
      complete,
      ...(futility ? { futility } : {}),
    });
    return found.at(-1)!;
  });
}

/** Narrowest when all planned people are in; of a look to come, with the people it would have. */
function alwaysValid(plan: JudgedPlan, share: number, level: number, compared: Compared | null): LookBounds {
  const narrowestAt = Math.max(2, plan.pairPeople);
  const known = compared && compared.estimate !== null && compared.standardError !== null;
  const [estimate, standardError] = known ? [compared.estimate!, compared.standardError!] : [0, 1];
  const n = known ? compared.n + compared.controlN : share * narrowestAt;
  const found = confidenceSequence({ estimate, standardError, n, alpha: level, narrowestAt, sided: 'two' });
  const half = found.upper === null ? Number.POSITIVE_INFINITY : found.upper - estimate;
  return { critical: half / standardError, futility: null, pValue: known ? found.pValue : null };
}

/**
 * Bounds of a look at a two-sided level. Fixed: Student's t or the normal quantile. Group sequential: alpha spent by
 * the share of information as it was found at this look and those before, all that is left at the last planned look.
 * Always valid: the half width of the confidence sequence.
 *
 * @param information at the looks so far and, for one still to come, as planned
 */
export function boundsOf(
  plan: JudgedPlan,
  information: readonly number[],
  index: number,
  level: number,
  compared: Compared | null,
): LookBounds {
  if (plan.inference === 'group_sequential') {
    const bound = sequential(plan, information, index, level);
    const last = index === plan.looks.length - 1;
    return {
      critical: bound?.upper ?? Number.POSITIVE_INFINITY,
      futility: last ? null : (bound?.futility ?? null),
      pValue: null,
    };
  }
  if (plan.inference === 'always_valid') return alwaysValid(plan, information[index] ?? 0, level, compared);
  const z = compared ? zOf(compared) : null;
  const df = compared?.df ?? null;
  return {
    critical: df === null ? normalQuantile(1 - level / 2) : tQuantile(1 - level / 2, df),
    futility: null,
    pValue: z === null ? null : df === null ? normalTwoSided(z) : tTwoSided(z, df),
  };
}
