import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { confidenceSequence } from '#core/experiment/sequential/confidence-sequence.ts';

const given = fc.record({
  estimate: fc.double({ min: -0.5, max: 0.5, noNaN: true }),
  standardError: fc.double({ min: 0.001, max: 0.2, noNaN: true }),
  n: fc.integer({ min: 10, max: 1_000_000 }),
  alpha: fc.double({ min: 0.001, max: 0.4, noNaN: true }),
  narrowestAt: fc.integer({ min: 10, max: 1_000_000 }),
});

describe('confidence sequence', () => {
  it.each(['two', 'greater', 'less'] as const)(
    'leaves out 0 exactly when its p-value is under alpha: %s',
    (sided) => {
      fc.assert(
        fc.property(given, (one) => {
          const { lower, upper, pValue } = confidenceSequence({ ...one, sided });
          const margin = Math.min(Math.abs(lower ?? 1), Math.abs(upper ?? 1));
          if (margin < 1e-9) return;
          expect((lower ?? -1) > 0 || (upper ?? 1) < 0).toBe((pValue ?? 1) < one.alpha);
        }),
        { seed: 2 },
      );
    },
  );

  it('turns with the arms and grows with the unit', () => {
    fc.assert(
      fc.property(given, (one) => {
        const there = confidenceSequence({ ...one, sided: 'two' });
        const back = confidenceSequence({ ...one, estimate: -one.estimate, sided: 'two' });
        expect(back.lower).toBeCloseTo(-(there.upper ?? 0), 12);
        const scaled = { ...one, estimate: 100 * one.estimate, standardError: 100 * one.standardError };
        expect(confidenceSequence({ ...scaled, sided: 'two' }).pValue).toBeCloseTo(there.pValue ?? 0, 9);
        const less = confidenceSequence({ ...one, estimate: -one.estimate, sided: 'less' });
        expect(less.pValue).toBeCloseTo(confidenceSequence({ ...one, sided: 'greater' }).pValue ?? 0, 12);
      }),
      { seed: 3 },
    );
  });

  it('is narrowest, for its size, near where it was told to be', () => {
    const width = (n: number) => {
      const one = {
        estimate: 0,
        standardError: 1,
        n,
        alpha: 0.05,
        narrowestAt: 10_000,
        sided: 'two',
      } as const;
      return confidenceSequence(one).upper ?? 0;
    };
    expect(width(10_000)).toBeLessThan(width(1000));
    expect(width(10_000)).toBeLessThan(width(100_000));
    expect(width(10_000)).toBeGreaterThan(1.96);
  });

  it('says nothing without variation', () => {
    const nothing = { lower: null, upper: null, pValue: null };
    const one = { estimate: 0, n: 10, alpha: 0.05, narrowestAt: 10, sided: 'two' } as const;
    expect(confidenceSequence({ ...one, standardError: 0 })).toEqual(nothing);
    expect(confidenceSequence({ ...one, standardError: Number.NaN })).toEqual(nothing);
  });
});
