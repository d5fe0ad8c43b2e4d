import type { z } from 'zod';
import type { Text } from '../text/text.ts';

/** People in one arm and how many of them had the outcome. Sums over people, so parts add up exactly. */
export interface Counts {
  n: number;
  events: number;
}

/** What a statistic is computed from, by the name it declares in `needs`. */
export interface Evidence {
  counts: Counts;
}
export type EvidenceKind = keyof Evidence;

/** An effect of an arm against control. All null, with a reason, where it cannot be computed. */
export interface Effect {
  estimate: number | null;
  lower: number | null;
  upper: number | null;
  standardError: number | null;
  /** Two-sided. */
  pValue: number | null;
  reason?: 'empty_arm' | 'no_variation';
  /** What was done, for whoever compares with another tool. */
  conventions: { scale: 'difference'; sided: 'two'; interval: string; test: string; df: number | null };
}

/** What a statistic promises about itself under some options; each promise is tested. */
export interface Laws {
  /** exact: evidence of two parts of an arm adds up to that of the whole. */
  merge: 'exact' | 'by_rows' | 'none';
  /** What swapping arm and control does to estimate and interval. */
  swap: 'negates' | 'inverts';
  /** Whether the interval excludes no effect exactly when the p-value is under alpha. */
  dual: boolean;
  /** Lowest coverage of the 95 % interval over rates from .1 to .9 with 100 people an arm; null: not promised. */
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
