import { describe, expect, it } from 'vitest';
import { actsOf, armsFor } from '../../../../web/src/features/experiments/results/acts/acts.ts';
import { boundaryOf, firstCrossing } from '../../../../web/src/features/experiments/results/boundary.ts';
import { daysUntil } from '../../../../web/src/features/experiments/results/days.ts';
import { figureOf } from '../../../../web/src/features/experiments/results/figure.ts';
import { measuredRows } from '../../../../web/src/features/experiments/results/measured/download.ts';
import { whisker } from '../../../../web/src/features/experiments/results/measured/whisker.ts';
import {
  armRows,
  colourOf,
  isClear,
  metricKey,
  primaryOf,
  shortChecks,
} from '../../../../web/src/features/experiments/results/read.ts';
import { guardrailsOf } from '../../../../web/src/features/experiments/results/watch/guardrails.ts';
import { figures } from '../../../../web/src/i18n/figures.ts';
import {
  experimentOf,
  lifecycleOf,
  resultsOf,
  type trialStates,
} from '../../../support/trial-results/states.ts';

const es = figures('es');
const en = figures('en');
const words = {
  look: (number: number) => `rev. ${number}`,
  date: (iso: string) => iso,
  arm: (name: string) => name,
};

describe('how a metric is written', () => {
  it.each([
    ['share', null, 0.4, 0.021, '40,0\u00a0%', '+2,1\u00a0pp'],
    ['share', null, 0.011, 0.0002, '1,10\u00a0%', '+0,02\u00a0pp'],
    ['money', 'USD', 43, 1.5, '43,00\u00a0USD', '+1,50\u00a0USD'],
    ['money', 'COP', 5_000_000, -1280.4, '5\u00a0000\u00a0000\u00a0COP', '−1\u00a0280\u00a0COP'],
    ['days', null, 12.25, -0.5, '12,3', '−0,5'],
  ] as const)('%s %s', (unit, currency, level, difference, writtenLevel, writtenDifference) => {
    const figure = figureOf({ unit, currency }, es, level);
    expect(figure.level(level)).toBe(writtenLevel);
    expect(figure.difference(difference).replace('-', '−')).toBe(writtenDifference);
  });

  it('leaves the unit out of an interval and a dash for nothing', () => {
    const figure = figureOf({ unit: 'share', currency: null }, en, 0.4);
    expect(figure.interval({ lower: 0.009, upper: 0.033 })).toBe('[+0.9, +3.3]');
    expect(figure.difference(null)).toBe('–');
    expect(figure.level(undefined)).toBe('–');
  });
});

describe('arms', () => {
  const { design } = experimentOf('decided');

  it('keep their colour, the control the first', () => {
    expect(['neutral', 'social_proof', 'loss_aversion'].map((arm) => colourOf(design, arm))).toEqual([
      0, 1, 2,
    ]);
    expect(colourOf({ ...design, control: 'loss_aversion' }, 'neutral')).toBe(1);
  });

  it('are filled only where they were judged and leave zero out', () => {
    const filled = (state: (typeof trialStates)[number]) => {
      const metric = primaryOf(resultsOf(state));
      if (!metric) return [];
      const figure = figureOf(metric, es, 0.4);
      return armRows(metric, design, figure, (arm) => arm).map((row) => row.filled);
    };
    expect(filled('decided')).toEqual([true, false]);
    expect(filled('before_first_look')).toEqual([]);
    const early = primaryOf(resultsOf('decided'));
    if (!early) throw new Error('no primary metric');
    const unread = {
      ...early,
      comparisons: early.comparisons.map((one) => ({ ...one, reading: 'not_yet' as const })),
    };
    expect(unread.comparisons.some(({ judged }) => isClear(judged))).toBe(true);
    expect(armRows(unread, design, figureOf(early, es, 0.4), (arm) => arm).some((row) => row.filled)).toBe(
      false,
    );
  });

  it('touching zero are not clear of it', () => {
    expect(isClear({ lower: 0, upper: 1 })).toBe(false);
    expect(isClear({ lower: null, upper: null })).toBe(false);
    expect(isClear({ lower: -2, upper: -1 })).toBe(true);
  });
});

describe('boundaries', () => {
  it('draws looks done where their information was, and the arm that crossed first', () => {
    const { looks } = resultsOf('decided');
    const drawn = boundaryOf(looks, experimentOf('decided').design, words);
    expect(drawn.looks.map(({ state }) => state)).toEqual(['done', 'done', 'done', 'next', 'planned']);
    expect(drawn.looks[2]?.at).toBeCloseTo(0.612);
    expect(drawn.looks[3]?.at).toBe(0.8);
    expect(drawn.points.filter(({ crossed }) => crossed).map(({ arm }) => arm)).toEqual(['social_proof']);
    expect(firstCrossing(looks)).toEqual({ arm: 'social_proof', side: 'better', number: 3 });
    expect(firstCrossing(resultsOf('between_looks').looks)).toBeNull();
  });
});

describe('guardrails on one scale', () => {
  it('puts the margin at one and worse to the right, whatever the better side', () => {
    const results = resultsOf('decided');
    const found = guardrailsOf(results);
    const [first] = found.rows;
    expect(first?.metric.id).toBe('complaints');
    expect(first?.estimate).toBeCloseTo(-0.0001 / 0.005);
    const flipped = guardrailsOf({
      ...results,
      metrics: results.metrics.map((metric) => ({ ...metric, better: 'higher' as const })),
    });
    expect(flipped.rows[0]?.estimate).toBeCloseTo(0.0001 / 0.005);
    expect(flipped.rows[0]?.lower).toBeLessThan(flipped.rows[0]?.upper ?? 0);
    expect(found.open.map(({ arm }) => arm)).toEqual(['loss_aversion']);
    expect(found.crossed).toEqual([]);
    expect(found.waiting.map(({ id }) => id)).toEqual(['redefault']);
  });

  it('judges none before the first look', () => {
    expect(guardrailsOf(resultsOf('before_first_look')).judged).toBe(0);
  });
});

describe('an interval on a strip', () => {
  it('shares its scale with its neighbours and holds zero', () => {
    const [a, b] = [
      { estimate: 2, lower: 1, upper: 3 },
      { estimate: 5, lower: 4, upper: 6 },
    ];
    const [first, second] = [whisker(a, [a, b], 100), whisker(b, [a, b], 100)];
    expect(first?.zero).toBe(second?.zero);
    expect(first?.to).toBeLessThan(second?.from ?? 0);
    expect(whisker({ estimate: null, lower: null, upper: null }, [a], 100)).toBeNull();
  });
});

describe('the figures as a file', () => {
  it('has each comparison each way, as it is', () => {
    const results = resultsOf('decided');
    const [header = [], ...rows] = measuredRows(results, (text) => text.en);
    expect(rows.every((row) => row.length === header.length)).toBe(true);
    const judged = rows.filter((row) => row[0] === 'cured' && row[header.indexOf('how')] === 'judged');
    expect(judged.map((row) => row[header.indexOf('reading')])).toEqual(['better', 'inconclusive']);
    expect(judged[0]?.[header.indexOf('estimate')]).toBe(primaryOf(results)?.comparisons[0]?.judged.estimate);
  });
});

describe('what may be done', () => {
  it('a decision is written down once there is a verdict, and once', () => {
    expect(actsOf(lifecycleOf('running'), 'running')).toEqual(['pause', 'drop', 'stop']);
    expect(actsOf(lifecycleOf('running'), 'better')).toEqual(['decide', 'pause', 'drop', 'stop']);
    expect(actsOf(lifecycleOf('ended'), 'better')).toEqual(['decide']);
    const decided = lifecycleOf('ended', ['decided']);
    expect(actsOf(decided, 'better')).toEqual([]);
    expect(actsOf(lifecycleOf('paused'), 'running')).toEqual(['resume', 'stop']);
  });

  it('closes no control and leaves two arms', () => {
    const life = lifecycleOf('running');
    expect(armsFor('drop', life, 'neutral')).toEqual(['social_proof', 'loss_aversion']);
    const two = {
      ...life,
      arms: life.arms.map((arm, i) => ({ ...arm, status: i ? ('open' as const) : ('dropped' as const) })),
    };
    expect(actsOf(two, 'running')).not.toContain('drop');
    expect(armsFor('stop', life, 'neutral')).toEqual([]);
  });
});

it('counts days between dates', () => {
  expect(daysUntil('2026-10-30', '2026-11-02')).toBe(3);
  expect(daysUntil('2026-11-02', '2026-10-30')).toBe(-3);
});

describe('checks and metrics', () => {
  const check = (id: string, tone: 'good' | 'bad', pValue: number | null) => ({
    id,
    tone,
    pValue,
    title: { es: id, en: id },
  });

  it('stages where all is well are one, with the least of their p-values', () => {
    const short = shortChecks([
      check('lost:cleared', 'good', 0.4),
      check('lost:exported', 'good', 0.2),
      check('lost:delivered', 'bad', 0.0001),
      check('contamination', 'good', null),
    ]);
    expect(short.checks.map(({ id }) => id)).toEqual(['lost:delivered', 'contamination']);
    expect(short.stages).toEqual({ count: 2, pValue: 0.2 });
    expect(shortChecks([]).stages).toEqual({ count: 0, pValue: null });
  });

  it('a metric of money is told from itself in another currency', () => {
    expect(metricKey({ id: 'cash', currency: 'COP' })).toBe('cash-COP');
    expect(metricKey({ id: 'cured', currency: null })).toBe('cured');
  });
});
