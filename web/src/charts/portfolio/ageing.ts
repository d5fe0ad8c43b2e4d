import { frame, type Layer, type Pens, type Spec, spread, write } from '../chart.ts';

/** A month's late balance or accounts in one band of days past due, as a share of all. */
export interface AgeingShare {
  asOf: string;
  band: string;
  share: number;
}

export interface AgeingWords {
  description: string;
  /** Names of the bands, from the least to the most late: the order of the stack. */
  bands: readonly { id: string; label: string }[];
}

export interface AgeingScale {
  /** Fixes the scale where several are read side by side. */
  top?: number;
  /** One of several: lower, with fewer dates. */
  small?: boolean;
}

/** The highest month of several, for one scale. */
export const highestMonth = (rows: readonly AgeingShare[]): number => {
  const months = new Map<string, number>();
  for (const { asOf, share } of rows) months.set(asOf, (months.get(asOf) ?? 0) + share);
  return Math.max(0, ...months.values());
};

/**
 * Late shares month by month, stacked from the least to the most late, each band named at its end. Every month is
 * a full count, so there is no interval to draw.
 */
export function ageing(
  rows: readonly AgeingShare[],
  words: AgeingWords,
  pens: Pens,
  { top, small = false }: AgeingScale = {},
): Spec {
  const { palette } = pens;
  const f = write(pens);
  const months = [...new Set(rows.map((row) => row.asOf))].sort();
  const last = months.at(-1);
  const stacked = months.flatMap((asOf) => {
    let from = 0;
    return words.bands.map(({ id, label }, rank) => {
      const share = rows.find((row) => row.asOf === asOf && row.band === id)?.share ?? 0;
      const piece = { month: f.month(asOf), asOf, band: label, rank, share, from, to: from + share };
      from += share;
      return piece;
    });
  });
  const highest = top ?? Math.max(0.001, ...stacked.map((piece) => piece.to));
  const ends = stacked.filter((piece) => piece.asOf === last);
  const places = spread(
    ends.map((piece) => (piece.from + piece.to) / 2),
    highest * (small ? 0.13 : 0.085),
  );
  const labels = ends.map((piece, i) => ({
    place: places[i],
    text: `${piece.band}  ${f.percent(piece.share)}`,
  }));
  const every = small ? Math.max(months.length, 1) : Math.ceil(months.length / 5);
  const shown = months.filter((_, i) => (months.length - 1 - i) % every === 0).map((asOf) => f.month(asOf));
  const x: Layer = {
    field: 'month',
    type: 'ordinal',
    sort: null,
    axis: { title: null, labelAngle: 0, labelOverlap: 'greedy', values: shown },
    scale: { paddingInner: 0.18, paddingOuter: 0.05 },
  };
  return frame(pens, {
    description: words.description,
    height: small ? 150 : 250,
    right: 4,
    layer: [
      {
        data: { values: stacked },
        mark: { type: 'bar', cornerRadius: 0 },
        encoding: {
          x,
          y: {
            field: 'from',
            type: 'quantitative',
            scale: { domain: [0, highest] },
            axis: { title: null, format: '.0%', tickCount: small ? 2 : 4 },
          },
          y2: { field: 'to' },
          color: {
            field: 'rank',
            type: 'quantitative',
            scale: {
              domain: [-1, words.bands.length - 1],
              range: [...palette.ramp],
              interpolate: 'lab',
            },
          },
          tooltip: [
            { field: 'month', title: ' ' },
            { field: 'band', title: '  ' },
            { field: 'share', format: '.2%', title: '%' },
          ],
        },
      },
      {
        data: { values: labels },
        mark: { type: 'text', align: 'left', dx: 8, color: palette.ink },
        encoding: {
          x: { value: 'width' },
          y: { field: 'place', type: 'quantitative' },
          text: { field: 'text' },
        },
      },
    ],
  });
}
