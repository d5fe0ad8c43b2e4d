import { describe, expect, it } from 'vitest';
import { modelCard } from '#core/contract/models/card.ts';
import promises from '#core/features/promises.ts';
import tenure from '#core/features/tenure.ts';
import { type CardTask, makeCard } from '#models/card.ts';
import { type SelfCureParameters, selfCureParameters } from '#models/self-cure/parameters.ts';
import selfCure from '#models/self-cure.ts';
import type { TrainResult } from '#models/train.ts';

const performance = (auc: number, half: number): TrainResult['results'][number] => ({
  population: 'all',
  n: 900,
  events: 300,
  auc: { estimate: auc, lower: auc - half, upper: auc + half },
  gini: 2 * auc - 1,
  ks: 0.3,
  logLoss: 0.5,
  brier: 0.2,
  calibrationSlope: 1,
  calibrationIntercept: 0,
  ece: 0.01,
});
const result = (more: Partial<TrainResult> = {}): TrainResult => ({
  saved: { learner: 'scorecard', fitted: {}, calibration: null },
  validation: {
    kind: 'out_of_time',
    inner: 'grouped_time_ordered',
    folds: 5,
    trainDays: [20_000, 20_031],
    testDays: [20_062],
  },
  results: [performance(0.8, 0.02)],
  baselines: [{ id: 'days_past_due', title: selfCure.baseline.title, results: [performance(0.6, 0.03)] }],
  calibration: [],
  gain: [],
  used: ['months_open'],
  information: { months_open: 0.4 },
  points: [],
  missingShare: { months_open: 0.25 },
  chosen: { id: 'scorecard', options: {} },
  comparison: { rule: selfCure.text.title, reason: selfCure.text.title, learners: [] },
  search: null,
  roc: [],
  fairness: null,
  stability: null,
  importance: { months_open: 0.3 },
  psi: { months_open: 0.02 },
  strong: [],
  ...more,
});
const task = (more: Partial<CardTask<SelfCureParameters>> = {}): CardTask<SelfCureParameters> => ({
  question: selfCure,
  parameters: selfCureParameters.parse({}),
  calendar: { dates: ['2026-06-30'], observed: 'monthly' },
  families: [{ id: 'tenure', family: tenure }],
  absent: [],
  counts: [
    {
      asOf: '2026-06-30',
      excluded: null,
      outside: false,
      outcome: 'cured',
      target: 1,
      n: 1000,
      events: 1000,
    },
    {
      asOf: '2026-06-30',
      excluded: null,
      outside: false,
      outcome: 'none',
      target: 0,
      n: 1900,
      events: 0,
    },
    { asOf: '2026-06-30', excluded: null, outside: false, outcome: 'left', target: null, n: 7, events: null },
    {
      asOf: '2026-06-30',
      excluded: 'plan',
      outside: false,
      outcome: null,
      target: null,
      n: 12,
      events: null,
    },
    {
      asOf: '2026-05-31',
      excluded: 'dispute',
      outside: false,
      outcome: null,
      target: null,
      n: 99,
      events: null,
    },
  ],
  asOf: ['2026-06-30'],
  customers: 2500,
  rows: 2900,
  events: 1000,
  sampled: 1,
  result: result(),
  identified: { ladder: [], identification: 'current_policy', warnings: [] },
  seed: 1,
  reasons: {},
  owner: 'owner',
  data: { dataVersion: 'd', loads: [1] },
  earlierLooks: 2,
  createdAt: new Date('2026-11-21T10:00:00Z'),
  ...more,
});
const codes = (given: CardTask<SelfCureParameters>) => makeCard(given).warnings.map(({ code }) => code);

describe('makeCard', () => {
  it('is what the contract promises, with the dates chosen and no others', () => {
    const card = makeCard(task());
    expect(modelCard.parse(card)).toEqual(card);
    expect(card.population.excluded.map(({ n }) => n)).toEqual([12]);
    expect(card.population.outcomes.map(({ id, target, n }) => [id, target, n])).toEqual([
      ['cured', 1, 1000],
      ['none', 0, 1900],
      ['left', null, 7],
    ]);
    expect(card.population.byDate).toEqual([{ asOf: '2026-06-30', n: 2900, events: 1000 }]);
    expect(card.validation).toMatchObject({
      looks: 3,
      trainedOn: ['2024-10-04', '2024-11-04'],
      testedOn: ['2024-12-05'],
    });
    expect(card.expiresOn).toBe('2027-11-21');
    expect(card.features[0]).toMatchObject({
      name: 'months_open',
      family: 'tenure',
      used: true,
      missingShare: 0.25,
    });
    expect(card.features[1]).toMatchObject({ name: 'months_customer', used: false, informationValue: null });
    expect(card.warnings).toEqual([]);
  });

  it('says what a reader should know', () => {
    expect(codes(task({ sampled: 0.25 }))).toEqual(['sampled']);
    expect(codes(task({ events: 150 }))).toEqual(['few_events']);
    expect(codes(task({ absent: [{ id: 'promises', family: promises }] }))).toEqual(['families_missing']);
    expect(
      codes(task({ result: result({ strong: [{ column: 'months_open', auc: 0.9, partOfGain: 1.5 }] }) })),
    ).toEqual(['strong_column', 'one_column_rules']);
    expect(codes(task({ result: result({ results: [performance(0.64, 0.02)] }) }))).toEqual(['no_better']);
    const off = { ...performance(0.8, 0.02), calibrationSlope: 0.6 };
    expect(codes(task({ result: result({ results: [off] }) }))).toEqual(['miscalibrated']);
    const oneDate = {
      kind: 'grouped_cross_validation' as const,
      inner: 'grouped' as const,
      folds: 5,
      trainDays: [1],
      testDays: [1],
    };
    expect(codes(task({ result: result({ validation: oneDate }) }))).toEqual(['one_date']);
    const overlapping = { ...oneDate, trainDays: [1, 2], testDays: [1, 2] };
    expect(codes(task({ result: result({ validation: overlapping }) }))).toEqual(['dates_overlap']);
  });

  it('writes figures and names in the language of the sentence', () => {
    const { warnings } = makeCard(
      task({ result: result({ strong: [{ column: 'months_open', auc: 0.74, partOfGain: 0.7 }] }) }),
    );
    expect(warnings[0]!.message.es).toContain('«Solo los días de mora»');
    expect(warnings[0]!.message.en).toContain('70%');
    const { warnings: missing } = makeCard(task({ absent: [{ id: 'promises', family: promises }] }));
    expect(missing[0]!.message.es).toContain('Promesas de pago');
  });

  it('gives the rate by weights, and no rate of a date whose horizon is not over', () => {
    const [first, ...others] = task().asOf;
    const { population } = makeCard(task({ rate: 0.25, unfinished: [first!] }));
    expect(population.rate).toBe(0.25);
    expect(population.byDate.map(({ asOf }) => asOf)).toEqual(others);
  });
});
