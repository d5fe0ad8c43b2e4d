import { describe, expect, it } from 'vitest';
import type { Performance } from '#core/contract/models/card.ts';
import type { RegisteredVersion } from '#core/contract/models/models.ts';
import { daysBetween, readCalibration, slicesOf } from '../../../web/src/features/models/card.ts';
import { nextAction, questionsOf } from '../../../web/src/features/models/questions.ts';
import { emptyDraft, requestOf, usualLearners } from '../../../web/src/features/models/train/draft.ts';
import { binNames } from '../../../web/src/features/scorecards/column/bin-names.ts';
import { figures } from '../../../web/src/i18n/figures.ts';

const performance = (population: string, slope = 1): Performance => ({
  population,
  n: 100,
  events: 40,
  auc: { estimate: 0.7, lower: 0.65, upper: 0.75 },
  gini: 0.4,
  ks: 0.3,
  logLoss: 0.6,
  brier: 0.2,
  calibrationSlope: slope,
  calibrationIntercept: 0,
  ece: 0.02,
});
const point = (predicted: number, observed: number, half = 0.05) => ({
  predicted,
  observed,
  lower: observed - half,
  upper: observed + half,
  n: 100,
});
const read = (points: ReturnType<typeof point>[], slope = 1) =>
  readCalibration({ calibration: points, results: [performance('all', slope)] });

describe('calibration in a word', () => {
  it.each([
    ['good', [point(0.2, 0.2), point(0.5, 0.52), point(0.8, 0.78)], 1],
    ['over', [point(0.4, 0.2), point(0.6, 0.4)], 1],
    ['under', [point(0.2, 0.4), point(0.4, 0.6)], 1],
    ['extreme', [point(0.1, 0.25), point(0.9, 0.75)], 0.6],
    ['timid', [point(0.4, 0.2), point(0.6, 0.8)], 1.6],
    ['uneven', [point(0.4, 0.55), point(0.6, 0.45)], 1],
    ['unknown', [], 1],
  ] as const)('%s', (word, points, slope) => {
    expect(read([...points], slope)).toBe(word);
  });
});

it('finds the slices of one kind by name', () => {
  const results = ['all', 'bucket:1-29', 'bucket:30-59', 'product:card'].map((id) => performance(id));
  expect(slicesOf(results, 'bucket').map(({ name }) => name)).toEqual(['1-29', '30-59']);
  expect(daysBetween('2026-01-31', '2026-03-01T10:00:00Z')).toBe(29);
});

const version = (id: string, given: Partial<RegisteredVersion> & { expiresOn?: string } = {}) =>
  ({
    id,
    model: 'self-cure',
    state: 'candidate',
    createdAt: '2026-01-01T00:00:00Z',
    expired: false,
    history: [],
    ...given,
    card: { expiresOn: given.expiresOn ?? '2027-01-01' },
  }) as unknown as RegisteredVersion;
const act = (versions: RegisteredVersion[], scored: string[] = []) => {
  const [question] = questionsOf(versions);
  const next = nextAction(question!, new Set(scored), '2026-06-01');
  return next && [next.kind, 'rival' in next ? next.rival.id : next.version.id];
};

describe('what to do next about a question', () => {
  const champion = version('c', { state: 'champion' });
  it.each([
    ['approve the newest', [version('n'), version('o')], [], ['approve', 'n']],
    ['train again what expired unapproved', [version('n', { expired: true })], [], ['retrain', 'n']],
    ['bring one back', [version('n', { state: 'retired' })], [], ['reinstate', 'n']],
    ['score', [champion], [], ['score', 'c']],
    ['nothing', [champion], ['c'], null],
    [
      'decide about a newer one',
      [version('n', { createdAt: '2026-05-01' }), champion],
      ['c'],
      ['compare', 'n'],
    ],
    [
      'leave a challenger be',
      [version('n', { createdAt: '2026-05-01', state: 'challenger' }), champion],
      ['c'],
      null,
    ],
    [
      'renew one that is about to expire',
      [version('c', { state: 'champion', expiresOn: '2026-06-20' })],
      ['c'],
      ['expiring', 'c'],
    ],
    [
      'train again what expired',
      [version('c', { state: 'champion', expired: true })],
      ['c'],
      ['retrain', 'c'],
    ],
  ] as const)('%s', (_name, versions, scored, expected) => {
    expect(act([...versions], [...scored])).toEqual(expected);
  });
});

describe('what is asked of a training', () => {
  const known = ['boosted-trees', 'neural-network', 'scorecard'];
  it('is the usual ways to learn where nobody chose, and no date', () => {
    const { learners, learner, ...body } = requestOf(emptyDraft(), known);
    expect([learner, learners]).toEqual(['scorecard', ['scorecard', 'boosted-trees']]);
    expect(body).not.toHaveProperty('asOf');
    expect(usualLearners(['mine'])).toEqual(['mine']);
  });

  it('leaves out options of what is not ticked, and reasons half written', () => {
    const body = requestOf(
      {
        ...emptyDraft(),
        learners: ['boosted-trees'],
        optionsOf: { scorecard: { maxBins: 4 }, 'boosted-trees': { rounds: 50 } },
        asOf: ['2026-05-31'],
        reasons: [
          { column: ' dpd ', reason: ' known that day ' },
          { column: 'other', reason: '' },
        ],
      },
      known,
    );
    expect(body).toMatchObject({
      learner: 'boosted-trees',
      options: { rounds: 50 },
      optionsOf: { 'boosted-trees': { rounds: 50 } },
      asOf: ['2026-05-31'],
      reasons: { dpd: 'known that day' },
    });
    expect(body.optionsOf).not.toHaveProperty('scorecard');
  });
});

it('names bins as they are cut', () => {
  const words = { missing: 'missing', rest: 'the rest', all: 'all' };
  const names = (bins: Parameters<typeof binNames>[1]) => binNames(figures('en'), bins, words);
  expect(names({ cuts: [1.5, 1000] })).toEqual(['≤ 1.5', '1.5 – 1,000', '> 1,000', 'missing']);
  expect(names({ cuts: [] })).toEqual(['all', 'missing']);
  expect(names({ groups: [['a', 'b'], ['c']] })).toEqual(['a, b', 'c', 'missing', 'the rest']);
});
