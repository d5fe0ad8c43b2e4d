import { expect, it } from 'vitest';
import { compareDecisions } from '../../support/contact/rule-comparison.ts';

it.each([1, 2, 3, 4])(
  'decides alike on 25,000 random people (seed %i)',
  async (seed) => {
    const found = await compareDecisions(25_000, seed);
    expect(found.differences.slice(0, 3)).toEqual([]);
    expect(found.cases).toBe(25_000);
    expect(found.excluded).toBeGreaterThan(10_000);
  },
  600_000,
);
