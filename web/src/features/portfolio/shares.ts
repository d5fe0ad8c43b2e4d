import type { Output } from '#core/contract/endpoint.ts';
import type { contract } from '#core/contract/index.ts';
import type { AgeingShare } from '../../charts/ageing.ts';

export type Summary = Output<typeof contract.portfolio.summary>;
export type AgeingRow = Output<typeof contract.portfolio.ageing>['rows'][number];
export type Measure = 'balance' | 'accounts';

/** Bands drawn: the buckets of 90 days and more are one, for its parts are too thin to tell apart. */
export const bands = ['1-29', '30-59', '60-89', '90+'] as const;
export type Band = (typeof bands)[number];

const bandOf = (bucket: string): Band | null => {
  if (bucket === '90-119' || bucket === '120-179' || bucket === '180+') return '90+';
  return (bands as readonly string[]).includes(bucket) ? (bucket as Band) : null;
};
const counts = (bucket: string): boolean => bucket === '0' || bandOf(bucket) !== null;

/** Whether any row holds a balance; without one, only accounts can be measured. */
export const hasBalance = (rows: readonly AgeingRow[]): boolean => rows.some((row) => row.balance !== null);

/** Share of each band in each month, of what is neither charged off nor closed. */
export function ageingShares(rows: readonly AgeingRow[], measure: Measure): AgeingShare[] {
  const size = (row: AgeingRow): number => (measure === 'balance' ? (row.balance ?? 0) : row.accounts);
  const totals = new Map<string, number>();
  const parts = new Map<string, Map<Band, number>>();
  for (const row of rows) {
    if (!counts(row.bucket)) continue;
    totals.set(row.asOf, (totals.get(row.asOf) ?? 0) + size(row));
    const band = bandOf(row.bucket);
    const month = parts.get(row.asOf) ?? new Map<Band, number>();
    parts.set(row.asOf, month);
    if (band) month.set(band, (month.get(band) ?? 0) + size(row));
  }
  return [...totals]
    .filter(([, total]) => total > 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([asOf, total]) =>
      bands.map((band) => ({ asOf, band, share: (parts.get(asOf)?.get(band) ?? 0) / total })),
    );
}

/** The last month's share of a band against the one a year before it, or the first there is. */
export function trendOf(shares: readonly AgeingShare[], band: Band) {
  const own = shares.filter((share) => share.band === band);
  const last = own.at(-1);
  const before = own.length > 1 ? (own.at(-13) ?? own[0]) : undefined;
  if (!last) return null;
  const move = before ? last.share - before.share : 0;
  const trend = !before ? 'none' : Math.abs(move) < 0.001 ? 'flat' : move > 0 ? 'up' : 'down';
  return { last: last.share, before: before?.share ?? null, asOf: last.asOf, trend } as const;
}
