import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { baselCorrelation, baselRiskWeight, type RetailClass } from '#core/risk/basel.ts';
import { makeCells } from '#core/risk/cells.ts';
import { expectedShortfall } from '#core/risk/expected-shortfall.ts';
import { finiteCdf, finiteQuantile } from '#core/risk/finite.ts';
import { portfolioLoss } from '#core/risk/portfolio-loss.ts';
import { vasicekCdf, vasicekQuantile } from '#core/risk/vasicek.ts';
import { hasShared, shared } from '../support/shared.ts';

interface Case {
  pd: number;
  rho: number;
  q: number;
}
interface Reference {
  vasicek_quantile: (Case & { value: number; published_pct: number | null })[];
  basel_annex5: {
    class: 'mortgage' | 'qrre' | 'other_retail';
    pd: number;
    lgd: number;
    R: number;
    rw_pct: number;
    published_rw_pct: number;
  }[];
  expected_shortfall: (Case & { var: number; es: number })[];
  granularity: Case & { n: number; var: number; GA: number; ga_var: number; 'dollar_DV500_RR0.4': number };
  finite_portfolio_exact: (Case & {
    n: number;
    quantile_defaults: number;
    rate: number;
    cdf_at: number;
    cdf_below: number;
  })[];
  cdf: [
    { pd: number; rho: number; x: number; P_L_ge_x: number; published: number },
    Case & { V: number; published: number },
  ];
}

const classOf = {
  mortgage: 'mortgage',
  qrre: 'revolving',
  other_retail: 'other_retail',
} as const satisfies Record<string, RetailClass>;

describe.runIf(hasShared)('portfolio risk, as published and computed', () => {
  const reference = (
    hasShared
      ? JSON.parse(readFileSync(shared('reference/portfolio-risk-and-model-metrics.json'), 'utf8'))
      : { finite_portfolio_exact: [] }
  ) as Reference;

  it('gives every quantile of Vasicek, and those of Hull, table 11.4, as printed', () => {
    expect(reference.vasicek_quantile.length).toBeGreaterThan(20);
    for (const { pd, rho, q, value, published_pct } of reference.vasicek_quantile) {
      expect(vasicekQuantile(pd, rho, q)).toBeCloseTo(value, 11);
      if (published_pct !== null)
        expect((100 * vasicekQuantile(pd, rho, q)).toFixed(1)).toBe(published_pct.toFixed(1));
    }
  });

  it('gives every correlation and risk weight of annex 5 of Basel II', () => {
    expect(reference.basel_annex5.length).toBeGreaterThan(30);
    for (const row of reference.basel_annex5) {
      const kind = classOf[row.class];
      const weight = 100 * baselRiskWeight(kind, row.pd, row.lgd);
      expect(baselCorrelation(kind, row.pd)).toBeCloseTo(row.R, 11);
      expect(weight).toBeCloseTo(row.rw_pct, 9);
      expect(Math.abs(weight - row.published_rw_pct)).toBeLessThanOrEqual(0.006);
    }
  });

  it('gives every expected shortfall', () => {
    for (const { pd, rho, q, var: value, es } of reference.expected_shortfall) {
      expect(vasicekQuantile(pd, rho, q)).toBeCloseTo(value, 11);
      expect(expectedShortfall(pd, rho, q)).toBeCloseTo(es, 11);
    }
  });

  it('gives the granularity adjustment, in shares and in money', () => {
    const { pd, rho, q, n, var: value, GA, ga_var, 'dollar_DV500_RR0.4': money } = reference.granularity;
    const column = (filled: number) => new Float64Array(n).fill(filled);
    const of = (loss: number) =>
      portfolioLoss(makeCells({ pd: column(pd), rho: column(rho), loss: column(loss) }), q);
    const shares = of(1 / n);
    expect(shares.valueAtRisk).toBeCloseTo(value, 11);
    expect(shares.granularity! * n).toBeCloseTo(GA, 9);
    expect(shares.valueAtRisk + shares.granularity!).toBeCloseTo(ga_var, 11);
    const lost = of((500 * 0.6) / n);
    expect(lost.valueAtRisk + lost.granularity!).toBeCloseTo(money, 9);
  });

  it.each(reference.finite_portfolio_exact)(
    'counts the failures of $n equal accounts at $q exactly',
    (row) => {
      expect(finiteQuantile(row.n, row.pd, row.rho, row.q)).toBe(row.quantile_defaults);
      expect(row.quantile_defaults / row.n).toBeCloseTo(row.rate, 12);
      expect(finiteCdf(row.n, row.pd, row.rho, row.quantile_defaults)).toBeCloseTo(row.cdf_at, 12);
      expect(finiteCdf(row.n, row.pd, row.rho, row.quantile_defaults - 1)).toBeCloseTo(row.cdf_below, 12);
    },
  );

  it('gives the chance of at least a share failing, as printed', () => {
    const [tail, quantile] = reference.cdf;
    const chance = 1 - vasicekCdf(tail.pd, tail.rho, tail.x);
    expect(chance).toBeCloseTo(tail.P_L_ge_x, 11);
    expect(chance.toFixed(4)).toBe(tail.published.toFixed(4));
    expect(vasicekQuantile(quantile.pd, quantile.rho, quantile.q)).toBeCloseTo(quantile.V, 11);
  });
});
