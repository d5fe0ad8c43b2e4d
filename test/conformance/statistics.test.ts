import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Counts, Statistic } from '#core/experiment/statistic.ts';
import { format, locales } from '#core/text/text.ts';
import { discover } from '#server/registry.ts';

const found = [...(await discover<Statistic>('core/experiment/statistics'))];
const cases = found.flatMap(([id, statistic]) =>
  statistic.examples.map((options) => ({ name: `${id} ${JSON.stringify(options)}`, statistic, options })),
);

const counts = fc
  .tuple(fc.integer({ min: 2, max: 400 }), fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([n, share]): Counts => ({ n, events: Math.round(n * share) }));

function binomial(n: number, p: number): number[] {
  const chance = [(1 - p) ** n];
  for (let k = 1; k <= n; k++) chance.push((chance[k - 1]! * (n - k + 1) * p) / (k * (1 - p)));
  return chance;
}

it('finds statistics', () => expect(found.length).toBeGreaterThan(0));

it.each(found)(
  '%s is named in both languages and reads its own examples',
  (_, { text, options, examples }) => {
    for (const locale of locales) {
      expect(format(text.title, locale)).not.toBe('');
      expect(format(text.summary, locale)).not.toBe('');
    }
    expect(examples.length).toBeGreaterThan(0);
    for (const example of examples) expect(options.parse(example)).toEqual(example);
  },
);

describe.each(cases)('$name', ({ statistic, options }) => {
  const { compute, laws } = statistic;
  const law = laws(options);

  it('holds its estimate inside its interval, finite, or says why there is none', () => {
    fc.assert(
      fc.property(counts, counts, (control, arm) => {
        const effect = compute(control, arm, options);
        if (effect.estimate === null) {
          expect(effect.reason).toBeTruthy();
          return;
        }
        expect(effect.lower! - 1e-9).toBeLessThanOrEqual(effect.estimate);
        expect(effect.upper! + 1e-9).toBeGreaterThanOrEqual(effect.estimate);
        for (const value of [effect.lower, effect.upper, effect.pValue])
          expect(Number.isFinite(value)).toBe(true);
        expect(effect.pValue).toBeGreaterThanOrEqual(0);
        expect(effect.pValue).toBeLessThanOrEqual(1);
      }),
      { seed: 1 },
    );
  });

  it('has no estimate for an empty arm', () => {
    const effect = compute({ n: 0, events: 0 }, { n: 9, events: 3 }, options);
    expect(effect).toMatchObject({
      estimate: null,
      lower: null,
      upper: null,
      pValue: null,
      reason: 'empty_arm',
    });
  });

  it(`${law.swap} when arm and control are swapped`, () => {
    const turn = (value: number) => (law.swap === 'negates' ? -value : 1 / value);
    fc.assert(
      fc.property(counts, counts, (control, arm) => {
        const [one, other] = [compute(control, arm, options), compute(arm, control, options)];
        if (one.estimate === null) {
          expect(other.estimate).toBeNull();
          return;
        }
        expect(other.estimate!).toBeCloseTo(turn(one.estimate), 9);
        expect(other.lower!).toBeCloseTo(turn(one.upper!), 9);
        expect(other.upper!).toBeCloseTo(turn(one.lower!), 9);
        expect(other.pValue!).toBeCloseTo(one.pValue!, 9);
      }),
      { seed: 2 },
    );
  });

  if (law.merge === 'exact')
    it('is the same from sums of parts', () => {
      fc.assert(
        fc.property(counts, counts, counts, (control, part, rest) => {
          const whole = { n: part.n + rest.n, events: part.events + rest.events };
          const summed = [part, rest].reduce((a, b) => ({ n: a.n + b.n, events: a.events + b.events }));
          expect(compute(control, summed, options)).toEqual(compute(control, whole, options));
        }),
        { seed: 3 },
      );
    });

  if (law.dual)
    it('excludes no effect exactly when p is under alpha', () => {
      const none = law.swap === 'negates' ? 0 : 1;
      fc.assert(
        fc.property(counts, counts, (control, arm) => {
          const { lower, upper, pValue } = compute(control, arm, options);
          if (pValue === null || Math.abs(pValue - 0.05) < 1e-6) return;
          expect(lower! > none || upper! < none).toBe(pValue < 0.05);
        }),
        { seed: 4, numRuns: 500 },
      );
    });

  if (law.coverage !== null)
    it('covers the truth as often as it says', () => {
      const n = 100;
      for (const [p, q] of [
        [0.1, 0.1],
        [0.3, 0.4],
        [0.5, 0.5],
        [0.9, 0.8],
      ] as const) {
        const [chanceP, chanceQ] = [binomial(n, p), binomial(n, q)];
        let covered = 0;
        for (let x = 0; x <= n; x++)
          for (let y = 0; y <= n; y++) {
            const weight = chanceP[x]! * chanceQ[y]!;
            if (weight < 1e-9) continue;
            const { lower, upper } = compute({ n, events: x }, { n, events: y }, options);
            if (lower !== null && lower <= q - p && upper! >= q - p) covered += weight;
          }
        expect(covered).toBeGreaterThan(law.coverage!);
        expect(covered).toBeLessThan(0.98);
      }
    });
});
