import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitLogistic } from '#models/maths/logistic.ts';
import { brier, logLoss } from '#models/metrics/accuracy.ts';
import { auc } from '#models/metrics/auc.ts';
import { calibrationCurve, calibrationLine, expectedCalibrationError } from '#models/metrics/calibration.ts';
import { gainCurve, kolmogorovSmirnov } from '#models/metrics/separation.ts';
import reference from '../../reference/model-metrics.json' with { type: 'json' };
import { logisticRows } from '../../support/models/logistic-rows.ts';

const { columns, target } = logisticRows(reference.rows.n, reference.rows.seed);
const { intercept, coefficients } = fitLogistic({ columns, target });
const p = target.map((_, i) => {
  const eta = coefficients.reduce((sum, value, j) => sum + value * columns[j]![i]!, intercept);
  return 1 / (1 + Math.exp(-eta));
});
const tied = p.map((value) => Math.round(value * 10) / 10);
const bent = p.map((value) => value ** 1.3);

describe('metrics equal scikit-learn, scipy and statsmodels', () => {
  it.each([
    ['auc', p, reference.auc],
    ['auc with ties', tied, reference.auc_tied],
  ] as const)('%s and its DeLong interval', (_, scores, wanted) => {
    const found = auc(target, scores);
    expect(found.estimate).toBeCloseTo(wanted.estimate, 9);
    expect(found.lower).toBeCloseTo(wanted.lower, 8);
    expect(found.upper).toBeCloseTo(wanted.upper, 8);
  });

  it('Kolmogorov–Smirnov, with and without ties', () => {
    expect(kolmogorovSmirnov(target, p)).toBeCloseTo(reference.ks, 9);
    expect(kolmogorovSmirnov(target, tied)).toBeCloseTo(reference.ks_tied, 9);
  });

  it('log loss and Brier', () => {
    expect(logLoss(target, bent)).toBeCloseTo(reference.log_loss, 8);
    expect(brier(target, bent)).toBeCloseTo(reference.brier, 8);
  });

  it('calibration slope and intercept', () => {
    const { slope, intercept: large } = calibrationLine(target, bent);
    expect(slope).toBeCloseTo(reference.calibration.slope, 6);
    expect(large).toBeCloseTo(reference.calibration.intercept, 6);
  });
});

describe('laws', () => {
  const sample = fc.array(fc.record({ y: fc.constantFrom(0, 1), s: fc.integer({ min: 0, max: 6 }) }), {
    minLength: 2,
    maxLength: 40,
  });
  const of = (rows: { y: number; s: number }[]) =>
    [Float64Array.from(rows, ({ y }) => y), Float64Array.from(rows, ({ s }) => s)] as const;

  it('AUC is the share of pairs ranked right, ties half', () => {
    fc.assert(
      fc.property(sample, (rows) => {
        const found = auc(...of(rows)).estimate;
        const events = rows.filter(({ y }) => y === 1);
        const others = rows.filter(({ y }) => y === 0);
        if (events.length === 0 || others.length === 0) return found === null;
        let right = 0;
        for (const a of events) for (const b of others) right += a.s > b.s ? 1 : a.s === b.s ? 0.5 : 0;
        return Math.abs(found! - right / (events.length * others.length)) < 1e-12;
      }),
    );
  });

  it('turning the scores round turns the AUC round, and leaves the KS', () => {
    fc.assert(
      fc.property(sample, (rows) => {
        const [y, s] = of(rows);
        const turned = s.map((value) => -value);
        const [a, b] = [auc(y, s), auc(y, turned)];
        if (a.estimate === null) return b.estimate === null;
        const same = Math.abs(kolmogorovSmirnov(y, s)! - kolmogorovSmirnov(y, turned)!) < 1e-12;
        return Math.abs(a.estimate + b.estimate! - 1) < 1e-12 && same;
      }),
    );
  });
});

describe('degenerate input gives null with a reason, never NaN', () => {
  const ones = Float64Array.of(1, 1, 1);
  const half = Float64Array.of(0.5, 0.5, 0.5);
  it('one class', () => {
    expect(auc(ones, half)).toEqual({ estimate: null, lower: null, upper: null, reason: 'one_class' });
    expect(kolmogorovSmirnov(ones, half)).toBeNull();
    expect(calibrationLine(ones, half)).toEqual({ slope: null, intercept: null });
  });
  it('no rows', () => {
    const none = new Float64Array(0);
    expect(logLoss(none, none)).toBeNull();
    expect(brier(none, none)).toBeNull();
    expect(expectedCalibrationError(none, none)).toBeNull();
    expect(calibrationCurve(none, none)).toEqual([]);
  });
  it('one probability for all has no slope', () => {
    expect(calibrationLine(Float64Array.of(0, 1, 1), half).slope).toBeNull();
  });
  it('a certain and wrong probability has a large and finite log loss', () => {
    expect(logLoss(Float64Array.of(1), Float64Array.of(0))).toBeCloseTo(34.54, 1);
  });
});

describe('curves', () => {
  it('groups of equal size, lowest first, each with its interval', () => {
    const curve = calibrationCurve(target, p, 8);
    expect(curve.map(({ n }) => n)).toEqual(new Array(8).fill(50));
    curve.forEach((bin, i) => {
      expect(bin.lower).toBeLessThanOrEqual(bin.observed);
      expect(bin.upper).toBeGreaterThanOrEqual(bin.observed);
      if (i > 0) expect(bin.predicted).toBeGreaterThan(curve[i - 1]!.predicted);
    });
  });
  it('gain rises from nothing to everything', () => {
    const points = gainCurve(target, p);
    expect(points[0]).toEqual({ share: 0, captured: 0 });
    expect(points.at(-1)).toEqual({ share: 1, captured: 1 });
    points.slice(1).forEach((point, i) => {
      expect(point.captured).toBeGreaterThanOrEqual(points[i]!.captured);
    });
  });
});
