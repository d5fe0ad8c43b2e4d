import type { z } from 'zod';
import type {
  learning,
  learningSummary,
  OutsideResult,
  ResultEffect,
} from '../../contract/experiments/results.ts';
import { normalQuantile, normalTwoSided } from '../../stats/distributions/normal.ts';
import type { Estimate } from '../../stats/pool/heterogeneity.ts';
import { summariseTrials } from '../../stats/pool/meta-analysis.ts';
import { shrink } from '../../stats/pool/shrink.ts';
import { nothingYet } from './parts/effects.ts';
import { methods } from './words/methods.ts';

type Learning = z.output<typeof learning>;
type LearningSummary = z.output<typeof learningSummary>;
/** One arm of one decided trial, before it is put beside others. */
export type Trial = Omit<Learning, 'shrunken'>;

const keyOf = ({ style, control, metric, horizonDays }: Trial): string =>
  JSON.stringify([style, control, metric, horizonDays]);

const estimateOf = ({ effect }: Trial): Estimate | null =>
  effect.estimate === null || effect.standardError === null || !(effect.standardError > 0)
    ? null
    : { estimate: effect.estimate, standardError: effect.standardError };

const pooled = (given: Omit<ResultEffect, 'scale' | 'method'>): ResultEffect => ({
  ...given,
  scale: 'difference',
  method: methods.pooled,
});

/**
 * Trials of one style against one control on one metric over one window are read together: each effect drawn towards
 * their mean by how much trials differ, and a random-effects summary with where the next trial's effect is to be
 * expected. Trials that lost people do not come in here; one trial is its own summary.
 */
export function learnedFrom(trials: readonly Trial[]): { trials: Learning[]; summaries: LearningSummary[] } {
  const groups = new Map<string, Trial[]>();
  for (const trial of trials) groups.set(keyOf(trial), [...(groups.get(keyOf(trial)) ?? []), trial]);
  const lines: Learning[] = [];
  const summaries: LearningSummary[] = [];
  for (const group of groups.values()) {
    const known = group.filter((trial) => estimateOf(trial) !== null);
    const estimates = known.map((trial) => estimateOf(trial)!);
    const drawn = estimates.length ? shrink(estimates, {}) : null;
    for (const trial of group) {
      const place = known.indexOf(trial);
      const one = place < 0 ? undefined : drawn?.each[place];
      lines.push({
        ...trial,
        shrunken: one
          ? pooled({
              estimate: one.estimate,
              lower: one.lower,
              upper: one.upper,
              standardError: one.standardError,
              pValue: null,
            })
          : nothingYet('not_computed', methods.pooled),
      });
    }
    const { style, control, metric, horizonDays } = group[0]!;
    const { mean, lower, upper, standardError, pValue, tau, next } = summariseTrials(estimates);
    summaries.push({
      style,
      control,
      metric,
      horizonDays,
      trials: estimates.length,
      mean: pooled({ estimate: mean, lower, upper, standardError, pValue }),
      tau,
      next: next ?? { lower: null, upper: null },
    });
  }
  return { trials: lines, summaries };
}

/** A result from elsewhere as a trial: normal interval of 95 %, better or worse only where it excludes no effect. */
export function outsideTrial(id: string, given: OutsideResult, better: 'higher' | 'lower'): Trial {
  const {
    estimate,
    standardError,
    name,
    style,
    control,
    metric,
    horizonDays,
    population,
    decidedOn,
    source,
  } = given;
  const half = normalQuantile(0.975) * standardError;
  const apart = Math.abs(estimate) > half;
  return {
    experimentId: id,
    name,
    style,
    control,
    metric,
    horizonDays,
    population: `${population} (${source})`,
    decidedOn,
    verdict: !apart ? 'inconclusive' : estimate > 0 === (better === 'higher') ? 'better' : 'worse',
    effect: {
      estimate,
      lower: estimate - half,
      upper: estimate + half,
      standardError,
      pValue: normalTwoSided(estimate / standardError),
      scale: 'difference',
      method: methods.outside,
    },
  };
}
