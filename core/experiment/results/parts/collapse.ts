import { type EvidenceCell, mergeMoments } from '../../evidence/moments.ts';

type Cells = readonly EvidenceCell[];

/** What was put together of some cells: arms mostly share their days, and looks, metrics and methods ask again. */
const known = new WeakMap<Cells, { cohorts: string[]; merged: Map<string, EvidenceCell[]> }>();

function memoryOf(cells: Cells) {
  let memory = known.get(cells);
  if (!memory) {
    memory = { cohorts: [...new Set(cells.map(({ cohort }) => cohort))].sort(), merged: new Map() };
    known.set(cells, memory);
  }
  return memory;
}

/**
 * One metric over the cells of some days of entering, days put together: by arm and stratum. Effects by stratum need no
 * days, as arms that are both open always share people by the same weights.
 */
export function collapse(cells: Cells, keep: (cohort: string) => boolean, id: string): EvidenceCell[] {
  const { cohorts, merged } = memoryOf(cells);
  const kept = new Set(cohorts.filter(keep));
  const key = `${id} ${[...kept].join(' ')}`;
  const before = merged.get(key);
  if (before) return before;
  const groups = new Map<string, EvidenceCell[]>();
  for (const cell of cells) {
    if (!kept.has(cell.cohort)) continue;
    const name = `${cell.arm}\n${cell.stratum}`;
    const group = groups.get(name);
    if (group) group.push(cell);
    else groups.set(name, [cell]);
  }
  const found = [...groups.values()].map((group): EvidenceCell => {
    const { arm, stratum } = group[0]!;
    return {
      arm,
      stratum,
      cohort: '',
      units: group.reduce((sum, { units }) => sum + units, 0),
      metrics: { [id]: mergeMoments(group.flatMap(({ metrics }) => metrics[id] ?? [])) },
    };
  });
  merged.set(key, found);
  return found;
}
