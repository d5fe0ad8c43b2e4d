import type { ScorecardOptions } from '../options.ts';
import { type CategoryBins, type Tally, totalOf, weightOfEvidence } from './bins.ts';
import { mergeCells } from './merge.ts';

interface Sample {
  codes: Int32Array;
  categories: readonly string[];
  target: Float64Array;
  weights?: Float64Array | undefined;
}

interface Cell extends Tally {
  names: string[];
}

/**
 * Groups the categories of a column: those with fewer rows than half the smallest bin are pooled as rare, the
 * others ordered by their rate and neighbours joined like the cells of a number. Null when all is missing.
 */
export function binCategories(
  column: string,
  sample: Sample,
  options: ScorecardOptions,
): CategoryBins | null {
  const { codes, categories, target, weights } = sample;
  const seen: Cell[] = categories.map((name) => ({ n: 0, events: 0, names: [name] }));
  const missing: Tally = { n: 0, events: 0 };
  for (let i = 0; i < codes.length; i++) {
    const cell = codes[i]! < 0 ? missing : seen[codes[i]!]!;
    const weight = weights ? weights[i]! : 1;
    cell.n += weight;
    cell.events += weight * target[i]!;
  }
  const total = totalOf([...seen, missing]);
  const minRows = options.minBinShare * total.n;
  const common = seen.filter((cell) => cell.n >= minRows / 2 && cell.n > 0);
  const rare = totalOf(seen.filter((cell) => cell.n > 0 && cell.n < minRows / 2));
  if (common.length === 0) return null;
  common.sort((a, b) => a.events * b.n - b.events * a.n || (a.names[0]! < b.names[0]! ? -1 : 1));
  const ends = mergeCells(common, {
    maxBins: options.maxBins,
    minRows: minRows / 2,
    threshold: options.cutThreshold,
    direction: 'none',
  });
  const parts = ends.map((end, i) => common.slice(i === 0 ? 0 : ends[i - 1]! + 1, end + 1));
  const tallies = [...parts.map(totalOf), missing, rare];
  return {
    kind: 'categorical',
    column,
    groups: parts.map((part) => part.flatMap((cell) => cell.names).sort()),
    woe: tallies.map((bin) => weightOfEvidence(bin, total, options.smoothing)),
    tallies,
  };
}
