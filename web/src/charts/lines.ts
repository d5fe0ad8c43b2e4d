import { frame, type Layer, mark, type Pens, type Spec, spread } from './chart.ts';

export interface LinePoint {
  series: string;
  /** What is written under it: a month. Without one, `at` itself is the scale. */
  label?: string;
  /** Place along the line, in order. */
  at: number;
  value: number;
  lower?: number | null;
  upper?: number | null;
}

export interface LineWords {
  description: string;
  /** Written at the end of each line, by series; a series without one has no label. */
  ends: Readonly<Record<string, string>>;
  x?: string | null;
}

export interface LineScale {
  top: number;
  format: string;
  height: number;
  /** Series drawn strongest; the others stand behind. All, where absent. */
  strong?: readonly string[];
  /** A value that means something: 1, a target. */
  reference?: number;
}

/** Lines over months or ages, with their intervals as bands and their names at their ends; from zero. */
export function lines(
  points: readonly LinePoint[],
  words: LineWords,
  pens: Pens,
  { top, format, height, strong, reference }: LineScale,
): Spec {
  const { palette } = pens;
  const named = points.every((point) => point.label !== undefined);
  const isStrong = (series: string) => strong === undefined || strong.includes(series);
  const values = points.map((point) => ({
    ...point,
    strength: isStrong(point.series) ? 1 : 0,
    ink: isStrong(point.series) ? palette.accent : palette.rule,
  }));
  const ends = [...new Set(points.map(({ series }) => series))].flatMap((series) => {
    const last = values.filter((point) => point.series === series).sort((a, b) => b.at - a.at)[0];
    const text = words.ends[series];
    return last && text ? [{ ...last, text }] : [];
  });
  const places = spread(
    ends.map(({ value }) => value),
    (top * 17) / height,
  );
  const x = named
    ? {
        field: 'label',
        type: 'ordinal',
        sort: { field: 'at' },
        scale: { type: 'point', padding: 0.2 },
        axis: { title: words.x ?? null, labelAngle: 0, labelOverlap: 'greedy', values: fewOf(points) },
      }
    : {
        field: 'at',
        type: 'quantitative',
        scale: { nice: false, zero: false },
        axis: { title: words.x ?? null, tickMinStep: 1, tickCount: 6, format: 'd' },
      };
  const y = {
    field: 'value',
    type: 'quantitative',
    scale: { domain: [0, top] },
    axis: { title: null, format, tickCount: height > 160 ? 5 : 3 },
  };
  const ink = { field: 'ink', type: 'nominal', scale: null };
  const banded = values.filter(({ lower, upper }) => typeof lower === 'number' && typeof upper === 'number');
  return frame(pens, {
    description: words.description,
    height,
    right: 4,
    layer: [
      ...(reference === undefined ? [] : [mark(pens, 'y', reference, { dashed: true })]),
      ...(banded.length
        ? [
            {
              data: { values: banded },
              mark: { type: 'area', opacity: 0.18, line: false },
              encoding: {
                x,
                y: { ...y, field: 'lower' },
                y2: { field: 'upper' },
                detail: { field: 'series', type: 'nominal' },
                color: ink,
              },
            } as Layer,
          ]
        : []),
      ...[0, 1].map((strength) => ({
        data: { values: values.filter((point) => point.strength === strength) },
        mark: {
          type: 'line',
          strokeWidth: strength ? 2 : 1.25,
          point: points.length < 40 && strength ? { size: 22, filled: true } : false,
        },
        encoding: {
          x,
          y,
          detail: { field: 'series', type: 'nominal' },
          color: ink,
          order: { field: 'at', type: 'quantitative' },
          tooltip: [
            { field: 'series', title: ' ' },
            ...(named ? [{ field: 'label', title: '  ' }] : [{ field: 'at', title: words.x ?? ' ' }]),
            { field: 'value', format: format.replace('.0', '.1'), title: '   ' },
            ...(banded.length
              ? [
                  { field: 'lower', format: format.replace('.0', '.1'), title: '2,5 %' },
                  { field: 'upper', format: format.replace('.0', '.1'), title: '97,5 %' },
                ]
              : []),
          ],
        },
      })),
      {
        data: { values: ends.map((end, i) => ({ ...end, place: places[i] })) },
        mark: { type: 'text', align: 'left', dx: 8 },
        encoding: {
          x: { value: 'width' },
          y: { field: 'place', type: 'quantitative' },
          text: { field: 'text' },
          color: {
            condition: { test: 'datum.strength === 1', value: palette.ink },
            value: palette.soft,
          },
        },
      },
    ],
  });
}

/** The first and the last label and some between: those a short axis has room for. */
function fewOf(points: readonly LinePoint[]): string[] {
  const labels = [...new Map(points.map(({ at, label }) => [at, label ?? ''])).entries()]
    .sort(([a], [b]) => a - b)
    .map(([, label]) => label);
  const every = Math.max(1, Math.ceil(labels.length / 4));
  return labels.filter((_, i) => (labels.length - 1 - i) % every === 0);
}
