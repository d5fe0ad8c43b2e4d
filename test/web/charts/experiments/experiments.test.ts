import { compile, type TopLevelSpec } from 'vega-lite';
import { describe, expect, it } from 'vitest';
import type { Pens, Spec } from '../../../../web/src/charts/chart.ts';
import { boundary } from '../../../../web/src/charts/experiments/boundary.ts';
import { effectCurve } from '../../../../web/src/charts/experiments/effect-curve.ts';
import { around, effects } from '../../../../web/src/charts/experiments/effects.ts';

const palette = {
  paper: '#fbfaf7',
  sheet: '#ffffff',
  ink: '#1b2126',
  soft: '#56616a',
  line: '#e4e1da',
  rule: '#cbc7be',
  accent: '#1d5d8c',
  good: '#26785f',
  warn: '#9d5600',
  harm: '#7f1d1d',
  arms: ['#56616a', '#1d5d8c', '#c2660c', '#4c9a86', '#5b2a6e'],
  ramp: ['#e9edf0', '#1d5d8c'],
} as const;
const es: Pens = { palette, locale: 'es' };
const en: Pens = { palette, locale: 'en' };

interface Drawn {
  mark?: { type: string };
  encoding?: Record<string, { field?: string; datum?: number; axis?: { labelExpr?: string } }>;
  data?: { values: Record<string, unknown>[] };
}
const layersOf = (spec: Spec) => (spec as unknown as { layer: Drawn[] }).layer;
const of = (spec: Spec, type: string) => layersOf(spec).filter(({ mark }) => mark?.type === type);

const none = { estimate: null, lower: null, upper: null };
const rows = [
  { label: 'Quejas', ...none, text: 'margen 0,5', filled: false, colour: 0, heading: true },
  { label: 'A', estimate: 2, lower: 1, upper: 3, text: '+2', filled: true, colour: 1 },
  {
    label: 'A',
    estimate: 0.5,
    lower: -1,
    upper: 2,
    text: '+0,5',
    filled: false,
    colour: 2,
    behind: { estimate: 1, lower: -9, upper: 4 },
  },
  { label: 'Todos', estimate: 1, lower: 0.2, upper: 1.8, text: '+1', filled: true, colour: 1, whole: true },
];
const looks = (
  [
    ['done', 4.9],
    ['done', null],
    ['next', 2.4],
    ['planned', 2],
  ] as const
).map(([state, upper], i) => ({
  at: (i + 1) / 4,
  name: `rev. ${i + 1}`,
  date: 'd',
  state,
  upper,
  lower: upper === null ? null : -upper,
  futility: null,
}));
const points = [
  { arm: 'A', at: 0.25, z: 1, crossed: false, colour: 1 },
  { arm: 'A', at: 0.5, z: 5.2, crossed: true, colour: 1 },
  { arm: 'B', at: 0.5, z: 5.1, crossed: false, colour: 2 },
];
const boundaryWords = { description: 'd', upper: 'mejor', lower: 'peor', futility: 'f' };
const curve = [7, 30].map((day) => ({ day, estimate: 1, lower: -1, upper: 3, text: '+1' }));

const charts: [string, (pens: Pens) => Spec][] = [
  ['effects', (pens) => effects(rows, { description: 'd', unit: 'pp' }, pens)],
  [
    'effects in margins, names above',
    (pens) =>
      effects(rows, { description: 'd', axis: 'x' }, pens, {
        above: true,
        marks: [{ at: 1 }],
        beyond: 1,
        ticks: [{ at: 1, label: 'margen' }],
      }),
  ],
  ['effects of nobody', (pens) => effects([], { description: 'd' }, pens)],
  ['boundary', (pens) => boundary(looks, points, boundaryWords, pens)],
  ['boundary before any look', (pens) => boundary(looks, [], boundaryWords, pens)],
  [
    'curve',
    (pens) =>
      effectCurve(curve, { description: 'd', day: 'x', unit: 'pp' }, pens, {
        domain: [-1, 3],
        judgedDay: 30,
        colour: 1,
      }),
  ],
];

describe.each(charts)('%s', (_name, make) => {
  it.each([
    ['es', es],
    ['en', en],
  ])('compiles without a warning (%s)', (_locale, pens) => {
    const warnings: unknown[] = [];
    const note = (...given: unknown[]) => {
      warnings.push(given);
      return quiet;
    };
    const quiet = { level: () => quiet, error: note, warn: note, info: () => quiet, debug: () => quiet };
    const { spec } = compile(make(pens) as TopLevelSpec, { logger: quiet as never });
    expect(warnings).toEqual([]);
    expect(spec.marks?.length).toBeGreaterThan(0);
  });

  it('says what it shows and takes only colours it was given', () => {
    const text = JSON.stringify(make(es));
    expect(JSON.parse(text).description).toBe('d');
    const known = new Set([...Object.values(palette).flat()]);
    for (const colour of text.match(/#[0-9a-f]{6}/g) ?? []) expect(known).toContain(colour);
  });
});

describe('effects', () => {
  it('draws an interval through every point, faint behind it what it was before', () => {
    const [behind, interval] = of(effects(rows, { description: 'd' }, es), 'rule').filter(
      ({ encoding }) => encoding?.x2,
    );
    expect(behind?.data?.values).toHaveLength(1);
    expect(interval?.encoding).toMatchObject({ x: { field: 'lower' }, x2: { field: 'upper' } });
    expect(interval?.data?.values).toHaveLength(3);
  });

  it('keeps rows of one name apart and fills only what may be read', () => {
    const [marks] = of(effects(rows, { description: 'd' }, es), 'point');
    const labels = marks?.data?.values.map(({ label }) => label) ?? [];
    expect(new Set(labels).size).toBe(3);
    expect(marks?.data?.values.map(({ filled }) => filled)).toEqual([true, false, true]);
    expect(marks?.data?.values.map(({ shape }) => shape)).toEqual(['circle', 'circle', 'diamond']);
  });

  it('always has zero in sight, with all of what it draws', () => {
    expect(around([{ estimate: 5, lower: 4, upper: 6 }], [0])[0]).toBeLessThan(0);
    const text = JSON.stringify(effects(rows, { description: 'd' }, es));
    const [low] = /"domain":\[(-[\d.]+),/.exec(text)?.slice(1).map(Number) ?? [];
    expect(low).toBeLessThan(-9);
  });
});

describe('boundaries', () => {
  it('marks the next look, names arms at their last, and keeps names apart', () => {
    const spec = boundary(looks, points, boundaryWords, es);
    const next = of(spec, 'rule').filter(({ encoding }) => encoding?.x?.field === 'at');
    expect(next[0]?.data?.values.map(({ state }) => state)).toEqual(['next']);
    const [names] = of(spec, 'text').filter(({ encoding }) => encoding?.text?.field === 'arm');
    const [a, b] = names?.data?.values.map(({ z }) => z as number) ?? [];
    expect(Math.abs((a ?? 0) - (b ?? 0))).toBeGreaterThan(0.3);
  });

  it('fills the last mark only where the arm crossed, and drops what has no boundary', () => {
    const spec = boundary(looks, points, boundaryWords, es);
    expect(of(spec, 'point')[0]?.data?.values.map(({ arm, crossed }) => [arm, crossed])).toEqual([
      ['A', true],
      ['B', false],
    ]);
    expect(of(spec, 'line')[0]?.data?.values).toHaveLength(3);
  });
});
