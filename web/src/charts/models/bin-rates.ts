import { frame, mark, type Pens, type Spec, write } from '../chart.ts';

/** What happened in one part of a column's values. */
export interface BinRate {
  label: string;
  rate: number | null;
  lower: number | null;
  upper: number | null;
  /** Share of all rows. */
  share: number;
}

export interface BinRateWords {
  description: string;
  rate: string;
  share: string;
  /** Written at the line of all rows. */
  overall: string;
}

/** The rate of each bin with its interval, the rows it holds as a bar behind, against the rate of all. */
export function binRates(rows: readonly BinRate[], overall: number, words: BinRateWords, pens: Pens): Spec {
  const { palette } = pens;
  const f = write(pens);
  const top = Math.min(
    1,
    Math.max(overall, ...rows.map(({ upper, share }) => Math.max(upper ?? 0, share))) * 1.06,
  );
  const y = {
    field: 'label',
    type: 'nominal',
    sort: rows.map(({ label }) => label),
    axis: { title: null, grid: false, labelLimit: 150 },
    scale: { padding: 0.35 },
  };
  const x = {
    field: 'rate',
    type: 'quantitative',
    scale: { domain: [0, top], nice: false },
    axis: { title: null, format: '.0%', tickCount: 4 },
  };
  const values = rows.map((row) => ({
    ...row,
    zero: 0,
    clear: row.lower !== null && row.upper !== null && (row.lower > overall || row.upper < overall),
    shownRate: f.percent(row.rate),
    shownShare: f.percent(row.share),
    interval: f.interval(row.lower, row.upper, (value) => f.percent(value)),
  }));
  const tooltip = [
    { field: 'label', title: ' ' },
    { field: 'shownRate', title: words.rate },
    { field: 'interval', title: '95 %' },
    { field: 'shownShare', title: words.share },
  ];
  const held = values.filter(({ rate }) => rate !== null);
  return frame(pens, {
    description: words.description,
    height: Math.max(120, 28 * rows.length + 40),
    right: 16,
    top: 22,
    layer: [
      {
        data: { values },
        mark: { type: 'bar', color: palette.line, height: { band: 0.8 } },
        encoding: { y, x: { ...x, field: 'zero' }, x2: { field: 'share' }, tooltip },
      },
      mark(pens, 'x', overall, { dashed: true }),
      {
        data: { values: [{ rate: overall, text: words.overall }] },
        mark: {
          type: 'text',
          align: overall > top / 2 ? 'right' : 'left',
          dx: overall > top / 2 ? -4 : 4,
          dy: -9,
          baseline: 'bottom',
          color: palette.soft,
        },
        encoding: { x, y: { value: 0 }, text: { field: 'text' } },
      },
      {
        data: { values: held.filter(({ lower }) => lower !== null) },
        mark: { type: 'rule', strokeWidth: 2.5, color: palette.accent },
        encoding: { y, x: { ...x, field: 'lower' }, x2: { field: 'upper' }, tooltip },
      },
      {
        data: { values: held },
        mark: { type: 'point', size: 75, strokeWidth: 2, opacity: 1, stroke: palette.accent },
        encoding: {
          y,
          x,
          tooltip,
          fill: { condition: { test: 'datum.clear', value: palette.accent }, value: palette.sheet },
        },
      },
    ],
  });
}
