import { describe, expect, it } from 'vitest';
import type { DesignHistory, MetricHistory } from '#core/contract/experiments/sizing.ts';
import { design as schema } from '#core/experiment/define.ts';
import { harmInflation } from '#core/experiment/monitoring/harm.ts';
import { powerFor } from '#core/experiment/power/comparison.ts';
import { sizeDesign } from '#core/experiment/power/design-size.ts';
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
const metric = (given: Partial<MetricHistory> = {}): MetricHistory => ({
  id: 'cured',
  title: { es: 'Se puso al día', en: 'Cleared arrears' },
  role: 'primary',
  kind: 'proportion',
  unit: 'share',
  currency: null,
  better: 'higher',
  horizonDays: 30,
  margin: null,
  base: wilson(3000, 10_000),
  variance: 0.21,
  n: 10_000,
  covariateR2: 0,
  ...given,
});
const complaints = (events: number, margin = 0.005) =>
  metric({ id: 'complaints', role: 'guardrail', better: 'lower', base: wilson(events, 10_000), margin });
const historyOf = (eligible: number, metrics: MetricHistory[], given: Partial<DesignHistory> = {}) => ({
  eligible,
  arrivalsPerDay: 100,
  delivered: wilson(900, 1000),
  accounts: null,
  startsOn: '2026-11-01',
  metrics,
  ...given,
});
const size = (weights: number[], eligible: number, rate: number | null = 0.3, covariateR2 = 0, given = {}) =>
  sizeDesign(
    designOf(weights, given),
    historyOf(eligible, [
      metric({ base: rate === null ? wilson(0, 0) : wilson(rate * 10_000, 10_000), covariateR2 }),
    ]),
  );

it('divides everybody by weight', () => {
  expect(size([1, 1, 1], 1000).perArm.map((arm) => arm.n)).toEqual([334, 333, 333]);
  expect(size([2, 1], 10).perArm.map((arm) => arm.n)).toEqual([7, 3]);
});

it('is sized by the comparison with the fewest people, with Holm over the comparisons', () => {
  const sized = size([2, 1, 1], 12_000);
  const effect = sized.smallestEffect! / 100;
  const given = { controlN: 6000, armN: 3000, outcome: { kind: 'proportion' as const, rate: 0.3 } };
  expect(powerFor(effect, { ...given, alpha: 0.025 })).toBeCloseTo(0.8, 6);
  const uncorrected = size([2, 1, 1], 12_000, 0.3, 0, { correction: 'none' });
  expect(powerFor(uncorrected.smallestEffect! / 100, { ...given, alpha: 0.05 })).toBeCloseTo(0.8, 6);
  expect(size([2, 1, 1], 12_000, 0.3, 0.3).smallestEffect!).toBeLessThan(sized.smallestEffect!);
});

it('leaves covariates out where the estimator does', () => {
  const analysis = { estimator: 'unadjusted', spending: 'obrien_fleming', futility: false };
  expect(size([1, 1], 9000, 0.3, 0.4, { analysis }).smallestEffect).toBe(size([1, 1], 9000).smallestEffect);
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

describe('guardrails', () => {
  const guarded = (events: number, eligible: number, margin = 0.005) =>
    sizeDesign(designOf([1, 1]), historyOf(eligible, [metric(), complaints(events, margin)])).guardrails[0]!;

  it('catch the harm that the daily one-sided watch at 0.10 sees', () => {
    const { smallest, reachable, smallestMargin, sentence } = guarded(50, 20_000);
    const given = {
      outcome: { kind: 'proportion' as const, rate: 0.005 },
      controlN: 10_000,
      armN: 10_000,
      alpha: 0.1,
      sided: 'greater' as const,
    };
    expect(powerFor(smallest! / 100, { ...given, inflation: harmInflation })).toBeCloseTo(0.8, 6);
    const none = { ...given, alpha: 0.025, supposed: smallestMargin!, sided: 'less' as const };
    expect(powerFor(0, none)).toBeCloseTo(0.8, 6);
    expect(reachable).toBe(true);
    expect(sentence.en).toMatch(
      /^A harm of 0\.\d+ points or more would be noticed\. The margin of 0\.5 points can/,
    );
  });

  it('say so when their margin cannot be reached', () => {
    const { reachable, smallestMargin, sentence } = guarded(100, 2000);
    expect(reachable).toBe(false);
    expect(smallestMargin).toBeGreaterThan(0.005);
    expect(sentence.es).toMatch(/El margen de 0,5 puntos no se alcanza: .* un daño de [\d,]+ puntos\.$/);
  });

  it('take a share never seen at the end of its interval, and say when there is no history', () => {
    expect(guarded(0, 20_000).smallest).toBeGreaterThan(0);
    const unknown = complaints(0);
    unknown.base = wilson(0, 0);
    const [none] = sizeDesign(designOf([1, 1]), historyOf(20_000, [metric(), unknown])).guardrails;
    expect(none).toMatchObject({ smallest: null, smallestMargin: null, reachable: null });
    expect(none!.sentence.en).toMatch(/not known/);
  });
});

describe('a staggered plan', () => {
  const staggered = { plan: 'staggered_sequential' as const, entryDays: 21, looks: 3 };

  it('looks when its shares of people have matured, and pays for the looks', () => {
    const sized = size([1, 1], 21_000, 0.3, 0, staggered);
    expect(sized.looks).toEqual([
      { number: 1, day: 36, on: '2026-12-07', information: expect.closeTo(1 / 3, 9) },
      { number: 2, day: 43, on: '2026-12-14', information: expect.closeTo(2 / 3, 9) },
      { number: 3, day: 50, on: '2026-12-21', information: 1 },
    ]);
    expect(sized.daysToDecision).toBe(50);
    expect(sized.inflation).toBeGreaterThan(1.005);
    expect(sized.inflation).toBeLessThan(1.03);
    const fixed = size([1, 1], 21_000);
    expect(sized.smallestEffect! / fixed.smallestEffect!).toBeCloseTo(Math.sqrt(sized.inflation), 2);
    expect(fixed.looks).toHaveLength(1);
    expect(sized.sentence.en).toContain('21,000 people in 2 arms and 50 days');
    const pocock = size([1, 1], 21_000, 0.3, 0, {
      ...staggered,
      analysis: { estimator: 'adjusted', spending: 'pocock', futility: false },
    });
    expect(pocock.inflation).toBeGreaterThan(1.1);
  });

  it('counts those who come later, and has one look where all enter together', () => {
    const later = size([1, 1], 21_000, 0.3, 0, { ...staggered, arrivalDays: 30 });
    expect(later.people).toBe(24_000);
    expect(later.daysToDecision).toBe(60);
    expect(size([1, 1], 21_000, 0.3, 0, { ...staggered, entryDays: 1 }).looks).toHaveLength(1);
  });
});

it('says how many people and days an effect would need, and what it is among those reached', () => {
  const { needed, smallestReached, smallestEffect } = size([1, 1], 10_000);
  const byEffect = new Map(needed.map((one) => [one.effect, one]));
  const given = { outcome: { kind: 'proportion' as const, rate: 0.3 }, alpha: 0.05 };
  const { people, days } = byEffect.get(2)!;
  expect(powerFor(0.02, { ...given, controlN: people! / 2, armN: people! / 2 })).toBeGreaterThanOrEqual(0.8);
  expect(days).toBe(30 + Math.ceil((people! - 10_000) / 100));
  const slow = sizeDesign(designOf([1, 1]), historyOf(3000, [metric()], { arrivalsPerDay: 20 }));
  expect(slow.needed[0]!.days).toBeNull();
  expect(smallestReached).toBeCloseTo(smallestEffect! / 0.9, 9);
});

it('sizes an amount of money in its currency', () => {
  const cash = metric({
    id: 'cash',
    title: { es: 'Cobrado', en: 'Cash' },
    kind: 'mean',
    unit: 'money',
    currency: 'MXN',
    base: { estimate: 400, lower: 390, upper: 410 },
    variance: 900 ** 2,
  });
  const sized = sizeDesign(designOf([1, 1]), historyOf(60_000, [cash]));
  expect(sized.effectUnit).toBe('money');
  expect(sized.smallestEffect).toBeCloseTo(2.8016 * 900 * Math.sqrt(2 / 30_000), 1);
  expect(sized.sentence.en).toMatch(/improvement of 21\.00 MXN or more in “Cash” \(today 400\.00 MXN\)/);
});

it('pays for several arms and for looks as the plan reads them', () => {
  const seen = (given: object) => size([1, 1, 1], 18_000, 0.3, 0, given);
  const [holm, dunnett, none] = ['holm', 'dunnett', 'none'].map(
    (correction) => seen({ correction }).smallestEffect!,
  );
  expect(dunnett!).toBeLessThan(holm!);
  expect(dunnett!).toBeGreaterThan(none!);
  const staggered = { plan: 'staggered_sequential', entryDays: 21, looks: 3 };
  const always = seen({
    ...staggered,
    analysis: { estimator: 'adjusted', inference: 'always_valid', spending: 'pocock', futility: false },
  });
  const sequential = seen(staggered);
  expect(always.inflation).toBeGreaterThan(1.3);
  expect(always.smallestEffect! / sequential.smallestEffect!).toBeCloseTo(
    Math.sqrt(always.inflation / sequential.inflation),
    2,
  );
  expect(always.sentence.en).not.toBe(sequential.sentence.en);
  const at = always.curve.find(({ effect }) => effect >= sequential.smallestEffect!)!;
  expect(at.power).toBeLessThan(0.75);
  expect(always.needed[0]!.people!).toBeGreaterThan(sequential.needed[0]!.people!);
});

it.each([
  ['futility', 'holm', { spending: 'pocock', futility: true }],
  ['Dunnett at one look', 'dunnett', { inference: 'fixed' }],
  ['Dunnett and always valid looks', 'dunnett', { inference: 'always_valid' }],
])('redraws well within 50 ms: %s', (_, correction, analysis) => {
  const metrics = [metric(), complaints(50), complaints(30), complaints(0)];
  const design = designOf([2, 1, 1, 1], {
    plan: 'staggered_sequential',
    entryDays: 28,
    looks: 8,
    correction,
    analysis: { estimator: 'adjusted', ...analysis },
  });
  sizeDesign(design, historyOf(50_000, metrics));
  const times = Array.from({ length: 15 }, (_, i) => {
    const before = process.cpuUsage();
    sizeDesign({ ...design, alpha: 0.04 + i / 1000 }, historyOf(50_000 + i, metrics));
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  }).sort((a, b) => a - b);
  expect(times[7]).toBeLessThan(50);
});
