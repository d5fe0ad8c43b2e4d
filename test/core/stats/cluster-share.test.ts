import { describe, expect, it } from 'vitest';
import { clusteredShare } from '#core/stats/cluster-share.ts';
import { wilson } from '#core/stats/wilson.ts';

describe('clusteredShare', () => {
  it('is Wilson’s interval where every row is a cluster of its own', () => {
    expect(clusteredShare({ n: 200, events: 120, clusters: 200, nn: 200, ee: 120, en: 120 })).toEqual(
      wilson(120, 200),
    );
  });

  it('is that of the clusters where their rows are alike', () => {
    // 100 people with two rows each, both events or neither.
    const twice = clusteredShare({ n: 200, events: 120, clusters: 100, nn: 400, ee: 240, en: 240 });
    const people = wilson(60, 100);
    expect(twice.estimate).toBe(0.6);
    expect(twice.lower).toBeCloseTo(people.lower!, 2);
    expect(twice.upper).toBeCloseTo(people.upper!, 2);
  });

  it('gives no estimate without rows', () => {
    expect(clusteredShare({ n: 0, events: 0, clusters: 0, nn: 0, ee: 0, en: 0 })).toMatchObject({
      estimate: null,
      reason: 'no_rows',
    });
  });
});
