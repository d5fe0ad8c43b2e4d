import fc from 'fast-check';
import type { Unit } from './units.ts';

const amount = fc.oneof(
  fc.constant(0),
  fc.integer({ min: 0, max: 20 }).map(Number),
  fc.double({ min: 0.01, max: 5000, noNaN: true }),
);

/** Any people: zeros, ties and large amounts, in three strata and a handful of clusters. */
export const people = (range: { min: number; max: number } = { min: 2, max: 60 }): fc.Arbitrary<Unit[]> =>
  fc.array(
    fc
      .tuple(
        fc.boolean(),
        amount,
        fc.integer({ min: 1, max: 50 }),
        fc.tuple(fc.integer({ min: -20, max: 20 }), fc.integer({ min: 0, max: 3 })),
        fc.integer({ min: 0, max: 2 }),
        fc.integer({ min: 0, max: 12 }),
      )
      .map(([event, y, d, x, stratum, cluster]): Unit => ({ event, y, d, x, stratum, cluster })),
    { minLength: range.min, maxLength: range.max, size: 'max' },
  );
