import type { Dialect } from '../sql/dialects/dialect.ts';
import type { Sql } from '../sql/sql.ts';
import { type Interval, wilson } from '../stats/wilson.ts';
import type { Text } from '../text/text.ts';

/** Fewest customers a claim may rest on. */
export const claimMinimumN = 200;
/** House setting: a true "3 of 10 pay" teaches not paying, so a lower share is not offered. */
export const claimMinimumShare = 0.6;
/** House setting: days after the balances it was counted on for which a claim may be made without another date. */
export const claimValidDays = 90;

export const groupColumns = ['country', 'product', 'bucket'] as const;
export type GroupColumn = (typeof groupColumns)[number];

/** People a claim is about: one product, bucket and country, as far as the claim tells these apart. */
export interface ClaimCount {
  country: string | null;
  product?: string | null;
  bucket?: string | null;
  n: number;
  events: number;
}

export interface ClaimQuestion {
  /** Date of the balances. */
  asOf: string;
  windowDays: number;
  /** Relation with customer_id: only groups that one of these is in are counted. Null: every group. */
  people: Sql | null;
  /** Country of customers whose own is not known. */
  country: string | null;
  /** One product, bucket or country, where the claim was saved for it alone. */
  scope?: Partial<Record<GroupColumn, string | null>>;
}

/**
 * A kind of number a text may name. One file of `claims/` is one kind; its id is its file name. The sentence counts
 * distinct customers: `n` of those it names, `events` of those for whom it holds.
 */
export interface ClaimKind {
  text: { title: Text; summary: Text };
  /** Who is counted, and who of them counts. */
  population: Text;
  numerator: Text;
  /** What groups are told apart: the claim must hold in each. */
  by: readonly GroupColumn[];
  /** What it is told apart by besides, where all whom a text addresses are of one. */
  narrowsTo?: readonly GroupColumn[];
  /** Days looked back over, unless the claim was saved with others. */
  windowDays: number;
  /** Rows: the columns of `by`, n, events; ordered by these columns. */
  count(dialect: Dialect, question: ClaimQuestion): Sql;
}

/** What the portfolio says about "n of 10", where it says least. */
export interface Claim {
  /** The number the text may name: the lower end of the interval in tenths, rounded down. */
  claimed: number;
  share: Interval;
  n: number;
  events: number;
  country: string | null;
  product: string | null;
  bucket: string | null;
  holds: boolean;
  reason?: 'no_rows' | 'too_few' | 'too_low' | 'too_high_claimed';
  /** Whether the true figure may be offered in place of one that is not so. */
  offered: boolean;
}

/**
 * The claim "at least n in 10" for people of several groups: true for each of them, so it is the weakest group's.
 * n = floor(10 × lower end of the 95 % Wilson interval). It holds when that end is at least .6, the group has 200
 * customers or more, and no number written into the text is above that end.
 *
 * @param written the largest share the text names in figures, in [0, 1]; null: it leaves the number open
 */
export function judgeClaim(counts: readonly ClaimCount[], written: number | null = null): Claim {
  const judged = counts.map(({ country, product, bucket, n, events }): Claim => {
    const share = wilson(events, n);
    const lower = share.lower ?? 0;
    const offered = n >= claimMinimumN && lower >= claimMinimumShare;
    const reason = reasonOf(n, lower, written);
    return {
      claimed: Math.floor(10 * lower),
      share,
      n,
      events,
      country,
      product: product ?? null,
      bucket: bucket ?? null,
      holds: !reason,
      offered,
      ...(reason && { reason }),
    };
  });
  const weakest = judged.sort(
    (a, b) => Number(a.holds) - Number(b.holds) || (a.share.lower ?? 0) - (b.share.lower ?? 0),
  )[0];
  return weakest ?? nobody;
}

function reasonOf(n: number, lower: number, written: number | null): Claim['reason'] {
  if (n < claimMinimumN) return 'too_few';
  if (lower < claimMinimumShare) return 'too_low';
  return written !== null && written > lower ? 'too_high_claimed' : undefined;
}

const nobody: Claim = {
  claimed: 0,
  share: wilson(0, 0),
  n: 0,
  events: 0,
  country: null,
  product: null,
  bucket: null,
  holds: false,
  offered: false,
  reason: 'no_rows',
};
