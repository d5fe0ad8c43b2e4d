import { expect, it } from 'vitest';
import { z } from 'zod';
import { answer } from '#core/experiment/estimating/answer.ts';
import { boundsError, quantileOf } from '#core/experiment/estimating/quantile.ts';
import { question } from '#core/experiment/estimating/question.ts';
import differenceInProportions from '#core/experiment/statistics/difference-in-proportions.ts';
import fisherExact from '#core/experiment/statistics/fisher-exact.ts';
import quantile from '#core/experiment/statistics/quantile.ts';

const asked = (options: object) => z.object(question).parse({ scale: 'relative', ...options });
const named = { interval: 'z', test: 'z' };
const compared = (control: number, error: number) => ({
  effect: 2,
  variance: 2 * error ** 2,
  control,
  controlVariance: error ** 2,
  covariance: -(error ** 2),
  df: null,
});

it('Fieller’s interval holds exactly the relations that are not rejected', () => {
  for (const control of [10, -10]) {
    const effect = answer(compared(control, 1), asked({ relativeBy: 'fieller' }), named);
    for (const [end, side] of [
      [effect.lower!, 'lower'],
      [effect.upper!, 'higher'],
    ] as const) {
      const better = end < 0 ? 'higher' : 'lower';
      const at = answer(
        compared(control, 1),
        asked({ relativeBy: 'fieller', margin: { value: Math.abs(end), of: 'control', better } }),
        named,
      );
      const tail = (side === 'lower') === (at.conventions.sided === 'greater') ? at.pValue! : 1 - at.pValue!;
      expect(tail).toBeCloseTo(0.025, 9);
    }
    const delta = answer(compared(control, 1), asked({}), named);
    expect(delta.estimate).toBe(effect.estimate);
    const uneven = effect.upper! + effect.lower! - 2 * effect.estimate!;
    expect(Math.sign(uneven)).toBe(Math.sign(control));
  }
});

it('a relation to a control near 0 has an estimate and no ends', () => {
  const effect = answer(compared(1.5, 1), asked({ relativeBy: 'fieller' }), named);
  expect(effect).toMatchObject({ reason: 'unbounded', lower: null, upper: null });
  expect(effect.estimate).toBeCloseTo(2 / 1.5, 12);
  expect(effect.pValue).toBeGreaterThan(0);
  expect(answer(compared(0, 1), asked({}), named).reason).toBe('zero_control');
});

it('a margin of control’s share is of that share', () => {
  const control = { n: 1000, events: 200 };
  const p = (of: string, value: number) =>
    differenceInProportions.compute(
      control,
      { n: 1000, events: 195 },
      differenceInProportions.options.parse({ margin: { value, of, better: 'higher' } }),
    );
  expect(p('control', 0.1).pValue).toBeCloseTo(p('unit', 0.02).pValue!, 12);
  expect(p('control', 0.1).conventions).toMatchObject({ sided: 'greater', test: 'score' });
  expect(p('control', 0.1).conventions.supposed).toBeCloseTo(-0.02, 12);
});

const histogram = (values: readonly number[]) => ({
  n: values.length,
  values: [...values].sort((a, b) => a - b).map((value) => ({ value, count: 1 })),
});

it('a quantile is the value at its rank, between two where it falls between', () => {
  const hundred = histogram(Array.from({ length: 100 }, (_, i) => i + 1));
  expect(quantileOf(hundred, 0.5, 0.05)).toMatchObject({ value: 50.5, lower: 40, upper: 61 });
  expect(quantileOf(hundred, 0.25, 0.05)!.value).toBe(25.5);
  expect(quantileOf(histogram([1, 2, 3, 4, 5]), 0.9, 0.05)).toBeNull();
  const rest = histogram(Array.from({ length: 101 }, (_, i) => i));
  expect(quantileOf(rest, 0.5, 0.05)!.value).toBe(50);
  expect(Math.sqrt(quantileOf(rest, 0.5, 0.05)!.variance)).toBeCloseTo(Math.sqrt(101 * 0.25), 9);
});

it('the standard error of a quantile from its bounds is GrowthBook’s', () => {
  const error = boundsError(7.098780136176828, 7.217194843758751, 11054);
  const other = boundsError(7.64180598628119, 7.747193868770344, 10861);
  const reach = 1.959963984540054 * Math.hypot(error, other);
  expect(0.5365124375579775 - reach).toBeCloseTo(0.4572559589115422, 5);
});

it('many at one value leave no quantile to compare', () => {
  const zeros = { n: 100, values: [{ value: 0, count: 100 }] };
  expect(quantile.compute(zeros, zeros, quantile.options.parse({})).reason).toBe('no_variation');
});

it('an exact p-value keeps its digits far in the tail', () => {
  const { pValue } = fisherExact.compute(
    { n: 2000, events: 10 },
    { n: 2000, events: 600 },
    fisherExact.options.parse({}),
  );
  expect(pValue).toBeGreaterThan(1e-200);
  expect(pValue).toBeLessThan(1e-100);
});
