import { describe, expect, it } from 'vitest';
import type { Experiment } from '#core/contract/experiments/experiments.ts';
import { daysLeft, groupTrials, nextLook } from '../../../../web/src/features/experiments/home/group.ts';
import { spark } from '../../../../web/src/features/experiments/home/spark.ts';
import {
  findingOf,
  type Summary,
  trialsOf,
} from '../../../../web/src/features/experiments/learned/summary.ts';
import { effectOf, noEffect } from '../../../support/trial-results/effect.ts';
import {
  experimentOf,
  resultsOf,
  type TrialState,
  trialStates,
} from '../../../support/trial-results/states.ts';

const record = (state: TrialState) => ({ ...experimentOf(state), id: state }) as Experiment;
const known = new Map(trialStates.map((state) => [state as string, resultsOf(state)]));

describe('experiments at home', () => {
  const groups = groupTrials(trialStates.map(record), known);

  it('are running, waiting or decided', () => {
    const ids = (list: readonly { experiment: Experiment }[]) => list.map(({ experiment }) => experiment.id);
    expect(ids(groups.running)).toEqual(['assigned', 'before_first_look', 'between_looks']);
    expect(groups.waiting.map(({ id }) => id)).toEqual(['draft']);
    expect(ids(groups.decided)).toEqual([
      'decided',
      'provisional',
      'inconclusive',
      'stopped_for_harm',
      'invalid',
    ]);
  });

  it('tell of harm and of lost trust, once each', () => {
    expect(groups.alerts.map(({ id }) => id)).toEqual(['stopped_for_harm', 'invalid']);
  });

  it('tell of an arm stopped for harm while the others go on', () => {
    const running = resultsOf('between_looks');
    const sentence = { es: 'Pérdida: detenido por daño.', en: 'Loss: stopped for harm.' };
    const arms = running.verdict.arms.map((arm, i) =>
      i === 0 ? { ...arm, kind: 'stopped_for_harm' as const, sentence } : arm,
    );
    const harmed = { ...running, verdict: { ...running.verdict, arms } };
    const { alerts } = groupTrials([record('between_looks')], new Map([['between_looks', harmed]]));
    expect(alerts.map(({ text }) => text)).toEqual([sentence]);
  });

  it('of which nothing can be read wait', () => {
    expect(groupTrials([record('decided')], new Map()).waiting).toHaveLength(1);
  });

  it('say how long is left', () => {
    const results = resultsOf('between_looks');
    expect(nextLook(results)?.number).toBe(3);
    expect(daysLeft(results)).toBe(23);
    expect(daysLeft({ ...results, looks: [] })).toBeNull();
  });
});

describe('a boundary at a glance', () => {
  it('starts at zero and ends at the last look done', () => {
    const drawn = spark(resultsOf('decided').looks, 200, 50);
    expect(drawn.zero).toBe(25);
    expect(drawn.lines.map(({ arm, crossed }) => [arm, crossed])).toEqual([
      ['social_proof', true],
      ['loss_aversion', false],
    ]);
    expect(drawn.lines[0]?.path.startsWith('M0 25L')).toBe(true);
    expect(drawn.lines[0]?.y).toBeLessThan(drawn.lines[1]?.y ?? 0);
    expect(drawn.next).toBe(160);
    expect(spark([], 200, 50).lines).toEqual([]);
  });
});

describe('what trials have taught', () => {
  const summary = (mean: Summary['mean'], next: Summary['next'], trials = 3): Summary => ({
    style: 'social_proof',
    control: 'neutral',
    metric: 'cured',
    horizonDays: 30,
    trials,
    mean,
    tau: 0.004,
    next,
  });

  it.each([
    [0.02, 0.005, { lower: 0.001, upper: 0.04 }, 3, 'helps'],
    [-0.02, 0.005, { lower: -0.04, upper: -0.001 }, 3, 'hurts'],
    [0.02, 0.005, { lower: -0.01, upper: 0.05 }, 3, 'mean_helps'],
    [-0.02, 0.005, { lower: -0.05, upper: 0.01 }, 3, 'mean_hurts'],
    [0.002, 0.005, { lower: -0.03, upper: 0.03 }, 3, 'open'],
    [0.02, 0.005, { lower: 0.001, upper: 0.04 }, 1, 'one'],
  ] as const)('%s ± %s over %o', (mean, error, next, trials, finding) => {
    expect(findingOf(summary(effectOf(mean, error), next, trials))).toBe(finding);
  });

  it('says so where it could not be summed up', () => {
    expect(findingOf(summary(noEffect('no trials'), { lower: 0, upper: 0 }))).toBe('unknown');
  });

  it('takes the trials of one question alone', () => {
    const trial = {
      experimentId: 'a',
      name: 'a',
      style: 'social_proof',
      control: 'neutral',
      metric: 'cured',
      horizonDays: 30,
      population: 'p',
      decidedOn: null,
      verdict: 'better' as const,
      effect: effectOf(0.02, 0.01),
      shrunken: effectOf(0.02, 0.01),
    };
    const others = [{ ...trial, horizonDays: 60 }, { ...trial, control: 'silence' }, trial];
    expect(trialsOf(summary(effectOf(0.02, 0.01), { lower: 0, upper: 0 }), others)).toEqual([trial]);
  });
});
