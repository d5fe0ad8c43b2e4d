import { type EvidenceCell, mergeMoments } from '../../evidence/moments.ts';
import type { Moments } from '../../statistic.ts';

/**
 * The cells of some days of entering, days put together: by arm and stratum. Effects by stratum need no days, as
 * arms that are both open always share people by the same weights.
 */
export function collapse(cells: readonly EvidenceCell[], keep: (cohort: string) => boolean): EvidenceCell[] {
  const groups = new Map<string, EvidenceCell[]>();
  for (const cell of cells) {
    if (!keep(cell.cohort)) continue;
    const key = JSON.stringify([cell.arm, cell.stratum]);
    const group = groups.get(key);
    if (group) group.push(cell);
    else groups.set(key, [cell]);
  }
  return [...groups.values()].map((group) => {
    const first = group[0]!;
    const metrics: Record<string, Moments> = {};
    for (const id of Object.keys(first.metrics))
      metrics[id] = mergeMoments(group.flatMap((cell) => cell.metrics[id] ?? []));
    return {
      arm: first.arm,
      stratum: first.stratum,
      cohort: '',
      units: group.reduce((sum, { units }) => sum + units, 0),
      metrics,
    };
  });
}
