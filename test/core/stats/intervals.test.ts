import { expect, it } from 'vitest';
import { chiSquareUpper } from '#core/stats/distributions/chi-square.ts';
import { normalCdf, normalQuantile, normalTwoSided } from '#core/stats/distributions/normal.ts';
import { holm } from '#core/stats/multiplicity.ts';
import { scoreDifference, scoreInterval } from '#core/stats/score-difference.ts';
import { wilson } from '#core/stats/wilson.ts';

it('Wilson: equals R binom.confint on 18 of 20, keeps to [0, 1] and has no estimate without rows', () => {
  const { lower, upper } = wilson(18, 20);
  expect(lower).toBeCloseTo(0.6989663547715128, 12);
  expect(upper).toBeCloseTo(0.972133518786232, 12);
  expect(wilson(0, 10)).toMatchObject({ estimate: 0, lower: 0 });
  expect(wilson(10, 10)).toMatchObject({ estimate: 1, upper: 1 });
  expect(wilson(0, 0)).toEqual({ estimate: null, lower: null, upper: null, reason: 'no_rows' });
});

it('normal: distribution and quantile undo each other', () => {
  for (const p of [1e-9, 0.025, 0.5, 0.8, 1 - 1e-9]) expect(normalCdf(normalQuantile(p))).toBeCloseTo(p, 12);
  expect(normalTwoSided(-1.959963984540054)).toBeCloseTo(0.05, 12);
});

it('chi-square: keeps its digits far out in the tail', () => {
  expect(chiSquareUpper(3.841458820694124, 1)).toBeCloseTo(0.05, 12);
  expect(chiSquareUpper(0, 2)).toBe(1);
  expect(chiSquareUpper(700, 1)).toBeGreaterThan(0);
  expect(chiSquareUpper(700, 1)).toBeLessThan(1e-150);
});

it('Holm: in the order given, growing with rank, at most 1', () => {
  expect(holm([0.01, 0.04, 0.03, 0.005, 0.55, 0.6]).map((p) => Number(p.toFixed(6)))).toEqual([
    0.05, 0.12, 0.12, 0.03, 1, 1,
  ]);
  expect(holm([])).toEqual([]);
});

it('score of a difference: its interval is where a test does not reject', () => {
  const [control, arm] = [
    { n: 34, events: 1 },
    { n: 34, events: 7 },
  ];
  const [lower, upper] = scoreInterval(control, arm, 0.05);
  expect(lower).toBeCloseTo(0.028, 2);
  expect(upper).toBeCloseTo(0.34, 1);
  for (const edge of [lower, upper])
    expect(Math.abs(scoreDifference(control, arm, edge))).toBeCloseTo(1.959964, 5);
  expect(scoreDifference(control, control, 0)).toBe(0);
});
