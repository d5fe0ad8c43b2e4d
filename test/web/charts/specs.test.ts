import { compile, type TopLevelSpec } from 'vega-lite';
import { describe, expect, it } from 'vitest';
import type { Pens, Spec } from '../../../web/src/charts/chart.ts';
import { dots } from '../../../web/src/charts/dots.ts';
import { forest } from '../../../web/src/charts/experiments/forest.ts';
import { power } from '../../../web/src/charts/experiments/power.ts';
import { lines } from '../../../web/src/charts/lines.ts';
import { calibration } from '../../../web/src/charts/models/calibration.ts';
import { gain } from '../../../web/src/charts/models/gain.ts';
import { ageing } from '../../../web/src/charts/portfolio/ageing.ts';
import { balance } from '../../../web/src/charts/portfolio/balance.ts';
import { histogram } from '../../../web/src/charts/portfolio/histogram.ts';
import { rolls } from '../../../web/src/charts/portfolio/rolls.ts';
import { triangle } from '../../../web/src/charts/portfolio/triangle.ts';

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

interface Layered {
  description?: string;
  layer: {
    mark?: { type: string; strokeDash?: number[] };
    encoding?: Record<string, { field?: string; datum?: number; scale?: { domain?: unknown } }>;
    data?: { values: Record<string, unknown>[] };
    layer?: Layered['layer'];
  }[];
}
const layersOf = (spec: Spec) => (spec as unknown as Layered).layer;
const flat = (layers: Layered['layer']): Layered['layer'] =>
  layers.flatMap((layer) => [layer, ...flat(layer.layer ?? [])]);
const marks = (spec: Spec) => flat(layersOf(spec)).flatMap((layer) => layer.mark?.type ?? []);
const texts = (spec: Spec) => [
  ...new Set(
    flat(layersOf(spec)).flatMap((layer) => (layer.data?.values ?? []).flatMap((row) => row.text ?? [])),
  ),
];

const ageingWords = {
  description: 'd',
  bands: [
    { id: '1-29', label: '1–29' },
    { id: '30-59', label: '30–59' },
  ],
};
const ageingRows = [
  { asOf: '2026-09-30', band: '1-29', share: 0.1 },
  { asOf: '2026-09-30', band: '30-59', share: 0.02 },
  { asOf: '2026-10-31', band: '1-29', share: 0.12 },
  { asOf: '2026-10-31', band: '30-59', share: 0.021 },
];
const share = (estimate: number) => ({ estimate, lower: estimate - 0.01, upper: estimate + 0.01 });
const rollRows = [
  { before: '0', after: '0', accounts: 900, share: share(0.9) },
  { before: '0', after: '1-29', accounts: 100, share: share(0.1) },
];
const rollWords = {
  description: 'd',
  buckets: [
    { id: '0', label: 'Al día' },
    { id: '1-29', label: '1–29' },
  ],
  before: 'antes',
  after: 'después',
  interval: 'intervalo',
};
const points = [
  { predicted: 0.2, observed: 0.21, lower: 0.18, upper: 0.24, n: 900 },
  { predicted: 0.6, observed: 0.7, lower: 0.66, upper: 0.74, n: 900 },
];
const calibrationWords = { description: 'd', predicted: 'p', observed: 'o', perfect: 'igual' };
const gainWords = { description: 'd', share: 's', captured: 'c', chance: 'azar', fifth: '20 %: 38 %' };
const gains = [0.1, 0.2, 0.5, 1].map((at) => ({ share: at, captured: at ** 0.6 }));
const bins = Array.from({ length: 10 }, (_, i) => ({ from: i / 10, n: 10 * (i + 1) }));
const curve = [0, 1, 2, 3].map((effect) => ({ effect, power: effect / 3 }));
const powerWords = { description: 'd', effect: 'e', power: 'p', smallest: '2,5 pp' };
const balanceRows = [
  { covariate: 'Mora', arm: 'b', standardisedDifference: 0.02 },
  { covariate: 'Mora', arm: 'c', standardisedDifference: -0.13 },
  { covariate: 'Saldo', arm: 'b', standardisedDifference: null },
];
const balanceWords = { description: 'd', axis: 'x', arms: ['a', 'b', 'c'] };
const forestRows = [
  { label: 'modelo', estimate: 0.78, lower: 0.77, upper: 0.79, text: '0,780', clear: true, colour: 1 },
  { label: 'nadie', estimate: null, lower: null, upper: null, text: '–', clear: false },
];
const forestWords = { description: 'd', axis: null, format: '.2f' };

const linePoints = [
  { series: 'a', at: 1, label: 'sep', value: 0.2, lower: 0.15, upper: 0.25 },
  { series: 'a', at: 2, label: 'oct', value: 0.3, lower: 0.22, upper: 0.4 },
  { series: 'b', at: 2, label: 'oct', value: 0.1 },
];
const lineWords = { description: 'd', ends: { a: '30 %' } };
const lineScale = { top: 1, format: '.0%', height: 120 };
const ages = [0, 1, 2].map((at) => ({ series: 'a', at, value: at / 10 }));
const dotRows = [
  {
    label: '1–29',
    text: '52 %',
    dots: [
      { kind: 'chief', value: 0.52, lower: 0.5, upper: 0.54, says: 'visto' },
      { kind: 'expected', value: 0.6, says: 'esperado' },
      { kind: 'other', value: 3, says: 'neto' },
    ],
  },
  { label: '1–29', text: '–', dots: [] },
] as const;
const dotWords = { description: 'd', axis: null };
const dotScale = { top: 1, format: '.0%' };
const cells = [
  { cohort: 'sep 26', age: 0, value: 0, of: 120 },
  { cohort: 'sep 26', age: 1, value: 0.031, of: 120 },
  { cohort: 'oct 26', age: 0, value: 0.08, of: 90 },
];
const triangleWords = { description: 'd', cohort: 'c', age: 'm', value: 'v', of: 'n' };

const charts: [string, (pens: Pens) => Spec][] = [
  ['ageing', (pens) => ageing(ageingRows, ageingWords, pens)],
  ['ageing, one of several', (pens) => ageing(ageingRows, ageingWords, pens, { top: 0.3, small: true })],
  ['rolls', (pens) => rolls(rollRows, rollWords, pens)],
  ['calibration', (pens) => calibration(points, calibrationWords, pens)],
  ['gain', (pens) => gain(gains, gainWords, pens)],
  [
    'histogram',
    (pens) => histogram(bins, 0.61, { description: 'd', score: 's', accounts: 'a', mean: 'media' }, pens),
  ],
  ['power', (pens) => power(curve, { power: 0.8, smallestEffect: 2.4 }, powerWords, pens)],
  ['balance', (pens) => balance(balanceRows, balanceWords, pens)],
  ['lines over months', (pens) => lines(linePoints, lineWords, pens, lineScale)],
  [
    'lines by age, one of them strong',
    (pens) => lines(ages, { ...lineWords, x: 'edad' }, pens, { ...lineScale, strong: ['b'], reference: 0.5 }),
  ],
  ['dots', (pens) => dots(dotRows, dotWords, pens, { ...dotScale, reference: 0.4 })],
  ['triangle', (pens) => triangle(cells, triangleWords, pens)],
  ['forest', (pens) => forest(forestRows, forestWords, pens, { reference: 0.5 })],
];

describe.each(charts)('%s', (_name, make) => {
  it.each([
    ['es', es],
    ['en', en],
  ])('compiles without a warning (%s)', (_locale, pens) => {
    const warnings: unknown[] = [];
    const note = (...said: unknown[]) => {
      warnings.push(said);
      return quiet;
    };
    const quiet = { level: () => quiet, error: note, warn: note, info: () => quiet, debug: () => quiet };
    const { spec } = compile(make(pens) as TopLevelSpec, { logger: quiet as never });
    expect(warnings).toEqual([]);
    expect(spec.marks?.length).toBeGreaterThan(0);
  });

  it('says what it shows, writes numbers as the language does and takes only colours it was given', () => {
    const text = JSON.stringify(make(es));
    expect(JSON.parse(text).description).toBe('d');
    expect(text).toContain('"decimal":","');
    const known = new Set([...Object.values(palette).flat()]);
    for (const colour of text.match(/#[0-9a-f]{6}/g) ?? []) expect(known).toContain(colour);
  });
});

describe('uncertainty and labels', () => {
  it('draws an interval through every calibration point', () => {
    const [rule] = layersOf(calibration(points, calibrationWords, es)).filter(
      (layer) => layer.mark?.type === 'rule',
    );
    expect(rule?.encoding).toMatchObject({ y: { field: 'lower' }, y2: { field: 'upper' } });
  });

  it('draws intervals of a forest, leaves out what was not estimated and marks the reference', () => {
    const layers = layersOf(forest(forestRows, forestWords, es, { reference: 0.5 }));
    expect(layers[0]?.encoding?.x?.datum).toBe(0.5);
    expect(layers[1]?.encoding).toMatchObject({ x: { field: 'lower' }, x2: { field: 'upper' } });
    expect(layers[1]?.data?.values.map((row) => row.label)).toEqual(['modelo']);
    expect(texts(forest(forestRows, forestWords, es))).toEqual(['0,780']);
  });

  it('draws zero and both limits of balance, and drops what is not known', () => {
    const layers = layersOf(balance(balanceRows, balanceWords, es));
    expect(layers.slice(0, 3).map((layer) => layer.encoding?.x?.datum)).toEqual([0, -0.1, 0.1]);
    expect(layers[3]?.data?.values.map((row) => [row.arm, row.out])).toEqual([
      ['b', false],
      ['c', true],
    ]);
  });

  it('gives the same arm the same colour, however many are shown', () => {
    const colours = (rows: typeof balanceRows) =>
      (
        layersOf(balance(rows, balanceWords, es))[3] as unknown as {
          encoding: { stroke: { scale: { domain: string[]; range: string[] } } };
        }
      ).encoding.stroke.scale;
    const all = colours(balanceRows);
    const one = colours(balanceRows.slice(1, 2));
    expect(one.range[0]).toBe(all.range[all.domain.indexOf('c')]);
  });

  it('names each band of ageing at its end, in the language', () => {
    expect(texts(ageing(ageingRows, ageingWords, es))).toEqual(['1–29  12,0\u00a0%', '30–59  2,1\u00a0%']);
    expect(texts(ageing(ageingRows, ageingWords, en))).toEqual(['1–29  12.0%', '30–59  2.1%']);
  });

  it('stacks from zero', () => {
    const [bars] = layersOf(ageing(ageingRows, ageingWords, es));
    expect(bars?.data?.values.map((row) => [row.from, row.to])).toEqual([
      [0, 0.1],
      [0.1, 0.1 + 0.02],
      [0, 0.12],
      [0.12, 0.12 + 0.021],
    ]);
  });

  it('names the planned power and the smallest effect, or neither where there is none', () => {
    const spec = power(curve, { power: 0.8, smallestEffect: 2.41 }, powerWords, es);
    expect(marks(spec)).toEqual(['line', 'rule', 'rule', 'point', 'text']);
    expect(texts(spec)).toEqual(['2,5 pp']);
    expect(marks(power(curve, { power: 0.8, smallestEffect: null }, powerWords, es))).toEqual([
      'line',
      'rule',
    ]);
    expect(marks(power(curve, { power: 0.8, smallestEffect: 9 }, powerWords, es))).toEqual(['line', 'rule']);
  });

  it('leaves the mean out where there is none', () => {
    const words = { description: 'd', score: 's', accounts: 'a', mean: 'media' };
    expect(texts(histogram(bins, 0.61, words, es))).toEqual(['media 61,0\u00a0%']);
    expect(marks(histogram(bins, null, words, es))).toEqual(['bar']);
    expect(layersOf(histogram([], null, words, es))[0]?.data?.values).toEqual([]);
  });

  it('draws a band where there is an interval, and names a line at its end', () => {
    const [band] = layersOf(lines(linePoints, lineWords, es, lineScale));
    expect(band?.mark?.type).toBe('area');
    expect(band?.encoding).toMatchObject({ y: { field: 'lower' }, y2: { field: 'upper' } });
    expect(band?.data?.values.map(({ series }) => series)).toEqual(['a', 'a']);
    expect(texts(lines(linePoints, lineWords, es, lineScale))).toEqual(['30 %']);
    expect(marks(lines(ages, lineWords, es, lineScale))).not.toContain('area');
  });

  it('keeps rows of one name apart, and what runs past the scale at its end', () => {
    const layers = layersOf(dots(dotRows, dotWords, es, dotScale));
    const [interval] = layers.filter((layer) => layer.data?.values.some(({ lower }) => lower === 0.5));
    expect(interval?.encoding).toMatchObject({ x: { field: 'lower' }, x2: { field: 'upper' } });
    const other = layers.flatMap((layer) => layer.data?.values ?? []).find(({ kind }) => kind === 'other');
    expect(other?.value).toBe(1);
    const named = layers.at(-1)?.data?.values.map(({ place }) => place);
    expect(named).toEqual(['0', '1']);
  });

  it('writes small shares of a triangle with a decimal, and leaves out what nobody has lived through', () => {
    const [cellsDrawn, written] = layersOf(triangle(cells, triangleWords, es));
    expect(written?.data?.values.map(({ text }) => text)).toEqual(['0,0', '3,1', '8,0']);
    expect(cellsDrawn?.data?.values).toHaveLength(3);
  });
});
