import { frame, type Pens, type Spec } from '../chart.ts';

export interface OverlapBar {
  from: number;
  upTo: number;
  attempted: number;
  others: number;
}

export interface OverlapWords {
  description: string;
  axis: string;
  attempted: string;
  others: string;
}

/**
 * How likely an arm was for those who got it (up) and for those who could have (down), as shares of each; outside the
 * dashed bounds nobody is compared.
 */
export function overlap(
  bars: readonly OverlapBar[],
  bounds: readonly [number, number],
  words: OverlapWords,
  pens: Pens,
): Spec {
  const { palette } = pens;
  const sum = (key: 'attempted' | 'others') => bars.reduce((total, bar) => total + bar[key], 0) || 1;
  const [attempted, others] = [sum('attempted'), sum('others')];
  const rows = bars.flatMap((bar) => [
    {
      from: bar.from,
      upTo: bar.upTo,
      side: words.attempted,
      n: bar.attempted,
      share: bar.attempted / attempted,
    },
    { from: bar.from, upTo: bar.upTo, side: words.others, n: bar.others, share: -bar.others / others },
  ]);
  const x = {
    field: 'from',
    type: 'quantitative',
    scale: { domain: [0, 1], nice: false },
    axis: { title: words.axis, format: '.0%', tickCount: 4 },
  };
  const most = Math.max(...rows.map(({ share }) => Math.abs(share)), 0.01);
  const y = {
    field: 'share',
    type: 'quantitative',
    axis: null,
    scale: { domain: [-most * 1.25, most * 1.25], nice: false },
  };
  const side = (text: string, place: number, color: string) => ({
    data: { values: [{ at: 0.96, place, text }] },
    mark: { type: 'text', align: 'right', baseline: 'middle', color, fontSize: 13 },
    encoding: {
      x: { ...x, field: 'at' },
      y: { ...y, field: 'place' },
      text: { field: 'text' },
    },
  });
  return frame(pens, {
    description: words.description,
    height: 170,
    right: 12,
    layer: [
      {
        data: { values: rows },
        mark: { type: 'bar', binSpacing: 1 },
        encoding: {
          x: { ...x, bin: 'binned' },
          x2: { field: 'upTo' },
          y,
          color: {
            field: 'side',
            type: 'nominal',
            scale: { domain: [words.attempted, words.others], range: [palette.accent, palette.rule] },
          },
          tooltip: [
            { field: 'side', title: ' ' },
            { field: 'from', format: '.0%', title: words.axis },
            { field: 'n', format: ',', title: 'n' },
          ],
        },
      },
      {
        data: { values: bounds.map((at) => ({ at })) },
        mark: { type: 'rule', color: palette.ink, strokeDash: [3, 3], strokeWidth: 1 },
        encoding: { x: { ...x, field: 'at' } },
      },
      side(words.attempted, most * 1.12, palette.accent),
      side(words.others, -most * 1.12, palette.soft),
    ],
  });
}
