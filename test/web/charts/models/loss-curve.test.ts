import { compile, type TopLevelSpec } from 'vega-lite';
import { expect, it } from 'vitest';
import { makeCells } from '#core/risk/cells.ts';
import { lossCurve as curveOf, portfolioLoss } from '#core/risk/portfolio-loss.ts';
import type { Palette, Pens } from '../../../../web/src/charts/chart.ts';
import { lossCurve } from '../../../../web/src/charts/models/loss-curve.ts';

const colour = '#223344';
const palette: Palette = {
  paper: colour,
  sheet: colour,
  ink: colour,
  soft: colour,
  line: colour,
  rule: colour,
  accent: colour,
  good: colour,
  warn: colour,
  harm: colour,
  arms: [colour],
  ramp: [colour, colour],
};
const pens: Pens = { palette, locale: 'es' };
const words = { description: 'Pérdida de un año', x: 'Pérdida', y: 'Cuán probable' };
interface Layers {
  layer: { data: { values: Record<string, unknown>[] }; mark: { type: string } }[];
}

const cells = makeCells({
  pd: new Float64Array(500).fill(0.03),
  rho: new Float64Array(500).fill(0.1),
  loss: new Float64Array(500).fill(100),
});
const loss = portfolioLoss(cells, 0.99);
const marks = [
  {
    loss: loss.valueAtRisk,
    text: 'valor en riesgo',
    lower: loss.valueAtRisk * 0.9,
    upper: loss.valueAtRisk * 1.1,
  },
  { loss: loss.expected, text: 'esperada' },
];

it('draws the density, rules the losses that have a name and shades the interval of those that have one', () => {
  const spec = lossCurve(curveOf(cells), marks, words, pens);
  expect(compile(spec as TopLevelSpec).spec.marks!.length).toBeGreaterThan(0);
  const { layer } = spec as unknown as Layers;
  const of = (type: string) => layer.find(({ mark }) => mark.type === type)!.data.values;
  expect(of('rect').map(({ text }) => text)).toEqual(['valor en riesgo']);
  expect(of('rule').map(({ text }) => text)).toEqual(['esperada', 'valor en riesgo']);
  const heights = of('rule').map(({ y }) => y as number);
  expect(heights[0]!).toBeGreaterThan(heights[1]!);
  const drawn = of('area').map((point) => point.cumulative as number);
  expect(drawn[0]!).toBeLessThan(0.01);
  expect(drawn.at(-1)!).toBeGreaterThan(0.99);
});

it('draws nothing of nothing without failing', () => {
  expect(() => compile(lossCurve([], [], words, pens) as TopLevelSpec)).not.toThrow();
});
