import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gaussianBelief, standings } from '#core/experiment/bayes/best-of.ts';
import { betaMean, betaStandings } from '#core/experiment/bayes/beta-binomial.ts';
import { partAbove, posteriorOf, readPosterior } from '#core/experiment/bayes/gaussian.ts';
import { normalCdf } from '#core/stats/distributions/normal.ts';

/** P(second > first) of two beta posteriors with whole parameters (Miller 2015), by logarithms of factorials. */
function chanceOfWhole([a, b]: readonly [number, number], [c, d]: readonly [number, number]): number {
  const logs = [0];
  for (let i = 1; i < 4000; i++) logs.push((logs[i - 1] ?? 0) + Math.log(i));
  const logGamma = (n: number) => logs[n - 1] ?? Number.NaN;
  const logBeta = (x: number, y: number) => logGamma(x) + logGamma(y) - logGamma(x + y);
  let sum = 0;
  for (let i = 0; i < c; i++)
    sum += Math.exp(logBeta(a + i, b + d) - Math.log(d + i) - logBeta(1 + i, d) - logBeta(a, b));
  return sum;
}

describe('chance to be best of shares', () => {
  it.each([
    [
      [104, 42],
      [1009, 500],
    ],
    [
      [10, 0],
      [12, 1],
    ],
    [
      [400, 390],
      [300, 300],
    ],
    [
      [5, 1],
      [900, 200],
    ],
  ] as const)('equals the exact sum, %j against %j, with a flat prior', ([n, events], [m, others]) => {
    const [first, second] = betaStandings(
      [
        { n, events },
        { n: m, events: others },
      ],
      [1, 1],
    );
    const exact = chanceOfWhole([events + 1, n - events + 1], [others + 1, m - others + 1]);
    expect(second?.best).toBeCloseTo(exact, 9);
    expect(first?.best).toBeCloseTo(1 - exact, 9);
  });

  it('sums to 1, and losses differ as the means do, however unlike the arms are', () => {
    const arm = fc
      .tuple(fc.constantFrom(0, 3, 40, 5000, 2_000_000), fc.double({ min: 0, max: 1, noNaN: true }))
      .map(([n, share]) => ({ n, events: Math.round(n * share) }));
    fc.assert(
      fc.property(fc.array(arm, { minLength: 2, maxLength: 4 }), (arms) => {
        const found = betaStandings(arms);
        expect(found.reduce((sum, { best }) => sum + best, 0)).toBeCloseTo(1, 7);
        const totals = found.map(({ loss }, i) => loss + betaMean(arms[i] ?? { n: 0, events: 0 }));
        for (const total of totals) expect(total).toBeCloseTo(totals[0] ?? 0, 7);
      }),
      { seed: 5, numRuns: 40 },
    );
  });

  it('turns round where fewer is better', () => {
    const arms = [
      { n: 100, events: 10 },
      { n: 100, events: 20 },
    ];
    const [high, low] = [betaStandings(arms), betaStandings(arms, [0.5, 0.5], 'lower')];
    expect(low[0]?.best).toBeCloseTo(high[1]?.best ?? 0, 10);
    expect(low[0]?.loss).toBeCloseTo(high[1]?.loss ?? 0, 10);
  });
});

describe('normal posteriors', () => {
  it('of two arms give the chance in closed form, of three the right order, sure or not', () => {
    const [a, b] = [
      { mean: 0, deviation: 1 },
      { mean: 1, deviation: 0.001 },
    ];
    const found = standings([a, b].map(gaussianBelief));
    expect(found[1]?.best).toBeCloseTo(normalCdf(1 / Math.hypot(1, 0.001)), 10);
    expect(found[1]?.loss).toBeCloseTo(partAbove(-1, Math.hypot(1, 0.001)), 9);
    const three = standings([a, a, { mean: 0.5, deviation: 2 }].map(gaussianBelief));
    expect(three[0]?.best).toBeCloseTo(three[1]?.best ?? 0, 12);
    expect(three[2]?.best).toBeGreaterThan(three[0]?.best ?? 1);
  });

  it('lie between estimate and prior, and read the losses without overflow', () => {
    const posterior = posteriorOf(2, 1, { mean: 0, variance: 1 });
    expect(posterior.mean).toBeCloseTo(1, 12);
    expect(posterior.deviation).toBeCloseTo(Math.SQRT1_2, 12);
    for (const ratio of [-1e6, -40, -5, 0, 5, 36, 38, 1e6]) {
      const { loss } = readPosterior({ mean: ratio, deviation: 1 }, 0.05);
      expect(loss.keeping - loss.changing).toBeCloseTo(ratio, 8);
      expect(Math.min(loss.keeping, loss.changing)).toBeGreaterThanOrEqual(0);
    }
    expect(() => posteriorOf(1, 0)).toThrow(RangeError);
    expect(() => posteriorOf(1, 1, { mean: 0, variance: 0 })).toThrow(RangeError);
  });
});
