/** A cell of rows before or after binning: how many, and how many of them are events. Weights count as rows. */
export interface Tally {
  n: number;
  events: number;
}

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

export const totalOf = (cells: readonly Tally[]): Tally => ({
  n: cells.reduce((sum, cell) => sum + cell.n, 0),
  events: cells.reduce((sum, cell) => sum + cell.events, 0),
});
