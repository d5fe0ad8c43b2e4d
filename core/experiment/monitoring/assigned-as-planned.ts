export interface CountDifference {
  arm: string;
  planned: number;
  assigned: number;
}

/**
 * Arms whose number of people is not what the plan gives, in order of name. At assignment nobody can have been lost, so
 * nothing is tested: counts are equal or something is wrong. An arm that the plan does not know was planned at 0.
 */
export function assignedAsPlanned(
  planned: ReadonlyMap<string, number>,
  assigned: ReadonlyMap<string, number>,
): CountDifference[] {
  return [...new Set([...planned.keys(), ...assigned.keys()])]
    .sort()
    .map((arm) => ({ arm, planned: planned.get(arm) ?? 0, assigned: assigned.get(arm) ?? 0 }))
    .filter((row) => row.planned !== row.assigned);
}
