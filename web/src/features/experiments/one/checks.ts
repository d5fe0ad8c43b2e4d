import type { Experiment } from '#core/contract/experiments/experiments.ts';

const limit = 0.1;
const doubtful = 0.01;

export interface BalanceVerdict {
  good: number;
  all: number;
  worst: number;
}

/** Covariates whose arms all stand within ±0.1 standard deviations of control. */
export function judgeBalance(rows: Experiment['balance']): BalanceVerdict {
  const worst = new Map<string, number>();
  for (const { covariate, standardisedDifference } of rows) {
    if (standardisedDifference === null) continue;
    worst.set(covariate, Math.max(worst.get(covariate) ?? 0, Math.abs(standardisedDifference)));
  }
  const values = [...worst.values()];
  return {
    good: values.filter((value) => value <= limit).length,
    all: values.length,
    worst: Math.max(0, ...values),
  };
}

export interface LossVerdict {
  stage: Experiment['lost'][number]['stage'];
  pValue: number;
  even: boolean;
}

/** The step where the arms differ most in whom they lost. */
export function judgeLoss(lost: Experiment['lost']): LossVerdict | null {
  const tested = lost.flatMap(({ stage, pValue }) => (pValue === null ? [] : [{ stage, pValue }]));
  const [worst] = tested.sort((a, b) => a.pValue - b.pValue);
  return worst ? { ...worst, even: worst.pValue >= doubtful } : null;
}

export const asPlanned = (arms: Experiment['arms']): boolean =>
  arms.every(({ planned, assigned }) => planned === assigned);
