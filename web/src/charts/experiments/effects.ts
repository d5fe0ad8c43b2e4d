import { frame, type Layer, type Pens, type Spec } from '../chart.ts';

export interface Span {
  estimate: number | null;
  lower: number | null;
  upper: number | null;
}

export interface EffectRow extends Span {
  label: string;
  /** Written at the end of the row. */
  text: string;
  /** Clear of zero, and may be read so: filled; otherwise hollow. */
  filled: boolean;
  /** Index into the colours of arms. */
  colour: number;
  /** All of the rows above together. */
  whole?: boolean;
  /** Drawn thin behind it: the same before it was shrunk, adjusted or capped. */
  behind?: Span;
  /** Stands over the rows after it: nothing is drawn in it. */
  heading?: boolean;
}

export interface EffectWords {
  description: string;
  axis?: string | null;
  /** Written after each figure of the axis: pp. */
  unit?: string;
}

export interface EffectScale {
  domain?: readonly [number, number];
  /** Dashed: margins, limits. */
  marks?: readonly { at: number; label?: string }[];
  /** What lies beyond is shaded: where it hurts. */
  beyond?: number;
  /** Only these figures stand on the axis, so worded. */
  ticks?: readonly { at: number; label: string }[];
  /** Names over their rows, where the place is narrow. */
  above?: boolean;
  /** What the drawing stands on. */
  ground?: 'paper' | 'sheet';
}

/** Effects with their intervals under one another, against zero; names at the left, figures at the right. */
export function effects(
  rows: readonly EffectRow[],
  words: EffectWords,
  pens: Pens,
  { domain, marks = [], beyond, ticks, above = false, ground = 'paper' }: EffectScale = {},
): Spec {
  const { palette } = pens;
  const ends =
    domain ??
    around(
      rows.flatMap((row) => [row, ...(row.behind ? [row.behind] : [])]),
      [0, ...marks.map(({ at }) => at)],
    );
  const values = unlike(rows).map((row) => ({
    ...row,
    ink: palette.arms[row.colour % palette.arms.length],
    shape: row.whole ? 'diamond' : 'circle',
  }));
  const known = values.filter(({ estimate }) => estimate !== null);
  const names = rows.filter(({ heading }) => !heading).map(({ label }) => label.length);
  const room = Math.min(190, 7 * Math.max(0, ...names));
  const headings = values.filter(({ heading }) => heading);
  const step = above ? 46 : 34;
  const drop = above ? 8 : 0;
  const y = {
    field: 'label',
    type: 'nominal',
    sort: null,
    scale: { domain: values.map(({ label }) => label), paddingInner: 0, paddingOuter: 0 },
    axis: above
      ? null
      : {
          title: null,
          labelColor: palette.ink,
          labelLimit: 190,
          labelAlign: 'left',
          labelPadding: 8 + room,
          labelExpr: `indexof(${JSON.stringify(headings.map(({ label }) => label))}, datum.value) >= 0 ? '' : datum.label`,
          labelFontWeight: {
            condition: {
              test: `indexof(${JSON.stringify(rows.filter(({ whole }) => whole).map(({ label }) => label))}, datum.value) >= 0`,
              value: 600,
            },
            value: 'normal',
          },
        },
  };
  const x = (field: string): Layer => ({
    field,
    type: 'quantitative',
    scale: { domain: ends, nice: false, zero: false },
    axis: {
      title: words.axis ?? null,
      ...(ticks
        ? {
            values: ticks.map(({ at }) => at),
            labelExpr: `${JSON.stringify(ticks.map(({ label }) => label))}[indexof(${JSON.stringify(ticks.map(({ at }) => at))}, datum.value)]`,
          }
        : {
            tickCount: 4,
            labelExpr: `datum.value === 0 ? '0' : format(datum.value, '${Math.max(...ends.map(Math.abs)) >= 10_000 ? '+.3~s' : '+,~f'}') + ${JSON.stringify(words.unit ? `\u00a0${words.unit}` : '')}`,
          }),
    },
  });
  const fixed = (at: number) => ({ datum: at, type: 'quantitative', scale: { domain: ends } });
  const ink = { field: 'ink', type: 'nominal', scale: null };
  const rule = (data: unknown[], extra: Layer): Layer => ({
    data: { values: data },
    mark: { type: 'rule', clip: true, yOffset: drop, ...extra },
    encoding: { y, x: x('lower'), x2: { field: 'upper' }, color: ink },
  });
  const said = (end: boolean): Layer => ({
    data: { values: values.filter(({ heading }) => !heading) },
    mark: {
      type: 'text',
      align: above === end ? 'right' : 'left',
      ...(above ? { dy: -12 } : { dx: 12 }),
    },
    encoding: {
      y,
      x: { value: end ? 'width' : 0 },
      text: { field: end ? 'text' : 'label' },
      ...(end
        ? { color: { condition: { test: 'datum.heading', value: palette.soft }, value: palette.ink } }
        : {}),
    },
  });
  const behind = values.flatMap(({ label, ink: own, behind: other }) =>
    other && other.estimate !== null ? [{ label, ink: own, ...other }] : [],
  );
  return frame(pens, {
    description: words.description,
    height: step * Math.max(values.length, 1) + 34,
    right: above ? 4 : 8,
    layer: [
      ...(beyond === undefined
        ? []
        : [
            {
              data: { values: [{}] },
              mark: { type: 'rect', color: palette.harm, opacity: 0.07 },
              encoding: { x: fixed(beyond), x2: { datum: ends[1] } },
            },
          ]),
      {
        data: { values: [{}] },
        mark: { type: 'rule', color: palette.rule, strokeWidth: 1.5 },
        encoding: { x: fixed(0) },
      },
      ...marks.map(({ at }) => ({
        data: { values: [{}] },
        mark: { type: 'rule', color: palette.soft, strokeDash: [4, 4] },
        encoding: { x: fixed(at) },
      })),
      ...(behind.length ? [rule(behind, { strokeWidth: 8, opacity: 0.16, strokeCap: 'round' })] : []),
      rule(known, { strokeWidth: 2.5 }),
      {
        data: { values: known },
        mark: { type: 'point', size: 90, strokeWidth: 2.25, opacity: 1, clip: true, yOffset: drop },
        encoding: {
          y,
          x: x('estimate'),
          stroke: ink,
          shape: { field: 'shape', type: 'nominal', scale: null },
          fill: { condition: { test: 'datum.filled', ...ink }, value: palette[ground] },
          tooltip: [
            { field: 'label', title: ' ' },
            { field: 'text', title: '  ' },
          ],
        },
      },
      ...(above ? [said(false)] : []),
      said(true),
      ...(headings.length
        ? [
            {
              data: { values: headings },
              mark: {
                type: 'text',
                align: above ? 'right' : 'left',
                color: palette.soft,
                ...(above ? { dy: 6 } : { dx: 12 }),
              },
              encoding: { y, x: { value: 'width' }, text: { field: 'text' } },
            },
            {
              data: { values: headings },
              mark: {
                type: 'text',
                align: 'left',
                fontWeight: 600,
                dx: above ? 0 : -8 - room,
                dy: above ? -12 : 0,
              },
              encoding: { y, x: { value: 0 }, text: { field: 'label' } },
            },
          ]
        : []),
    ],
  });
}

/** Rows of one name are told apart by what nobody sees. */
function unlike(rows: readonly EffectRow[]): EffectRow[] {
  const seen = new Map<string, number>();
  return rows.map((row) => {
    const times = seen.get(row.label) ?? 0;
    seen.set(row.label, times + 1);
    return { ...row, label: `${row.label}${'\u200b'.repeat(times)}` };
  });
}

/** The span of all intervals and of what must be in sight, with a little room at both ends. */
export function around(rows: readonly Span[], seen: readonly number[]): [number, number] {
  const ends = [
    ...seen,
    ...rows.flatMap(({ estimate, lower, upper }) =>
      estimate === null ? [] : [lower ?? estimate, upper ?? estimate],
    ),
  ];
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  const room = (high - low || 1) * 0.08;
  return [low - room, high + room];
}
