import { frame, type Pens, type Spec, write } from '../chart.ts';
import { turningPoint } from '../experiments/contrast.ts';

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

export interface TriangleWriting {
  /** In a cell, where there is little room. */
  cell: (value: number) => string;
  whole: (value: number) => string;
}

/** Cohorts (rows) by age (columns): the darker, the more. Cells nobody has lived through yet stay empty. */
export function triangle(
  cells: readonly TriangleCell[],
  words: TriangleWords,
  pens: Pens,
  { cell, whole }: TriangleWriting = shares(cells, pens),
): Spec {
  const { palette } = pens;
  const f = write(pens);
  const cohorts = [...new Set(cells.map(({ cohort }) => cohort))];
  const most = Math.max(...cells.map(({ value }) => value), 1e-9);
  const values = cells.map((one) => ({
    ...one,
    text: cell(one.value),
    says: whole(one.value),
    n: f.integer(one.of),
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
            condition: { test: `datum.value > ${most * turningPoint(palette)}`, value: palette.sheet },
            value: palette.ink,
          },
        },
      },
    ],
  });
}

/** Shares as a bare number of per cents, with a decimal where all are small. */
function shares(cells: readonly TriangleCell[], pens: Pens): TriangleWriting {
  const f = write(pens);
  const digits = Math.max(0, ...cells.map(({ value }) => value)) < 0.0995 ? 1 : 0;
  return {
    cell: (value) => f.percent(value, digits).replace(/[\s%]/g, ''),
    whole: (value) => f.percent(value, 2),
  };
}
