import { describe, expect, it } from 'vitest';
import { seededRandom } from '#models/maths/random.ts';
import { calibrationLine, logit } from '#models/metrics/calibration.ts';
import { applyCalibration } from '#models/training/calibrate.ts';
import { chooseCalibration } from '#models/training/calibration/choose.ts';

const sample = (bend: number) => {
  const random = seededRandom(8);
  const truth = Float64Array.from({ length: 4000 }, () => 0.05 + 0.9 * random());
  const target = truth.map((p) => (random() < p ? 1 : 0));
  const told = truth.map((p) => 1 / (1 + Math.exp(-bend * logit(p))));
  return { target, told, fold: Int32Array.from(target, (_, i) => i % 5) };
};

describe('chooseCalibration', () => {
  it('corrects probabilities that are too extreme', () => {
    const { target, told, fold } = sample(2);
    const { calibration, probabilities } = chooseCalibration(target, told, fold);
    expect(calibration).toMatchObject({ kind: 'platt' });
    expect(calibration).toHaveProperty('slope', expect.closeTo(0.5, 1));
    expect(calibrationLine(target, told).slope).toBeLessThan(0.6);
    expect(calibrationLine(target, probabilities).slope).toBeCloseTo(1, 1);
    expect(calibrationLine(target, applyCalibration(calibration!, told)).slope).toBeCloseTo(1, 6);
  });

  it('leaves alone what is right', () => {
    const { target, told, fold } = sample(1);
    const { calibration, probabilities } = chooseCalibration(target, told, fold);
    expect(calibration).toBeNull();
    expect(probabilities).toEqual(told);
  });
});
