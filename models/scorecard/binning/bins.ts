import type { Tally } from '#core/scorecard/evidence.ts';

export { informationValue, type Tally, totalOf, weightOfEvidence } from '#core/scorecard/evidence.ts';

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

/** Log likelihood of a cell under its own rate. */
export function cellLikelihood({ n, events }: Tally): number {
  const others = n - events;
  return (events > 0 ? events * Math.log(events / n) : 0) + (others > 0 ? others * Math.log(others / n) : 0);
}
