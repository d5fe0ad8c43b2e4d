import { describe, expect, it } from 'vitest';
import { holm } from '#core/stats/multiplicity.ts';
import { nearAll, unread, vector } from '../../support/reference-statistics.ts';
import { hasShared } from '../../support/shared.ts';

describe.runIf(hasShared)('published numbers: sequential, Bayesian, several comparisons', () => {
  it('several comparisons: Holm (GrowthBook; R p.adjust, multtest)', () => {
    for (const [name, key] of [
      ['gb_holm', 'adjusted'],
      ['sm_multitest_six', 'holm'],
      ['sm_multitest_ten', 'holm'],
    ] as const) {
      const { inputs, expected, tolerance } = vector<{ p: number[] }, Record<string, number[]>>(name);
      nearAll(holm(inputs.p), expected[key] ?? [], tolerance, name);
    }
  });

  it('leaves none of its vectors out', () => expect(unread('sequential')).toEqual([]));
});
