import { describe, expect, it } from 'vitest';
import { asPlanned, judgeBalance, judgeLoss } from '../../../web/src/features/experiments/one/checks.ts';
import { bestBaseline, groupsInside, isClear } from '../../../web/src/features/models/card.ts';

const performance = (population: string, estimate: number | null, half = 0.01) => ({
  population,
  n: 100,
  events: 50,
  auc: {
    estimate,
    lower: estimate === null ? null : estimate - half,
    upper: estimate === null ? null : estimate + half,
  },
  gini: null,
  ks: null,
  logLoss: null,
  brier: null,
  calibrationSlope: null,
  calibrationIntercept: null,
  ece: null,
});

describe('model card', () => {
  it('compares with the best of the simple rivals', () => {
    const baselines = [
      { id: 'base', title: { es: 'base', en: 'base' }, results: [performance('all', 0.5)] },
      { id: 'dpd', title: { es: 'mora', en: 'dpd' }, results: [performance('all', 0.66)] },
      { id: 'none', title: { es: 'nada', en: 'none' }, results: [performance('all', null)] },
    ];
    expect(bestBaseline({ baselines } as never)?.title.en).toBe('dpd');
  });

  it.each([
    [0.78, 0.66, true],
    [0.665, 0.66, false],
    [null, 0.66, false],
  ])('%s against %s', (model, rival, clear) => {
    expect(isClear(performance('all', model), performance('all', rival))).toBe(clear);
  });

  it('counts the groups whose interval holds the prediction', () => {
    const point = (predicted: number, lower: number, upper: number) => ({
      predicted,
      observed: (lower + upper) / 2,
      lower,
      upper,
      n: 10,
    });
    expect(groupsInside([point(0.2, 0.1, 0.3), point(0.2, 0.21, 0.3)])).toBe(1);
  });
});

describe('trust in an experiment', () => {
  const difference = (covariate: string, standardisedDifference: number | null) => ({
    covariate,
    arm: 'b',
    mean: 1,
    controlMean: 1,
    standardisedDifference,
  });

  it('counts variables, not rows, and skips what could not be computed', () => {
    const rows = [difference('a', 0.02), difference('a', -0.2), difference('b', 0.1), difference('c', null)];
    expect(judgeBalance(rows)).toEqual({ good: 1, all: 2, worst: 0.2 });
    expect(judgeBalance([])).toEqual({ good: 0, all: 0, worst: 0 });
  });

  it('takes the step with the smallest p', () => {
    const lost = [
      { stage: 'assigned' as const, counts: [], pValue: 1 },
      { stage: 'cleared' as const, counts: [], pValue: 0.004 },
      { stage: 'exported' as const, counts: [], pValue: null },
    ];
    expect(judgeLoss(lost)).toEqual({ stage: 'cleared', pValue: 0.004, even: false });
    expect(judgeLoss([])).toBeNull();
  });

  it('says when the counts are not those planned', () => {
    expect(asPlanned([{ name: 'a', planned: 3, assigned: 3 }])).toBe(true);
    expect(asPlanned([{ name: 'a', planned: 3, assigned: 2 }])).toBe(false);
  });
});
