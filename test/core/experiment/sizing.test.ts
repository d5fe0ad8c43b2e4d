import { expect, it } from 'vitest';
import { design as schema } from '#core/experiment/define.ts';
import { powerFor } from '#core/experiment/power.ts';
import { sizeDesign } from '#core/experiment/sizing.ts';
import { wilson } from '#core/stats/wilson.ts';

const designOf = (weights: number[], given: object = {}) =>
  schema.parse({
    name: 'x',
    segmentId: 's',
    control: 'arm0',
    arms: weights.map((weight, i) => ({
      name: `arm${i}`,
      weight,
      touches: [{ style: 'neutral', channel: 'sms', templates: ['sms'] }],
    })),
    ...given,
  });
const size = (weights: number[], eligible: number, rate: number | null = 0.3, covariateR2 = 0, given = {}) =>
  sizeDesign(designOf(weights, given), {
    eligible,
    baseRate: rate === null ? wilson(0, 0) : wilson(rate * 10_000, 10_000),
    covariateR2,
  });

it('divides everybody by weight', () => {
  expect(size([1, 1, 1], 1000).perArm.map((arm) => arm.n)).toEqual([334, 333, 333]);
  expect(size([2, 1], 10).perArm.map((arm) => arm.n)).toEqual([7, 3]);
});

it('is sized by the comparison with the fewest people, with Holm over the comparisons', () => {
  const sized = size([2, 1, 1], 12_000);
  const effect = sized.smallestEffect! / 100;
  const given = { controlN: 6000, armN: 3000, baseRate: 0.3 };
  expect(powerFor(effect, { ...given, alpha: 0.025 })).toBeCloseTo(0.8, 6);
  const uncorrected = size([2, 1, 1], 12_000, 0.3, 0, { correction: 'none' });
  expect(powerFor(uncorrected.smallestEffect! / 100, { ...given, alpha: 0.05 })).toBeCloseTo(0.8, 6);
  expect(size([2, 1, 1], 12_000, 0.3, 0.3).smallestEffect!).toBeLessThan(sized.smallestEffect!);
});

it('says what it will see, in both languages, rounding the effect up', () => {
  const { sentence, smallestEffect, answerable } = size([1, 1, 1], 18_400);
  expect(smallestEffect).toBeCloseTo(2.57, 1);
  expect(answerable).toBe(true);
  expect(sentence.en).toBe(
    '18,400 people in 3 arms and 30 days will see a lift of 2.6 points or more over today’s 30% in 8 in 10 cases.',
  );
  expect(sentence.es).toMatch(
    /^Con 18.400 personas en 3 brazos y 30 días se verá una mejora de 2,6 puntos o más sobre el 30.% de hoy en 8 de cada 10 casos\.$/,
  );
  expect(size([1, 1], 18_400, 0.3, 0, { power: 0.85 }).sentence.en).toContain('85 in 100 cases');
});

it.each([
  [
    'few people',
    size([1, 1, 1], 900),
    /cannot answer this question: 900 people would only see a lift of \d+(\.\d)? points/,
  ],
  [
    'hardly anybody',
    size([1, 1], 4, 0.9),
    /cannot answer this question: 4 people would see no lift, however large/,
  ],
  [
    'no past',
    size([1, 1], 9000, null),
    /how many people like these used to clear is not known, for want of 30 days of history/,
  ],
  ['nobody', size([1, 1], 0), /cannot answer this question: 0 people/],
])('says that %s cannot answer', (_, { answerable, sentence }, text) => {
  expect(answerable).toBe(false);
  expect(sentence.en).toMatch(text);
  expect(sentence.es).toMatch(/^Esta cartera no puede responder esta pregunta/);
});

it('draws the curve from the error rate up', () => {
  const { curve, smallestEffect } = size([1, 1, 1], 18_400);
  expect(curve[0]).toEqual({ effect: 0, power: expect.closeTo(0.025, 9) });
  expect(curve.at(-1)!.effect).toBeCloseTo(2 * smallestEffect!, 9);
  for (let i = 1; i < curve.length; i++) expect(curve[i]!.power).toBeGreaterThan(curve[i - 1]!.power);
  expect(size([1, 1], 0).curve).toEqual([]);
});
