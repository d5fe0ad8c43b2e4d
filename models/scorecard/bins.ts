/** A cell of rows before or after binning: how many, and how many of them are events. Weights count as rows. */
export interface Tally {
  n: number;
  events: number;
}

/** A numeric column cut at `cuts`: bin i holds values up to and including cuts[i]; the last one the rest. */
export interface NumericBins {
  kind: 'numeric';
  column: string;
  cuts: number[];
  /** One weight of evidence for each bin, then the one of missing values. */
  woe: number[];
  tallies: Tally[];
}

/** A categorical column: each group of categories is a bin; categories never seen fall into the pooled one. */
export interface CategoryBins {
  kind: 'categorical';
  column: string;
  groups: string[][];
  /** One weight of evidence for each group, then missing, then categories of no group. */
  woe: number[];
  tallies: Tally[];
}

export type Bins = NumericBins | CategoryBins;

/**
 * Weight of evidence ln((events here / events) / (others here / others)), with `smoothing` rows at the base rate
 * added to the bin. Zero where the bin is empty: it says nothing.
 */
export function weightOfEvidence(bin: Tally, total: Tally, smoothing: number): number {
  if (bin.n === 0) return 0;
  const rate = total.events / total.n;
  const events = bin.events + smoothing * rate;
  const others = bin.n - bin.events + smoothing * (1 - rate);
  const floor = 1e-6;
  return Math.log(Math.max(events, floor) / Math.max(others, floor)) - Math.log(rate / (1 - rate));
}

/** Information value: the sum over bins of (share of events − share of others) × weight of evidence. */
export function informationValue(bins: readonly Tally[], woe: readonly number[], total: Tally): number {
  let value = 0;
  bins.forEach((bin, i) => {
    if (bin.n === 0) return;
    const others = total.n - total.events;
    value += (bin.events / total.events - (bin.n - bin.events) / others) * woe[i]!;
  });
  return value;
}

/** Log likelihood of a cell under its own rate. */
export function cellLikelihood({ n, events }: Tally): number {
  const others = n - events;
  return (events > 0 ? events * Math.log(events / n) : 0) + (others > 0 ? others * Math.log(others / n) : 0);
}

export const totalOf = (cells: readonly Tally[]): Tally => ({
  n: cells.reduce((sum, cell) => sum + cell.n, 0),
  events: cells.reduce((sum, cell) => sum + cell.events, 0),
});
