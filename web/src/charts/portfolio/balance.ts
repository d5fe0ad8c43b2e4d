import { frame, mark, type Pens, type Spec, write } from '../chart.ts';

export interface BalanceRow {
  covariate: string;
  arm: string;
  standardisedDifference: number | null;
}

export interface BalanceWords {
  description: string;
  axis: string;
  /** Arms in the order of the design, the control first; gives each its colour. */
  arms: readonly string[];
}

const limit = 0.1;

/** Love plot: how far each arm stands from the control before anything is sent, in standard deviations. */
export function balance(rows: readonly BalanceRow[], words: BalanceWords, pens: Pens): Spec {
  const { palette } = pens;
  const f = write(pens);
  const seen = rows.filter((row) => row.standardisedDifference !== null);
  const widest = Math.max(
    limit * 1.4,
    ...seen.map((row) => Math.abs(row.standardisedDifference as number) * 1.1),
  );
  const worst = (covariate: string) =>
    Math.max(
      ...seen
        .filter((row) => row.covariate === covariate)
        .map((row) => Math.abs(row.standardisedDifference!)),
    );
  const order = [...new Set(seen.map((row) => row.covariate))].sort((a, b) => worst(b) - worst(a));
  const arms = words.arms.filter((arm) => seen.some((row) => row.arm === arm));
  const values = seen.map((row) => ({
    ...row,
    text: f.signed(row.standardisedDifference, 3),
    out: Math.abs(row.standardisedDifference as number) > limit,
  }));
  const colour = {
    field: 'arm',
    type: 'nominal',
    scale: {
      domain: arms,
      range: arms.map((arm) => palette.arms[words.arms.indexOf(arm) % palette.arms.length]),
    },
  };
  const y = {
    field: 'covariate',
    type: 'nominal',
    sort: order,
    axis: { title: null, grid: true, labelLimit: 170 },
  };
  const x = {
    field: 'standardisedDifference',
    type: 'quantitative',
    scale: { domain: [-widest, widest], nice: false },
    axis: { title: words.axis, format: '.2~f', tickCount: 5 },
  };
  return frame(pens, {
    description: words.description,
    height: (order.length > 10 ? 23 : 30) * order.length + 60,
    right: 16,
    layer: [
      mark(pens, 'x', 0),
      mark(pens, 'x', -limit, { dashed: true }),
      mark(pens, 'x', limit, { dashed: true }),
      {
        data: { values },
        mark: { type: 'point', size: 70, strokeWidth: 2, opacity: 1 },
        encoding: {
          x,
          y,
          yOffset: { field: 'arm', type: 'nominal', scale: { domain: arms, paddingOuter: 2 } },
          stroke: colour,
          fill: { condition: { test: 'datum.out', ...colour }, value: palette.paper },
          tooltip: [
            { field: 'covariate', title: ' ' },
            { field: 'arm', title: '  ' },
            { field: 'text', title: 'd' },
          ],
        },
      },
    ],
  });
}
