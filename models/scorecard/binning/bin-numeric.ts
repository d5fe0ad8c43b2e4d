import type { Direction, ScorecardOptions } from '../options.ts';
import { type NumericBins, type Tally, totalOf, weightOfEvidence } from './bins.ts';
import { mergeCells } from './merge.ts';

const preBins = 64;

interface Sample {
  values: Float64Array;
  target: Float64Array;
  weights?: Float64Array | undefined;
}

/** Cut points at quantiles of the values present, each between two different values; ties stay together. */
function quantileCuts(sorted: Float64Array): number[] {
  const cuts: number[] = [];
  for (let k = 1; k < preBins; k++) {
    const at = Math.floor((k * sorted.length) / preBins);
    const value = sorted[at]!;
    let low = 0;
    for (let high = at; low < high; ) {
      const middle = (low + high) >> 1;
      if (sorted[middle]! < value) low = middle + 1;
      else high = middle;
    }
    for (const edge of [low, firstAbove(sorted, value)]) {
      if (edge === 0 || edge >= sorted.length) continue;
      const cut = between(sorted[edge - 1]!, sorted[edge]!);
      if (cuts.length === 0 || cut > cuts[cuts.length - 1]!) cuts.push(cut);
    }
  }
  return cuts;
}

function firstAbove(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A short number in [low, high): the fewest digits that still tell the two apart. */
export function between(low: number, high: number): number {
  const middle = low + (high - low) / 2;
  for (let digits = 1; digits <= 15; digits++) {
    const rounded = Number(middle.toPrecision(digits));
    if (rounded >= low && rounded < high) return rounded;
  }
  return low;
}

function present(values: Float64Array): Float64Array {
  const kept = new Float64Array(values.length);
  let n = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!Number.isNaN(value)) kept[n++] = value;
  }
  return kept.subarray(0, n);
}

/** The bin of a value: the first whose cut is not below it. */
export function binOf(cuts: readonly number[], value: number): number {
  let low = 0;
  let high = cuts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (cuts[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Bins a numeric column by weight of evidence; missing values are a bin of their own. Null when all is missing. */
export function binNumeric(
  column: string,
  sample: Sample,
  options: ScorecardOptions,
  direction: Direction,
): NumericBins | null {
  const { values, target, weights } = sample;
  const sorted = present(values).sort();
  if (sorted.length === 0) return null;
  const fine = quantileCuts(sorted);
  const cells: Tally[] = Array.from({ length: fine.length + 1 }, () => ({ n: 0, events: 0 }));
  const missing: Tally = { n: 0, events: 0 };
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    const cell = !Number.isNaN(value) ? cells[binOf(fine, value)]! : missing;
    const weight = weights ? weights[i]! : 1;
    cell.n += weight;
    cell.events += weight * target[i]!;
  }
  const total = totalOf([...cells, missing]);
  const ends = mergeCells(cells, {
    maxBins: options.maxBins,
    minRows: options.minBinShare * total.n,
    threshold: options.cutThreshold,
    direction,
  });
  const tallies = ends.map((end, i) => totalOf(cells.slice(i === 0 ? 0 : ends[i - 1]! + 1, end + 1)));
  tallies.push(missing);
  return {
    kind: 'numeric',
    column,
    cuts: ends.slice(0, -1).map((end) => fine[end]!),
    woe: tallies.map((bin) => weightOfEvidence(bin, total, options.smoothing)),
    tallies,
  };
}
