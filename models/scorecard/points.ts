import type { ModelCard } from '#core/contract/models/card.ts';
import type { Bins } from './binning/bins.ts';
import type { SavedScorecard } from './saved.ts';

const short = (value: number): string => String(Number(value.toPrecision(6)));

/** What a bin holds, in symbols that need no translation. */
export function binName(bins: Bins, bin: number): string {
  if (bins.kind === 'numeric') {
    if (bin === bins.cuts.length + 1) return '∅';
    if (bins.cuts.length === 0) return '≠ ∅';
    if (bin === 0) return `≤ ${short(bins.cuts[0]!)}`;
    const low = short(bins.cuts[bin - 1]!);
    return bin === bins.cuts.length ? `> ${low}` : `${low} < x ≤ ${short(bins.cuts[bin]!)}`;
  }
  if (bin === bins.groups.length) return '∅';
  return bin > bins.groups.length ? '…' : bins.groups[bin]!.join(', ');
}

/** Points by which the odds double, per unit of log odds, and the points all rows share. */
export function scaleOf({ scale, intercept }: SavedScorecard): { factor: number; base: number } {
  const factor = scale.pointsToDouble / Math.LN2;
  return { factor, base: scale.basePoints - factor * Math.log(scale.baseOdds) + factor * intercept };
}

/**
 * The table a scorecard is read from: `basePoints` at odds `baseOdds` of the event, `pointsToDouble` more each time
 * the odds double. The constant is shared out among the columns, so that points add up to the score.
 */
export function pointsTable(saved: SavedScorecard): ModelCard['points'] {
  const { factor, base } = scaleOf(saved);
  return saved.terms.flatMap(({ bins, coefficient, standardError }) =>
    bins.tallies.flatMap((tally, i) =>
      tally.n === 0
        ? []
        : [
            {
              feature: bins.column,
              bin: binName(bins, i),
              n: tally.n,
              rate: tally.events / tally.n,
              woe: bins.woe[i]!,
              coefficient,
              standardError: Number.isFinite(standardError) ? standardError : null,
              points: Math.round(factor * coefficient * bins.woe[i]! + base / saved.terms.length),
            },
          ],
    ),
  );
}
