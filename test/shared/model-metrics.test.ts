import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { brier, logLoss } from '#models/metrics/accuracy.ts';
import { auc } from '#models/metrics/auc.ts';
import { expectedCalibrationError } from '#models/metrics/calibration.ts';
import { kolmogorovSmirnov } from '#models/metrics/separation.ts';
import { informationValue, totalOf, weightOfEvidence } from '#models/scorecard/binning/bins.ts';
import { hasShared, shared } from '../support/shared.ts';

interface Fixture {
  y: number[];
  score: number[];
  auc: number;
  gini: number;
  ks: number;
  brier: number;
  logloss: number;
  ece_5_equal_width: number;
  woe_iv: { good: number[]; bad: number[]; woe: number[]; iv: number };
}

describe.runIf(hasShared)('metrics against numbers computed to 30 digits', () => {
  const path = shared('reference/portfolio-risk-and-model-metrics.json');
  const fixture = hasShared
    ? (JSON.parse(readFileSync(path, 'utf8')) as { metrics_fixture: Fixture }).metrics_fixture
    : ({ y: [], score: [], woe_iv: {} } as unknown as Fixture);
  const y = Float64Array.from(fixture.y);
  const score = Float64Array.from(fixture.score);

  it('separation and accuracy', () => {
    expect(auc(y, score).estimate).toBeCloseTo(fixture.auc, 14);
    expect(2 * auc(y, score).estimate! - 1).toBeCloseTo(fixture.gini, 14);
    expect(kolmogorovSmirnov(y, score)).toBeCloseTo(fixture.ks, 14);
    expect(brier(y, score)).toBeCloseTo(fixture.brier, 14);
    expect(logLoss(y, score)).toBeCloseTo(fixture.logloss, 14);
    expect(expectedCalibrationError(y, score, 5)).toBeCloseTo(fixture.ece_5_equal_width, 14);
  });

  it('weight of evidence and information value', () => {
    const { good, bad, woe, iv } = fixture.woe_iv;
    const bins = good.map((events, i) => ({ events, n: events + bad[i]! }));
    const total = totalOf(bins);
    const found = bins.map((bin) => weightOfEvidence(bin, total, 0));
    found.forEach((value, i) => {
      expect(value).toBeCloseTo(woe[i]!, 12);
    });
    expect(informationValue(bins, found, total)).toBeCloseTo(iv, 12);
  });
});
