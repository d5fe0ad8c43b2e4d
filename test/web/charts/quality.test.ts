import { compile, type TopLevelSpec } from 'vega-lite';
import { describe, expect, it } from 'vitest';
import type { Pens, Spec } from '../../../web/src/charts/chart.ts';
import { eventDays } from '../../../web/src/charts/event-days.ts';
import { shift } from '../../../web/src/charts/models/shift.ts';
import { stability } from '../../../web/src/charts/models/stability.ts';
import { months } from '../../../web/src/charts/months.ts';

const pens: Pens = {
  locale: 'es',
  palette: {
    paper: '#fff',
    sheet: '#fff',
    ink: '#111',
    soft: '#555',
    line: '#ddd',
    rule: '#bbb',
    accent: '#15c',
    good: '#272',
    warn: '#950',
    harm: '#711',
    arms: ['#555'],
    ramp: ['#eee', '#15c'],
  },
};

interface Layered {
  description: string;
  height: number;
  layer: { mark?: { type: string }; data?: { values: Record<string, unknown>[] } }[];
}
const parts = (spec: Spec) => spec as unknown as Layered;

const bins = [
  { label: 'al día', before: 0.9, after: 0.8 },
  { label: '30–59', before: 0.001, after: 0.123 },
];
const rows = [
  { label: 'Estado', psi: 0.63, limit: 0.002, moved: true },
  { label: 'Saldo', psi: 0.005, limit: 0.01, moved: false },
];
const cells = [
  { label: 'Pagos', month: '2025-11-01', value: 0.5, shown: '10' },
  { label: 'Pagos', month: '2025-12-01', value: 1, shown: '20' },
  { label: 'Saldos', month: '2026-01-01', value: 1, shown: '7' },
];
const happened = [
  { label: 'Pagó', day: '2026-11-02', events: 4, shown: '4' },
  { label: 'Pagó', day: '2026-11-05', events: 1, shown: '1' },
  { label: 'Se quejó', day: '2026-11-05', events: 2, shown: '2' },
];
const days = eventDays(happened, { description: 'd', figure: 'eventos' }, pens);
const specs: [string, Spec][] = [
  ['days of events', days],
  ['shift', shift(bins, { description: 'd', before: 'antes', after: 'después' }, pens)],
  ['stability', stability(rows, { description: 'd', psi: 'PSI', limit: 'azar' }, pens)],
  ['months', months(cells, { description: 'd', figure: 'filas' }, pens)],
];

describe.each(specs)('%s', (_, spec) => {
  it('compiles without a warning, and says what it shows', () => {
    const warnings: unknown[] = [];
    const logger = { level: () => logger, error: fail, warn: keep, info: () => logger, debug: () => logger };
    function keep(...words: readonly unknown[]) {
      warnings.push(words);
      return logger;
    }
    function fail(...words: readonly unknown[]): never {
      throw new Error(words.join(' '));
    }
    compile(spec as TopLevelSpec, { logger: logger as never });
    expect(warnings).toEqual([]);
    expect(parts(spec).description).toBe('d');
  });
});

it('the chance band of every column is drawn, and only what is beyond it is filled', () => {
  const layers = parts(stability(rows, { description: 'd', psi: 'PSI', limit: 'azar' }, pens)).layer;
  const band = layers.find(({ mark }) => mark?.type === 'bar');
  const points = layers.find(({ mark }) => mark?.type === 'point');
  expect(band?.data?.values.map(({ limit }) => limit)).toEqual([0.002, 0.01]);
  expect(points?.data?.values.map(({ fill }) => fill)).toEqual(['#950', '#fff']);
});

it('grows with what it shows', () => {
  const many = Array.from({ length: 9 }, (_, i) => ({ label: String(i), before: 0.1, after: 0.1 }));
  const words = { description: 'd', before: '', after: '' };
  expect(parts(shift(many, words, pens)).height).toBeGreaterThan(parts(shift(bins, words, pens)).height);
});

it('days without events keep their place, and each kind has its own scale', () => {
  const [layer] = (
    days as unknown as {
      layer: { encoding: { x: { scale: { domain: string[] } } }; data: { values: { value: number }[] } }[];
    }
  ).layer;
  expect(layer?.encoding.x.scale.domain).toHaveLength(4);
  expect(layer?.data.values.map(({ value }) => value)).toEqual([1, 0.25, 1]);
});
