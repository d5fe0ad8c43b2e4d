import { repeatedPAt } from '../sequential/repeated.ts';
import { ascending, once } from './bounds.ts';
import type { JudgedPlan, Seen } from './judgement.ts';
import { type Standing, zOf } from './standing.ts';

/**
 * p-value of an arm's own look in a group sequential plan: the least two-sided alpha whose boundary there its z would
 * have crossed, so that it may be read at every look. null where the look brought nobody new, or z is not known.
 */
export function repeatedPOf(plan: JudgedPlan, seen: Seen, { look, compared }: Standing): number | null {
  const z = compared && zOf(compared);
  if (look === null || z === null) return null;
  const counted = seen.looks.slice(0, look).map(({ information }) => information);
  const fresh = ascending(counted);
  if (!fresh[look - 1]) return null;
  const information = counted.filter((_, i) => fresh[i]);
  const complete = look === plan.looks.length;
  const key = `repeated ${JSON.stringify([plan.spending, information, complete, z])}`;
  const shape = { kind: plan.spending };
  return once(key, () => repeatedPAt({ sided: 2, shape, information, complete }, information.length - 1, z));
}
