import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate } from '#models/evaluate.ts';
import { seededRandom } from '#models/maths/random.ts';
import { auc, aucDifference } from '#models/metrics/auc.ts';
import { calibrationCurve } from '#models/metrics/calibration.ts';
import { meanInterval, shareInterval } from '#models/metrics/mean.ts';
import { sampleOrder } from '#models/metrics/order.ts';
import { rankCorrelation } from '#models/metrics/rank.ts';
import { cutOffFor, rateRatio } from '#models/metrics/rates.ts';
import { rocCurve } from '#models/metrics/separation.ts';

interface Row {
  y: number;
  p: number;
  weight: number;
  group: number;
}
const rows = fc.array(
  fc.record({
    y: fc.constantFrom(0, 1),
    p: fc.integer({ min: 1, max: 19 }).map((value) => value / 20),
    weight: fc.integer({ min: 0, max: 3 }),
    group: fc.integer({ min: 0, max: 8 }),
  }),
  { minLength: 5, maxLength: 40 },
);
const arrays = (given: readonly Row[]) => ({
  y: Float64Array.from(given, ({ y }) => y),
  p: Float64Array.from(given, ({ p }) => p),
  weights: Float64Array.from(given, ({ weight }) => weight),
  groups: Int32Array.from(given, ({ group }) => group),
});

describe('weights and customers', () => {
  it('a weight of three is the row three times, of the same customer', () => {
    fc.assert(
      fc.property(rows, (given) => {
        fc.pre(given.some(({ weight }) => weight > 0));
        const weighed = arrays(given);
        const repeated = arrays(
          given.flatMap((row) => new Array<Row>(row.weight).fill({ ...row, weight: 1 })),
        );
        const { n: _, events: __, ...one } = evaluate('all', weighed.y, weighed.p, weighed);
        const {
          n: ___,
          events: ____,
          ...other
        } = evaluate('all', repeated.y, repeated.p, {
          groups: repeated.groups,
        });
        for (const [name, value] of Object.entries(one)) {
          const found = other[name as keyof typeof other];
          if (name.startsWith('calibration') && Math.abs(Number(value)) > 10) continue;
          if (typeof value === 'number') expect(value, name).toBeCloseTo(found as number, 6);
          else if (name !== 'auc') expect(value, name).toEqual(found);
        }
        if (one.auc.estimate !== null) expect(one.auc.estimate).toBeCloseTo(other.auc.estimate!, 9);
      }),
      { numRuns: 60 },
    );
  });

  it('a customer copied over widens nothing and narrows nothing', () => {
    const random = seededRandom(5);
    const y = Float64Array.from({ length: 300 }, () => (random() < 0.3 ? 1 : 0));
    const p = y.map((value) => 0.2 + 0.3 * value + 0.5 * random());
    const twice = (values: Float64Array) => Float64Array.from([...values, ...values]);
    const groups = Int32Array.from({ length: 600 }, (_, i) => i % 300);
    const alone = auc(y, p);
    const copied = auc(twice(y), twice(p), { groups });
    expect(copied.estimate).toBeCloseTo(alone.estimate!, 12);
    expect(copied.lower).toBeCloseTo(alone.lower!, 12);
    const naive = auc(twice(y), twice(p));
    expect(naive.upper! - naive.lower!).toBeLessThan(0.75 * (alone.upper! - alone.lower!));
    const mean = meanInterval(twice(p), { groups });
    expect(mean.lower).toBeCloseTo(meanInterval(p).lower!, 10);
    const share = shareInterval(twice(y), { groups });
    expect(share.upper).toBeCloseTo(shareInterval(y).upper!, 2);
  });

  it('few customers who are alike by chance are no surer than their rows', () => {
    const of = (events: readonly number[], rows: number) => ({
      y: Float64Array.from(events.flatMap((n) => Array.from({ length: rows }, (_, i) => (i < n ? 1 : 0)))),
      groups: Int32Array.from(events.flatMap((_, group) => new Array<number>(rows).fill(group))),
    });
    const width = ({ lower, upper }: { lower: number | null; upper: number | null }) => upper! - lower!;
    for (const { y, groups } of [of([50, 51], 100), of([1, 1], 3), of([30, 30, 31], 90)]) {
      const found = shareInterval(y, { groups });
      expect(width(found)).toBeGreaterThanOrEqual(width(shareInterval(y)) - 1e-12);
      const third = new Float64Array(y.length).fill(1 / 3);
      expect(width(shareInterval(y, { groups, weights: third }))).toBeCloseTo(width(found), 9);
    }
  });

  it('shares between 0 and 1: what tells classes apart is null with a reason, the rest is not', () => {
    const y = Float64Array.of(0, 0.25, 0.5, 1, 0.75);
    const p = Float64Array.of(0.1, 0.2, 0.6, 0.7, 0.8);
    const found = evaluate('all', y, p);
    expect(found).toMatchObject({ auc: { reason: 'share_target' }, gini: null, ks: null, events: 2.5 });
    expect(found.brier).toBeCloseTo((0.01 + 0.0025 + 0.01 + 0.09 + 0.0025) / 5, 12);
    expect(found.calibrationSlope).toBeGreaterThan(0);
  });

  it('weights that are all zero give no figure, and no NaN', () => {
    const found = evaluate('all', Float64Array.of(1, 0), Float64Array.of(0.7, 0.2), {
      weights: new Float64Array(2),
    });
    for (const value of Object.values(found)) expect(value).not.toBeNaN();
    expect(found).toMatchObject({ logLoss: null, brier: null, auc: { estimate: null } });
    expect(
      calibrationCurve(Float64Array.of(1), Float64Array.of(0.5), 2, { weights: new Float64Array(1) }),
    ).toEqual([]);
  });
});

describe('differences and rates', () => {
  it('the difference of two areas is paired: the same scores differ by nothing, without doubt', () => {
    const random = seededRandom(6);
    const y = Float64Array.from({ length: 400 }, () => (random() < 0.4 ? 1 : 0));
    const p = y.map((value) => 0.3 * value + random());
    expect(aucDifference(y, p, p)).toEqual({ estimate: 0, lower: 0, upper: 0 });
    const near = p.map((value) => value + 0.01 * random());
    const found = aucDifference(y, p, near);
    const alone = auc(y, p);
    expect(found.upper! - found.lower!).toBeLessThan(0.2 * (alone.upper! - alone.lower!));
    expect(found.estimate).toBeCloseTo(alone.estimate! - auc(y, near).estimate!, 12);
  });

  it('the cut-off leaves the share asked for above it', () => {
    const scores = Float64Array.of(0.1, 0.9, 0.5, 0.7, 0.3);
    const cut = cutOffFor(scores, 0.4);
    expect(scores.filter((value) => value > cut)).toHaveLength(2);
    expect(cutOffFor(scores, 0.4, Float64Array.of(1, 4, 1, 1, 1))).toBeGreaterThan(0.5);
  });

  it('the ratio of two shares has Katz its interval', () => {
    const flags = (n: number, events: number) =>
      Float64Array.from({ length: n }, (_, i) => (i < events ? 1 : 0));
    const found = rateRatio(flags(100, 30), {}, flags(200, 40), {});
    expect(found.estimate).toBeCloseTo(1.5, 12);
    const error = Math.sqrt(0.7 / (30 * 0.99) + 0.8 / (40 * 0.995));
    expect(found.upper).toBeCloseTo(1.5 * Math.exp(1.959964 * error), 2);
    expect(rateRatio(flags(50, 0), {}, flags(200, 40), {}).reason).toBe('none_above');
  });

  it('orders many rows as few: by value, then by place', () => {
    const random = seededRandom(7);
    const values = Float64Array.from({ length: 9000 }, () => Math.round((random() - 0.5) * 200) / 10);
    values[17] = -0;
    values[18] = Number.NEGATIVE_INFINITY;
    values[19] = Number.POSITIVE_INFINITY;
    const wanted = [...values.keys()].sort((a, b) =>
      values[a] === values[b] ? a - b : values[a]! - values[b]!,
    );
    expect([...sampleOrder(values)]).toEqual(wanted);
  });

  it('Spearman, and a curve that ends where it must', () => {
    const a = Float64Array.of(1, 2, 3, 4, 5);
    expect(rankCorrelation(a, Float64Array.of(10, 20, 30, 40, 50))).toBeCloseTo(1, 12);
    expect(rankCorrelation(a, Float64Array.of(5, 4, 3, 2, 1))).toBeCloseTo(-1, 12);
    expect(rankCorrelation(a, new Float64Array(5))).toBeNull();
    expect(rankCorrelation(a, Float64Array.of(1, 1, 2, 2, 3))).toBeCloseTo(0.9486833, 6);
    const curve = rocCurve(Float64Array.of(0, 1, 0, 1), Float64Array.of(0.1, 0.9, 0.6, 0.4));
    expect(curve[0]).toEqual({ falsePositive: 0, truePositive: 0 });
    expect(curve.at(-1)).toEqual({ falsePositive: 1, truePositive: 1 });
    expect(curve.slice(1, -1)).toContainEqual({ falsePositive: 0, truePositive: 0.5 });
  });
});
