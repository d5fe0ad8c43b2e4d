import type { z } from 'zod';
import type { Text } from '../text/text.ts';

/** People in one arm and how many of them had the outcome. Sums over people, so parts add up exactly. */
export interface Counts {
  n: number;
  events: number;
}

/** Sums over units of columns and of their products; parts of an arm add up. */
export interface Moments {
  /** Units. */
  n: number;
  /** Sum of each column: the outcome, then the denominator of a ratio where there is one, then covariates. */
  sums: readonly number[];
  /** Sums of products, the upper triangle row by row: 00, 01, 02 …, 11, 12 …. */
  products: readonly number[];
  /** Whether column 1 is a denominator. */
  ratio: boolean;
}

/** How many units had each value, values ascending. */
export interface Histogram {
  n: number;
  values: readonly { value: number; count: number }[];
}

/** Moments of cluster totals: n is clusters, column 0 the total of the outcome, column 1 the units (ratio: true). */
export type Clusters = Moments;

/** Moments of each stratum, the same strata in the same order in both arms. */
export type Strata = readonly { stratum: string; moments: Moments }[];

/** Moments and, of each bootstrap draw, the weighted number of units and sums of the columns. */
export interface Replicates {
  moments: Moments;
  draws: readonly { n: number; sums: readonly number[] }[];
}

/** The units themselves, for methods that need each of them. */
export interface Rows {
  values: Float64Array;
}

/** What a statistic is computed from, by the name it declares in `needs`. */
export interface Evidence {
  counts: Counts;
  moments: Moments;
  histogram: Histogram;
  clusters: Clusters;
  strata: Strata;
  replicates: Replicates;
  rows: Rows;
}
export type EvidenceKind = keyof Evidence;

/** On which scale an effect is: arm − control, that over |control|, or a ratio of arm to control. */
export type EffectScale = 'difference' | 'relative' | 'risk_ratio' | 'odds_ratio';

export type EffectReason =
  | 'empty_arm'
  | 'no_variation'
  | 'too_few'
  | 'zero_control'
  | 'zero_denominator'
  /** Amounts whose squares are beyond any number. */
  | 'too_large'
  /** There is an estimate and a p-value; control is too near 0 for the interval of a relation to have ends. */
  | 'unbounded';

/** What was done, for whoever compares with another tool. */
export interface Conventions {
  scale: EffectScale;
  /** Of the p-value: two sides, or the alternative that the arm is greater or less. */
  sided: 'two' | 'greater' | 'less';
  interval: string;
  test: string;
  df: number | null;
  /** Effect that the p-value supposes, where it is not "none": what a margin allows. On the effect's scale. */
  supposed?: number;
}

/**
 * An effect of an arm against control. All null, with a reason, where it cannot be computed; a one-sided interval has
 * null for the end that is open.
 */
export interface Effect {
  estimate: number | null;
  lower: number | null;
  upper: number | null;
  standardError: number | null;
  pValue: number | null;
  reason?: EffectReason;
  conventions: Conventions;
}

/** What a statistic promises about itself under some options; each promise is tested. */
export interface Laws {
  /** exact: evidence of two parts of an arm adds up to that of the whole. */
  merge: 'exact' | 'by_rows' | 'none';
  /** What swapping arm and control does to estimate and interval; none: nothing simple. */
  swap: 'negates' | 'inverts' | 'none';
  /** Whether the interval excludes no effect exactly when the p-value is under alpha. */
  dual: boolean;
  /** What multiplying every outcome by a number does to the estimate. */
  scaling?: 'multiplies' | 'invariant' | 'none';
  /** Lowest coverage of the 95 % interval in the law suite's simulation; null: not promised. */
  coverage: number | null;
}

/**
 * One way to estimate an effect. One file of `statistics/` is one statistic; its id is its file name.
 */
export interface Statistic<Options = unknown, Kind extends EvidenceKind = EvidenceKind> {
  text: { title: Text; summary: Text };
  needs: Kind;
  options: z.ZodType<Options>;
  /** Choices of options that together show all it can do; the law suite runs on each. */
  examples: readonly Options[];
  laws(options: Options): Laws;
  compute(control: Evidence[Kind], arm: Evidence[Kind], options: Options): Effect;
}
