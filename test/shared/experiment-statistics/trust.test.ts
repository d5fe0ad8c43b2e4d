import { describe, expect, it } from 'vitest';
import { sampleRatio } from '#core/experiment/monitoring/sample-ratio.ts';
import { near, unread, vector } from '../../support/experiments/reference-statistics.ts';
import { hasShared } from '../../support/shared.ts';

interface People {
  users: number[];
  weights: number[];
}

describe.runIf(hasShared)('published numbers: ratio of people', () => {
  it.each(['gb_srm_1', 'gb_srm_3', 'gb_srm_9', 'confidence_srm_six_cells'])('%s', (name) => {
    const { inputs, expected, tolerance } = vector<People, { p: number }>(name);
    near(sampleRatio(inputs.users, inputs.weights).pValue, expected.p, tolerance);
  });

  it('has no p-value, or 1 where that is asked, for want of a comparison', () => {
    for (const name of ['gb_srm_5', 'gb_srm_7']) {
      const { inputs, expected } = vector<People, { p: number }>(name);
      expect(sampleRatio(inputs.users, inputs.weights).pValue).toBeNull();
      expect(sampleRatio(inputs.users, inputs.weights, { nothingToCompare: 'one' }).pValue).toBe(expected.p);
    }
  });

  it('leaves an arm of weight 0 out, or counts its degree of freedom as the Python library does', () => {
    const { inputs, expected, tolerance } = vector<People, { p: number }>('gb_srm_1');
    const [users, weights] = [
      [...inputs.users, 40],
      [...inputs.weights, 0],
    ];
    near(sampleRatio(users, weights).pValue, expected.p, tolerance);
    const counted = sampleRatio(users, weights, { armsOfWeightZero: 'counted' });
    expect(counted.df).toBe(2);
    near(counted.pValue, Math.exp(-counted.statistic! / 2), { rel: 1e-12 });
  });

  it('keeps its digits far in the tail', () => {
    const { inputs, expected } = vector<People, { p_less_than: number }>('srm_checker_faq_example');
    const { pValue } = sampleRatio(inputs.users, inputs.weights);
    expect(pValue).toBeLessThan(expected.p_less_than);
    expect(pValue).toBeGreaterThan(0);
  });

  it('leaves none of its vectors out', () => expect(unread('trust')).toEqual([]));
});
