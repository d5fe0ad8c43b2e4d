import { frame, type Pens, type Spec, write } from './chart.ts';

export interface TriangleCell {
  cohort: string;
  /** Months since the beginning of the cohort. */
  age: number;
  value: number;
  of: number;
}

export interface TriangleWords {
  description: string;
  cohort: string;
  age: string;
  value: string;
  of: string;
}

/** Cohorts (rows) by age (columns): the darker, the more. Cells nobody has lived through yet stay empty. */
export function triangle(cells: readonly TriangleCell[], words: TriangleWords, pens: Pens): Spec {
  const { palette } = pens;
  const f = write(pens);
  const cohorts = [...new Set(cells.map(({ cohort }) => cohort))];
  const most = Math.max(...cells.map(({ value }) => value), 1e-9);
  const digits = most < 0.0995 ? 1 : 0;
  const values = cells.map((cell) => ({
    ...cell,
    text: f.percent(cell.value, digits).replace(/[\s%]/g, ''),
    says: f.percent(cell.value, 2),
    n: f.integer(cell.of),
  }));
  const x = {
    field: 'age',
    type: 'ordinal',
    axis: { orient: 'top', title: words.age, labelAngle: 0, domain: false },
    scale: { paddingInner: 0.05 },
  };
  const y = {
    field: 'cohort',
    type: 'nominal',
    sort: cohorts,
    axis: { title: null, grid: false, labelPadding: 4 },
    scale: { paddingInner: 0.08 },
  };
  return frame(pens, {
    description: words.description,
    height: 24 * cohorts.length + 44,
    layer: [
      {
        data: { values },
        mark: { type: 'rect', cornerRadius: 2 },
        encoding: {
          x,
          y,
          color: {
            field: 'value',
            type: 'quantitative',
            scale: { domain: [0, most], range: [...palette.ramp], interpolate: 'lab' },
          },
          tooltip: [
            { field: 'cohort', title: words.cohort },
            { field: 'age', title: words.age },
            { field: 'says', title: words.value },
            { field: 'n', title: words.of },
          ],
        },
      },
      {
        data: { values },
        mark: { type: 'text', fontSize: 12 },
        encoding: {
          x,
          y,
          text: { field: 'text' },
          color: {
            condition: { test: `datum.value > ${most * 0.6}`, value: palette.sheet },
            value: palette.ink,
          },
        },
      },
    ],
  });
}
