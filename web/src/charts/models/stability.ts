import { frame, mark, type Pens, type Spec, write } from '../chart.ts';

/** How far one column moved, with what chance alone would give. */
export interface StabilityRow {
  label: string;
  psi: number;
  limit: number;
  moved: boolean;
}

export interface StabilityWords {
  description: string;
  psi: string;
  limit: string;
}

/** PSI of each column on a square-root scale, its chance band behind; filled where it is beyond chance and large. */
export function stability(rows: readonly StabilityRow[], words: StabilityWords, pens: Pens): Spec {
  const { palette } = pens;
  const f = write(pens);
  const most = Math.max(0.3, ...rows.map(({ psi, limit }) => Math.max(psi, limit)));
  const x = {
    field: 'psi',
    type: 'quantitative',
    scale: { type: 'sqrt', domain: [0, most * 1.05] },
    axis: {
      title: words.psi,
      values: [0, 0.1, 0.25, 0.5, 1, 2].filter((at) => at <= most),
      format: '.2f',
      grid: false,
    },
  };
  const y = {
    field: 'label',
    type: 'nominal',
    sort: rows.map(({ label }) => label),
    axis: { title: null, grid: false, labelLimit: 260 },
    scale: { padding: 0.5 },
  };
  const values = rows.map((row) => ({
    ...row,
    zero: 0,
    tone: row.moved ? palette.warn : palette.soft,
    fill: row.moved ? palette.warn : palette.sheet,
    shown: f.decimal(row.psi, 3),
    band: f.decimal(row.limit, 3),
  }));
  return frame(pens, {
    description: words.description,
    height: 26 * rows.length + 60,
    layer: [
      ...[0.1, 0.25].map((at) => mark(pens, 'x', at, { dashed: true })),
      {
        data: { values },
        mark: { type: 'bar', height: 12, color: palette.line },
        encoding: { x: { ...x, field: 'zero' }, x2: { field: 'limit' }, y },
      },
      {
        data: { values },
        mark: { type: 'point', size: 80, strokeWidth: 1.75, opacity: 1 },
        encoding: {
          x,
          y,
          stroke: { field: 'tone', type: 'nominal', scale: null },
          fill: { field: 'fill', type: 'nominal', scale: null },
          tooltip: [
            { field: 'label', title: ' ' },
            { field: 'shown', title: 'PSI' },
            { field: 'band', title: words.limit },
          ],
        },
      },
    ],
  });
}
