import { frame, type Pens, type Spec, write } from '../chart.ts';

export interface ScoreBin {
  from: number;
  n: number;
}

export interface HistogramWords {
  description: string;
  score: string;
  accounts: string;
  mean: string;
}

/** Accounts by score, in tenths from 0 to 1, with the mean drawn through. */
export function histogram(
  bins: readonly ScoreBin[],
  mean: number | null,
  words: HistogramWords,
  pens: Pens,
): Spec {
  const { palette } = pens;
  const f = write(pens);
  const total = bins.reduce((sum, bin) => sum + bin.n, 0);
  const width = 1 / Math.max(bins.length, 1);
  const rows = bins.map((bin) => ({ ...bin, to: bin.from + width, share: total ? bin.n / total : 0 }));
  const x = {
    field: 'from',
    type: 'quantitative',
    scale: { domain: [0, 1] },
    axis: { title: words.score, format: '.0%', tickCount: 5 },
  };
  const y = {
    field: 'share',
    type: 'quantitative',
    axis: { title: words.accounts, format: '.0%', tickCount: 4 },
  };
  return frame(pens, {
    description: words.description,
    height: 210,
    right: 16,
    top: 24,
    layer: [
      {
        data: { values: rows },
        mark: { type: 'bar', binSpacing: 2, color: palette.accent, opacity: 0.82 },
        encoding: {
          x: { ...x, bin: 'binned' },
          x2: { field: 'to' },
          y,
          tooltip: [
            { field: 'from', format: '.0%', title: words.score },
            { field: 'n', format: ',', title: 'n' },
          ],
        },
      },
      ...(mean === null
        ? []
        : [
            {
              data: { values: [{ from: mean, text: `${words.mean} ${f.percent(mean)}` }] },
              encoding: { x },
              layer: [
                { mark: { type: 'rule', color: palette.ink, strokeWidth: 1.5, strokeDash: [4, 3] } },
                {
                  mark: {
                    type: 'text',
                    align: mean > 0.6 ? 'right' : 'left',
                    baseline: 'bottom',
                    dy: -5,
                    dx: mean > 0.6 ? -6 : 6,
                    fontWeight: 600,
                  },
                  encoding: { y: { value: 0 }, text: { field: 'text' } },
                },
              ],
            },
          ]),
    ],
  });
}
