import { frame, type Pens, type Spec, write } from '../chart.ts';

/** Share of rows in one bin, on each side. */
export interface ShiftBin {
  label: string;
  before: number;
  after: number;
}

export interface ShiftWords {
  description: string;
  before: string;
  after: string;
}

/** Where the rows of one column stood before (hollow) and stand after (filled), bin by bin. Full counts: no interval. */
export function shift(bins: readonly ShiftBin[], words: ShiftWords, pens: Pens): Spec {
  const { palette } = pens;
  const f = write(pens);
  const sort = bins.map(({ label }) => label);
  const y = {
    field: 'label',
    type: 'nominal',
    sort,
    axis: { title: null, grid: true, labelLimit: 150 },
    scale: { padding: 0.5 },
  };
  const x = {
    type: 'quantitative',
    axis: { title: null, format: '.0%', tickCount: 4 },
    scale: { domainMin: 0, nice: true },
  };
  const rows = bins.map((bin) => ({
    ...bin,
    was: f.percent(bin.before),
    is: f.percent(bin.after),
  }));
  const tooltip = [
    { field: 'label', title: ' ' },
    { field: 'was', title: words.before },
    { field: 'is', title: words.after },
  ];
  const point = (field: 'before' | 'after', filled: boolean) => ({
    mark: {
      type: 'point',
      size: 70,
      stroke: filled ? palette.accent : palette.soft,
      fill: filled ? palette.accent : palette.sheet,
      opacity: 1,
      strokeWidth: 1.75,
    },
    encoding: { x: { ...x, field }, y, tooltip },
  });
  return frame(pens, {
    description: words.description,
    height: Math.max(110, 26 * bins.length + 34),
    layer: [
      {
        mark: { type: 'rule', color: palette.rule, strokeWidth: 2 },
        encoding: { x: { ...x, field: 'before' }, x2: { field: 'after' }, y },
      },
      point('before', false),
      point('after', true),
    ],
    extra: { data: { values: rows } },
  });
}
