import { expect, it } from 'vitest';
import { blockOf, propensities } from '#core/experiment/assigning/block.ts';
import { sampleRatio } from '#core/experiment/monitoring/sample-ratio.ts';
import { hashPlan } from '#core/experiment/plan.ts';

it('hashes a plan by what it says, not by how it was written', () => {
  const hash = hashPlan({ b: [1, { y: null, x: 'ñ' }], a: undefined, c: 2 });
  expect(hash).toBe(hashPlan({ c: 2, b: [1, { x: 'ñ', y: null }] }));
  expect(hash).toMatch(/^[0-9a-f]{64}$/);
  expect(hashPlan({ b: [1] })).not.toBe(hashPlan({ b: ['1'] }));
  expect(hashPlan([1, 2])).not.toBe(hashPlan([2, 1]));
});

const arms = (...weights: number[]) => weights.map((weight, i) => ({ name: 'abcdef'[i]!, weight }));

it.each([
  [[1, 1, 1], 'abc'],
  [[2, 1, 1], 'abca'],
  [[0.5, 0.3, 0.2], 'abcabacaba'],
  [[30, 30], 'ab'],
  [[1, 9], 'bbbbabbbbb'],
])('makes a block of weights %j', (weights, pattern) => {
  const block = blockOf(arms(...weights));
  expect([...block.pattern].sort().join('')).toBe([...pattern].sort().join(''));
  expect(block.size).toBe(pattern.length);
  const total = weights.reduce((a, b) => a + b);
  weights.forEach((weight, i) => {
    expect(propensities(block).get('abcdef'[i]!)).toBeCloseTo(weight / total, 12);
  });
});

it('refuses weights that no block of a thousand holds', () => {
  expect(() => blockOf(arms(0.3333, 0.6667))).toThrow(
    'the weights 0.3333, 0.6667 do not come out exact in blocks of up to 1,000 people',
  );
});

it('has no ratio test for one arm or nobody, and leaves out arms without weight', () => {
  expect(sampleRatio([10], [1])).toEqual({ pValue: null, statistic: null, df: null, reason: 'one_arm' });
  expect(sampleRatio([0, 0], [1, 1])).toEqual({
    pValue: null,
    statistic: null,
    df: null,
    reason: 'no_people',
  });
  expect(sampleRatio([30, 30, 5], [1, 1, 0])).toMatchObject({ pValue: 1, df: 1 });
});
