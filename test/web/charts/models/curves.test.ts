import { compile, type TopLevelSpec } from 'vega-lite';
import { expect, it } from 'vitest';
import { curves } from '../../../../web/src/charts/models/curves.ts';

const palette = {
  paper: '#fff',
  sheet: '#fff',
  ink: '#000',
  soft: '#555',
  line: '#ddd',
  rule: '#ccc',
  accent: '#1d5d8c',
  good: '#26785f',
  warn: '#9d5600',
  harm: '#7f1d1d',
  arms: ['#56616a', '#1d5d8c', '#c2660c'],
  ramp: ['#e9edf0', '#1d5d8c'],
} as const;
const words = { description: 'Two curves', x: 'False alarms', y: 'Hits', chance: 'by chance' };

it('draws every curve from corner to corner, each named within, the chosen one strongest', () => {
  const spec = curves(
    [
      { name: 'Scorecard · 0.72', points: [{ x: 0.2, y: 0.5 }], strong: false },
      { name: 'Trees · 0.74', points: [{ x: 0.2, y: 0.6 }], strong: true },
    ],
    words,
    { palette, locale: 'en' },
  ) as unknown as { layer: { data: { values: Record<string, unknown>[] } }[]; description: string };
  expect(spec.description).toBe('Two curves');
  const [, lines, , names] = spec.layer.map(({ data }) => data.values);
  for (const name of ['Scorecard · 0.72', 'Trees · 0.74']) {
    const own = lines!.filter((row) => row.name === name);
    expect([own[0], own.at(-1)]).toMatchObject([
      { x: 0, y: 0 },
      { x: 1, y: 1 },
    ]);
  }
  const widths = new Map(lines!.map((row) => [row.name, row.width as number]));
  expect(widths.get('Trees · 0.74')!).toBeGreaterThan(widths.get('Scorecard · 0.72')!);
  expect(names!.map(({ name }) => name)).toEqual(['Scorecard · 0.72', 'Trees · 0.74']);
  expect(new Set(names!.map(({ ink }) => ink)).size).toBe(2);
  expect(compile(spec as unknown as TopLevelSpec).spec.marks?.length).toBeGreaterThan(0);
});
