import { frame, type Pens, type Spec, write } from '../chart.ts';
import { turningPoint } from '../experiments/contrast.ts';

export interface Roll {
  before: string;
  after: string;
  accounts: number;
  share: { estimate: number | null; lower: number | null; upper: number | null };
}

export interface RollWords {
  description: string;
  /** Order and names of the buckets, the least late first. */
  buckets: readonly { id: string; label: string }[];
  before: string;
  after: string;
  interval: string;
}

/** From which bucket (rows) to which (columns): the share in each cell, its interval on request. Rows sum to 1. */
export function rolls(rows: readonly Roll[], words: RollWords, pens: Pens): Spec {
  const { palette } = pens;
  const f = write(pens);
  const label = new Map(words.buckets.map((bucket) => [bucket.id, bucket.label]));
  const cells = rows
    .filter((row) => label.has(row.before) && label.has(row.after))
    .map((row) => ({
      before: label.get(row.before),
      after: label.get(row.after),
      same: row.before === row.after,
      share: row.share.estimate ?? 0,
      text:
        row.share.estimate === null ? '' : f.percent(row.share.estimate, row.share.estimate < 0.0995 ? 1 : 0),
      interval:
        row.share.lower === null
          ? '–'
          : f.interval(row.share.lower, row.share.upper, (value) => f.percent(value)),
      accounts: f.integer(row.accounts),
    }));
  const used = (side: 'before' | 'after') =>
    words.buckets.filter(({ id }) => rows.some((row) => row[side] === id)).map((bucket) => bucket.label);
  const x = {
    field: 'after',
    type: 'nominal',
    sort: used('after'),
    axis: {
      orient: 'top',
      title: words.after,
      domain: false,
      labelAngle: 0,
      labelPadding: 22,
      labelFontSize: 12,
      labelLineHeight: 14,
      // Two lines for each, so that a name of two words has room.
      labelExpr: "indexof(datum.label, ' ') < 0 ? ['', datum.label] : split(datum.label, ' ')",
    },
    scale: { paddingInner: 0.04 },
  };
  const y = {
    field: 'before',
    type: 'nominal',
    sort: used('before'),
    axis: { title: words.before, grid: false },
    scale: { paddingInner: 0.06 },
  };
  return frame(pens, {
    description: words.description,
    height: 44 * used('before').length + 40,
    layer: [
      {
        data: { values: cells },
        mark: { type: 'rect', cornerRadius: 2 },
        encoding: {
          x,
          y,
          color: {
            field: 'share',
            type: 'quantitative',
            scale: { domain: [0, 1], range: [...palette.ramp], interpolate: 'lab', type: 'sqrt' },
          },
          stroke: { condition: { test: 'datum.same', value: palette.soft }, value: null },
          tooltip: [
            { field: 'before', title: words.before },
            { field: 'after', title: words.after },
            { field: 'text', title: '%' },
            { field: 'interval', title: words.interval },
            { field: 'accounts', title: 'n' },
          ],
        },
      },
      {
        data: { values: cells },
        mark: { type: 'text' },
        encoding: {
          x,
          y,
          text: { field: 'text' },
          color: {
            condition: { test: `datum.share > ${turningPoint(palette) ** 2}`, value: palette.sheet },
            value: palette.ink,
          },
        },
      },
    ],
  });
}
