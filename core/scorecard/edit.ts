import type { HandBins } from './bins.ts';
import { informationValue, type Tally, totalOf, weightOfEvidence } from './evidence.ts';
import { type Direction, poolViolators } from './monotone.ts';

/** A numeric column in cells so fine that bins are made by joining them: cell i lies under edges[i]. */
export interface FineNumeric {
  kind: 'numeric';
  edges: readonly number[];
  /** One more than the edges. */
  cells: readonly Tally[];
  missing: Tally;
}

export interface FineCategorical {
  kind: 'categorical';
  cells: readonly (Tally & { name: string })[];
  missing: Tally;
}

/** What is known of a column's rows: enough to tally any bins whose cuts are edges of it. */
export type Fine = FineNumeric | FineCategorical;

/** The bins of a column with what they hold, in the order of the bins, then missing, then (of categories) the rest. */
export interface BinnedColumn {
  tallies: Tally[];
  woe: number[];
  information: number;
  total: Tally;
}

/** Rows and events of each bin, then of missing values, then of categories in no group. */
export function tallyBins(fine: Fine, bins: HandBins): Tally[] {
  if (fine.kind === 'numeric') {
    const cuts = 'cuts' in bins ? bins.cuts : [];
    const tallies: Tally[] = Array.from({ length: cuts.length + 1 }, () => ({ n: 0, events: 0 }));
    let bin = 0;
    fine.cells.forEach((cell, i) => {
      while (bin < cuts.length && i > 0 && fine.edges[i - 1]! >= cuts[bin]!) bin++;
      tallies[bin]!.n += cell.n;
      tallies[bin]!.events += cell.events;
    });
    return [...tallies, { ...fine.missing }];
  }
  const groups = 'groups' in bins ? bins.groups : [];
  const of = (names: readonly string[]) => totalOf(fine.cells.filter(({ name }) => names.includes(name)));
  const grouped = new Set(groups.flat());
  const rest = totalOf(fine.cells.filter(({ name }) => !grouped.has(name)));
  return [...groups.map(of), { ...fine.missing }, rest];
}

/** What the bins say on these rows: weights of evidence and information value, as a training on them would find. */
export function measureBins(fine: Fine, bins: HandBins, smoothing: number): BinnedColumn {
  const tallies = tallyBins(fine, bins);
  const total = totalOf(tallies);
  const woe = tallies.map((bin) => weightOfEvidence(bin, total, smoothing));
  return { tallies, woe, total, information: informationValue(tallies, woe, total) };
}

/** Joins a bin with the one after it; as it was where there is none. */
export function mergeNext(bins: HandBins, bin: number): HandBins {
  if ('cuts' in bins) return { cuts: bins.cuts.filter((_, i) => i !== bin) };
  if (bin < 0 || bin >= bins.groups.length - 1) return bins;
  const joined = [...bins.groups[bin]!, ...bins.groups[bin + 1]!].sort();
  return { groups: bins.groups.flatMap((group, i) => (i === bin ? [joined] : i === bin + 1 ? [] : [group])) };
}

/** The edge nearest to a value, where a cut can be made; null when the column has none. */
export function nearestEdge(fine: FineNumeric, value: number): number | null {
  let best: number | null = null;
  for (const edge of fine.edges)
    if (best === null || Math.abs(edge - value) < Math.abs(best - value)) best = edge;
  return best;
}

/** Cuts a numeric column at the edge nearest to a value; as it was where that is a cut already. */
export function splitAt(fine: FineNumeric, bins: HandBins, value: number): HandBins {
  const edge = nearestEdge(fine, value);
  if (!('cuts' in bins) || edge === null || bins.cuts.includes(edge)) return bins;
  return { cuts: [...bins.cuts, edge].sort((a, b) => a - b) };
}

/** Joins neighbouring bins until the rate of events only rises or only falls; missing values stay apart. */
export function forceMonotone(fine: Fine, bins: HandBins, direction: Exclude<Direction, 'none'>): HandBins {
  if (!('cuts' in bins)) return bins;
  const ends = poolViolators(tallyBins(fine, bins).slice(0, bins.cuts.length + 1), direction);
  return { cuts: ends.slice(0, -1).map((end) => bins.cuts[end]!) };
}

/** Puts categories into one group, out of whatever groups they were in. */
export function groupTogether(bins: HandBins, names: readonly string[]): HandBins {
  if (!('groups' in bins) || names.length === 0) return bins;
  const at = bins.groups.findIndex((group) => group.some((name) => names.includes(name)));
  const left = bins.groups.map((group) => group.filter((name) => !names.includes(name)));
  const joined = [...names].sort();
  const groups =
    at < 0 ? [...left, joined] : left.flatMap((group, i) => (i === at ? [joined, group] : [group]));
  return { groups: groups.filter((group) => group.length > 0) };
}

/** Takes categories out of their group, each into one of its own. */
export function ungroup(bins: HandBins, names: readonly string[]): HandBins {
  if (!('groups' in bins)) return bins;
  const groups = bins.groups.flatMap((group) => [
    group.filter((name) => !names.includes(name)),
    ...group.filter((name) => names.includes(name)).map((name) => [name]),
  ]);
  return { groups: groups.filter((group) => group.length > 0) };
}

/** Whether the rate of events only rises or only falls over the bins of a numeric column; empty ones do not count. */
export function isMonotone(bins: readonly Tally[]): boolean {
  const rates = bins.filter(({ n }) => n > 0).map(({ n, events }) => events / n);
  const steps = rates.slice(1).map((rate, i) => Math.sign(rate - rates[i]!));
  return !(steps.includes(1) && steps.includes(-1));
}

/** Standard error of a weight of evidence: of the difference of two log odds, the whole taken as known. */
export function evidenceError({ n, events }: Tally): number | null {
  return events > 0 && events < n ? Math.sqrt(1 / events + 1 / (n - events)) : null;
}
