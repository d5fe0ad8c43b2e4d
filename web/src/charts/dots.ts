import { frame, type Layer, mark, type Pens, type Spec } from './chart.ts';

/** One figure of a row: the chief one is filled, another hollow, what was expected is a line across. */
export interface Dot {
  kind: 'chief' | 'other' | 'expected';
  value: number;
  lower?: number | null;
  upper?: number | null;
  /** What the tooltip says of it. */
  says: string;
}

export interface DotRow {
  label: string;
  /** Written at the end of the row. */
  text: string;
  dots: readonly Dot[];
}

export interface DotWords {
  description: string;
  axis: string | null;
}

/**
 * Figures under one another on one scale, with their intervals; names and figures stand above each row, so that the
 * row has the whole width at any size.
 */
export function dots(
  rows: readonly DotRow[],
  words: DotWords,
  pens: Pens,
  { top, format, reference }: { top: number; format: string; reference?: number },
): Spec {
  const { palette } = pens;
  // Two rows may bear one name: each has a place of its own.
  const named = rows.map((row, i) => ({ ...row, place: String(i) }));
  const values = named.flatMap(({ place, label, dots: own }) =>
    own.map((dot) => ({ place, label, ...dot, value: Math.min(dot.value, top) })),
  );
  const y = {
    field: 'place',
    type: 'nominal',
    sort: null,
    axis: null,
    scale: { domain: named.map(({ place }) => place), paddingInner: 0, paddingOuter: 0 },
  };
  const x = {
    field: 'value',
    type: 'quantitative',
    scale: { domain: [0, top], nice: false },
    axis: { title: words.axis, format, tickCount: 4 },
  };
  const above = (end: boolean): Layer => ({
    data: { values: named.map(({ place, label, text }) => ({ place, label, text })) },
    mark: {
      type: 'text',
      align: end ? 'right' : 'left',
      dy: -12,
      dx: end ? 0 : 4,
      color: palette.ink,
      ...(end ? { fontWeight: 600 } : {}),
    },
    encoding: { y, x: { value: end ? 'width' : 0 }, text: { field: end ? 'text' : 'label' } },
  });
  const tooltip = [
    { field: 'label', title: ' ' },
    { field: 'says', title: '  ' },
  ];
  const of = (kind: Dot['kind']) => values.filter((dot) => dot.kind === kind);
  return frame(pens, {
    description: words.description,
    height: 42 * rows.length + 34,
    layer: [
      mark(pens, 'x', 0),
      ...(reference === undefined ? [] : [mark(pens, 'x', reference, { dashed: true })]),
      {
        data: {
          values: values.filter(({ lower, upper }) => typeof lower === 'number' && typeof upper === 'number'),
        },
        mark: { type: 'rule', strokeWidth: 2.5, yOffset: 6, color: palette.accent },
        encoding: { y, x: { ...x, field: 'lower' }, x2: { field: 'upper' }, tooltip },
      },
      {
        data: { values: of('expected') },
        mark: { type: 'tick', orient: 'vertical', size: 18, thickness: 2, color: palette.ink, yOffset: 6 },
        encoding: { y, x, tooltip },
      },
      ...(['other', 'chief'] as const).map((kind) => ({
        data: { values: of(kind) },
        mark: {
          type: 'point',
          shape: kind === 'chief' ? 'circle' : 'diamond',
          size: 80,
          strokeWidth: 2,
          opacity: 1,
          yOffset: 6,
          stroke: palette.accent,
          fill: kind === 'chief' ? palette.accent : palette.paper,
        },
        encoding: { y, x, tooltip },
      })),
      above(false),
      above(true),
    ],
  });
}
