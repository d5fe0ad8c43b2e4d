import type { KpiRow } from '#core/portfolio/kpi.ts';
import type { AgeingShare } from '../../../charts/portfolio/ageing.ts';
import type { Measure } from '../filter/filter.ts';
import { distinct, numberOf, textOf } from './rows.ts';

/** Bands drawn: the buckets of 90 days and more are one, for its parts are too thin to tell apart. */
export const bands = ['1-29', '30-59', '60-89', '90+'] as const;
export type Band = (typeof bands)[number];

const bandOf = (bucket: string): Band | null => {
  if (bucket === '90-119' || bucket === '120-179' || bucket === '180+') return '90+';
  return (bands as readonly string[]).includes(bucket) ? (bucket as Band) : null;
};
const closed = ['charged_off', 'closed'];

/**
 * Share of each band on each date. Of balance the rows must be of one currency, and the shares are the server's; of
 * accounts they may be of several, and are counted together.
 */
export function ageingShares(rows: readonly KpiRow[], measure: Measure): AgeingShare[] {
  return distinct(rows, 'as_of')
    .sort()
    .flatMap((asOf) => {
      const open = rows.filter((row) => row.as_of === asOf && !closed.includes(textOf(row, 'bucket')));
      const all = open.reduce((sum, row) => sum + (numberOf(row, 'accounts') ?? 0), 0);
      const sizeOf = (row: KpiRow): number =>
        measure === 'balance'
          ? (numberOf(row, 'share_of_balance') ?? 0)
          : (numberOf(row, 'accounts') ?? 0) / Math.max(all, 1);
      return bands.map((band) => ({
        asOf,
        band,
        share: open
          .filter((row) => bandOf(textOf(row, 'bucket')) === band)
          .reduce((sum, row) => sum + sizeOf(row), 0),
      }));
    });
}

/** The last month's share of a band against the one a year before it, or the first there is. */
export function trendOf(shares: readonly AgeingShare[], band: Band) {
  const own = shares.filter((share) => share.band === band);
  const last = own.at(-1);
  const before = own.length > 1 ? (own.at(-13) ?? own[0]) : undefined;
  if (!last) return null;
  const move = before ? last.share - before.share : 0;
  const trend = !before ? 'none' : Math.abs(move) < 0.001 ? 'flat' : move > 0 ? 'up' : 'down';
  return {
    last: last.share,
    before: before?.share ?? null,
    since: before?.asOf ?? null,
    asOf: last.asOf,
    trend,
  } as const;
}
