import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lossInYear, makeCells, type Obligors } from '#core/risk/cells.ts';
import { expectedShortfall } from '#core/risk/expected-shortfall.ts';
import { finiteCdf, finiteQuantile } from '#core/risk/finite.ts';
import { granularityAdjustment, lossCurve, portfolioLoss } from '#core/risk/portfolio-loss.ts';
import { planSimulation, simulateYears, summariseYears } from '#core/risk/simulation.ts';
import { vasicekQuantile } from '#core/risk/vasicek.ts';
import { normalQuantile } from '#core/stats/distributions/normal.ts';

const account = fc.record({
  pd: fc.double({ min: 0.001, max: 0.6, noNaN: true }),
  rho: fc.double({ min: 0.01, max: 0.3, noNaN: true }),
  loss: fc.integer({ min: 0, max: 100_000_000 }).map((cents) => cents / 100),
});
const book = fc.array(account, { minLength: 1, maxLength: 40 });
const obligorsOf = (accounts: readonly { pd: number; rho: number; loss: number }[]): Obligors => ({
  pd: Float64Array.from(accounts, ({ pd }) => pd),
  rho: Float64Array.from(accounts, ({ rho }) => rho),
  loss: Float64Array.from(accounts, ({ loss }) => loss),
});
const equal = (n: number, pd: number, rho: number, loss: number) =>
  obligorsOf(Array.from({ length: n }, () => ({ pd, rho, loss })));

describe('the loss of a portfolio', () => {
  it('is the sum of the accounts quantiles and tail means', () => {
    fc.assert(
      fc.property(book, fc.double({ min: 0.5, max: 0.999, noNaN: true }), (accounts, q) => {
        const {
          expected,
          valueAtRisk,
          expectedShortfall: tail,
        } = portfolioLoss(makeCells(obligorsOf(accounts)), q);
        const sum = (of: (one: (typeof accounts)[number]) => number) =>
          accounts.reduce((total, one) => total + one.loss * of(one), 0);
        const scale = sum(() => 1) + 1;
        expect(expected / scale).toBeCloseTo(sum(({ pd }) => pd) / scale, 10);
        expect(valueAtRisk / scale).toBeCloseTo(
          sum(({ pd, rho }) => vasicekQuantile(pd, rho, q)) / scale,
          10,
        );
        expect(tail / scale).toBeCloseTo(sum(({ pd, rho }) => expectedShortfall(pd, rho, q)) / scale, 10);
        expect(tail).toBeGreaterThanOrEqual(valueAtRisk - 1e-9 * scale);
      }),
      { numRuns: 40 },
    );
  });

  it('scales with money: a thousand times the exposure is a thousand times each figure', () => {
    fc.assert(
      fc.property(book, (accounts) => {
        const one = portfolioLoss(makeCells(obligorsOf(accounts)), 0.99);
        const many = portfolioLoss(
          makeCells(obligorsOf(accounts.map((row) => ({ ...row, loss: row.loss * 1000 })))),
          0.99,
        );
        expect(many.valueAtRisk).toBeCloseTo(one.valueAtRisk * 1000, 2);
        expect(many.expectedShortfall).toBeCloseTo(one.expectedShortfall * 1000, 2);
        if (one.granularity !== null && one.granularity !== 0)
          expect(many.granularity! / one.granularity).toBeCloseTo(1000, 3);
      }),
      { numRuns: 40 },
    );
  });

  it('puts equal accounts together without losing any', () => {
    const cells = makeCells(equal(1000, 0.05, 0.1, 2));
    expect(cells).toMatchObject({ count: 1 });
    expect([cells.accounts[0], cells.loss[0], cells.square[0]]).toEqual([1000, 2000, 4000]);
    expect(lossInYear(cells, 0)).toBeCloseTo(2000 * vasicekQuantile(0.05, 0.1, 0.5), 9);
  });

  it('has no granularity to speak of where nothing moves with the year', () => {
    expect(granularityAdjustment(makeCells(equal(10, 0.05, 0, 1)), 0.99)).toBeNull();
    const flat = portfolioLoss(makeCells(equal(10, 0.05, 0, 1)), 0.99);
    expect([flat.valueAtRisk, flat.expected]).toEqual([expect.closeTo(0.5, 12), expect.closeTo(0.5, 12)]);
  });

  it('draws a curve that rises from the best year to the worst and holds all chance', () => {
    const curve = lossCurve(makeCells(equal(500, 0.05, 0.1, 3)));
    for (let i = 1; i < curve.length; i++) expect(curve[i]!.loss).toBeGreaterThan(curve[i - 1]!.loss);
    const held = curve
      .slice(1)
      .reduce(
        (sum, { loss, density }, i) => sum + ((density + curve[i]!.density) / 2) * (loss - curve[i]!.loss),
        0,
      );
    expect(held).toBeCloseTo(1, 2);
  });

  it('draws the same curve from a great many accounts put together for drawing', () => {
    const accounts = Array.from({ length: 20_000 }, (_, i) => ({
      pd: 0.01 + (0.2 * i) / 20_000,
      rho: 0.05 + (0.1 * i) / 20_000,
      loss: 1 + (i % 7),
    }));
    const cells = makeCells(obligorsOf(accounts));
    for (const { loss, cumulative } of lossCurve(cells)) {
      if (cumulative < 0.01 || cumulative > 0.99) continue;
      const exact = lossInYear(cells, normalQuantile(cumulative));
      expect(loss / exact).toBeCloseTo(1, 3);
    }
  });

  it.each([
    ['a negative exposure', { pd: 0.1, rho: 0.1, loss: -5 }, 'risk_exposure_negative', '-5'],
    ['a missing exposure', { pd: 0.1, rho: 0.1, loss: Number.NaN }, 'risk_exposure_negative', 'NaN'],
    ['a PD of 1', { pd: 1, rho: 0.1, loss: 5 }, 'risk_pd_outside', '1'],
    ['a PD of 0', { pd: 0, rho: 0.1, loss: 5 }, 'risk_pd_outside', '0'],
    ['a correlation of 1', { pd: 0.1, rho: 1, loss: 5 }, 'risk_correlation_outside', '1'],
  ])('refuses %s, quoting it', (_, row, code, quoted) => {
    expect(() => makeCells(obligorsOf([{ pd: 0.2, rho: 0.1, loss: 1 }, row]))).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(quoted) }),
    );
  });

  it('refuses an empty portfolio', () => {
    expect(() => makeCells(obligorsOf([]))).toThrow(
      expect.objectContaining({ code: 'risk_portfolio_empty' }),
    );
  });
});

describe('simulated years', () => {
  it('agree with the exact distribution of equal accounts', () => {
    const [n, pd, rho, q] = [200, 0.03, 0.08, 0.99];
    const years = 40_000;
    const losses = simulateYears(planSimulation(equal(n, pd, rho, 1)), 3, 0, years);
    const drawn = summariseYears(losses, q);
    expect(Math.abs(drawn.mean - n * pd)).toBeLessThan(4 * drawn.meanError);
    expect(Math.abs(drawn.valueAtRisk - finiteQuantile(n, pd, rho, q))).toBeLessThanOrEqual(1);
    for (const k of [2, 6, 12, 22]) {
      const exact = finiteCdf(n, pd, rho, k);
      const share = losses.filter((loss) => loss <= k).length / years;
      expect(Math.abs(share - exact)).toBeLessThan(4 * Math.sqrt((exact * (1 - exact)) / years));
    }
  });

  it('agree with the quantile and the tail mean of accounts that differ, granularity added', () => {
    const accounts = Array.from({ length: 3000 }, (_, i) => ({
      pd: 0.002 + 0.5 * (i / 3000) ** 3,
      rho: 0.04 + 0.1 * (1 - i / 3000),
      loss: 50 + ((i * 37) % 400),
    }));
    const obligors = obligorsOf(accounts);
    const exact = portfolioLoss(makeCells(obligors), 0.99);
    const drawn = summariseYears(simulateYears(planSimulation(obligors), 11, 0, 12_000), 0.99);
    expect(Math.abs(drawn.mean - exact.expected)).toBeLessThan(4 * drawn.meanError);
    expect(Math.abs(drawn.valueAtRisk - exact.valueAtRisk - exact.granularity!)).toBeLessThan(
      3.5 * drawn.valueAtRiskError!,
    );
    expect(Math.abs(drawn.expectedShortfall - exact.expectedShortfall)).toBeLessThan(
      4 * drawn.expectedShortfallError!,
    );
    expect(drawn.expectedShortfall).toBeGreaterThan(drawn.valueAtRisk);
  });

  it('are the same in one piece, in two, and in any order', () => {
    const plan = planSimulation(equal(300, 0.4, 0.1, 1));
    const whole = simulateYears(plan, 5, 0, 200);
    expect([...simulateYears(plan, 5, 120, 200)]).toEqual([...whole.subarray(120)]);
    expect([...simulateYears(plan, 5, 0, 120)]).toEqual([...whole.subarray(0, 120)]);
    expect([...simulateYears(plan, 6, 0, 200)]).not.toEqual([...whole]);
  });

  it('have a standard error that says how far the next simulation will be', () => {
    const plan = planSimulation(equal(400, 0.05, 0.1, 1));
    const runs = Array.from({ length: 40 }, (_, seed) =>
      summariseYears(simulateYears(plan, seed, 0, 2000), 0.95),
    );
    const spread = (of: (run: (typeof runs)[number]) => number) => {
      const mean = runs.reduce((sum, run) => sum + of(run), 0) / runs.length;
      return Math.sqrt(runs.reduce((sum, run) => sum + (of(run) - mean) ** 2, 0) / (runs.length - 1));
    };
    const error = (of: (run: (typeof runs)[number]) => number | null) =>
      runs.reduce((sum, run) => sum + of(run)!, 0) / runs.length;
    expect(error((run) => run.expectedShortfallError) / spread((run) => run.expectedShortfall)).toBeCloseTo(
      1,
      0,
    );
    expect(error((run) => run.valueAtRiskError) / spread((run) => run.valueAtRisk)).toBeCloseTo(1, 0);
    expect(summariseYears(simulateYears(plan, 1, 0, 20), 0.999)).toMatchObject({
      valueAtRiskError: null,
      expectedShortfallError: null,
    });
  });
});
