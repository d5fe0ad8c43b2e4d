import { describe, expect, it } from 'vitest';
import { claimed, referenceAreas, vectorNames } from '../../support/experiments/reference-statistics.ts';
import { hasShared } from '../../support/shared.ts';

describe.runIf(hasShared)('published numbers', () => {
  it('are each answered for by exactly one test file', () => {
    expect(vectorNames.length).toBeGreaterThanOrEqual(97);
    expect(new Set(vectorNames).size).toBe(vectorNames.length);
    expect(referenceAreas.flatMap(claimed).sort()).toEqual([...vectorNames].sort());
  });
});
