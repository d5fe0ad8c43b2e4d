import { describe, expect, it } from 'vitest';
import { fairnessGroup } from '#core/contract/models/card.ts';
import type { Learner } from '#models/learner.ts';
import scorecard from '#models/learners/scorecard.ts';
import { seededRandom } from '#models/maths/random.ts';
import { type TrainTask, trainModel } from '#models/train.ts';
import type { PartColumn } from '#models/training/parts.ts';
import { ageBands } from '#models/training/report/age.ts';
import { columnPsi } from '#models/training/report/columns.ts';
import { fairnessOf } from '#models/training/report/fairness.ts';
import { randomMatrix } from '../../../support/models/random-matrix.ts';

const every = (n: number) => Int32Array.from({ length: n }, (_, i) => i);

describe('fairnessOf', () => {
  const n = 3000;
  const random = seededRandom(3);
  const codes = Int32Array.from({ length: n }, (_, i) =>
    i < 20 ? 2 : i % 50 === 0 ? -1 : i % 3 === 0 ? 1 : 0,
  );
  const truth = Float64Array.from({ length: n }, () => 0.1 + 0.5 * random());
  const told = truth.map((p, i) => (codes[i] === 1 ? Math.min(0.95, p + 0.15) : p));
  const target = truth.map((p) => (random() < p ? 1 : 0));
  const attribute: PartColumn = { id: 'sex', codes, labels: ['female', 'male', 'other'] };
  const unknown: PartColumn = { id: 'education', codes: new Int32Array(n).fill(-1), labels: [] };
  const shown = { target, probabilities: told, counting: {}, rows: every(n) };
  const { cutOff, groups, absent } = fairnessOf([attribute, unknown], shown);

  it('finds who is told too high, and by how much', () => {
    for (const group of groups) expect(fairnessGroup.parse(group)).toEqual(group);
    expect(absent).toEqual(['education']);
    const male = groups.find(({ group }) => group === 'male')!;
    expect(male.calibrationGap.upper).toBeLessThan(-0.1);
    expect(male.rateRatio.lower).toBeGreaterThan(1.1);
    const female = groups.find(({ group }) => group === 'female')!;
    expect(female.rateRatio).toEqual({ estimate: 1, lower: null, upper: null, reason: 'reference' });
    expect(Math.abs(female.calibrationGap.estimate!)).toBeLessThan(0.04);
    expect(female.truePositiveRate.estimate).toBeLessThan(male.truePositiveRate.estimate!);
  });

  it('picks as many as the base rate, and gives no figures of fewer than thirty', () => {
    const above = told.filter((p) => p > cutOff).length;
    const events = target.reduce((sum, y) => sum + y, 0);
    expect(Math.abs(above - events)).toBeLessThanOrEqual(1);
    const other = groups.find(({ group }) => group === 'other')!;
    expect(other).toMatchObject({
      n: 20,
      meanPredicted: null,
      rateRatio: { estimate: null, reason: 'too_few' },
    });
  });

  it('another cut-off may be asked for', () => {
    const strict = fairnessOf([attribute], shown, 0.9);
    expect(strict.cutOff).toBe(0.9);
    expect(strict.groups.find(({ group }) => group === 'male')!.rateRatio.reason).toBe('none_above');
  });
});

describe('columns', () => {
  it('ages in bands at the date of each row', () => {
    const day = Int32Array.of(20_000, 20_000, 20_400, 20_000, 20_000);
    const bands = ageBands('birth_year', Float64Array.of(2000, 1999, 2000, Number.NaN, 1940), day);
    expect(Array.from(bands.codes, (code) => bands.labels[code] ?? null)).toEqual([
      '<25',
      '25–34',
      '25–34',
      null,
      '65+',
    ]);
  });

  it('a column that moved has a high index, one that did not a low one, in both kinds', () => {
    const matrix = randomMatrix(4000, 8);
    const level = matrix.columns[0]!;
    const city = matrix.columns[3]!;
    if (level.kind !== 'numeric' || city.kind !== 'categorical') throw new Error('kinds');
    const moved = {
      ...matrix,
      columns: [
        level,
        city,
        { ...level, name: 'moved', values: level.values.map((v, i) => (i < 2000 ? v : v + 1.5)) },
        { ...level, name: 'lost', values: level.values.map((v, i) => (i < 2000 ? v : Number.NaN)) },
        { ...city, name: 'town', codes: city.codes.map((c, i) => (i < 2000 ? c : 0)) },
      ],
    };
    const psi = columnPsi(
      moved,
      every(2000),
      every(2000).map((i) => i + 2000),
    );
    expect(psi.level).toBeLessThan(0.03);
    expect(psi.city).toBeLessThan(0.03);
    for (const name of ['moved', 'lost', 'town']) expect(psi[name], name).toBeGreaterThan(0.25);
  });
});

describe('of a training', () => {
  const task = (more: Partial<TrainTask>): TrainTask => {
    const matrix = randomMatrix(1200, 3, 6);
    return {
      matrix,
      learners: [{ id: 'scorecard', open: () => scorecard as Learner, options: {} }],
      seed: 1,
      labelEnd: new Map([...new Set(matrix.day)].map((day) => [day, day + 31])),
      slices: {},
      baseline: { column: 'count', title: { es: 'Cuenta', en: 'Count' } },
      onProgress: () => {},
      checkCancelled: () => {},
      ...more,
    };
  };

  it('stability: the same training under other seeds, out of fold and never out of time', async () => {
    const { stability } = await trainModel(task({ stabilitySeeds: 2 }));
    expect(stability!.seeds).toEqual([1, 2, 3]);
    expect(stability!.auc).toHaveLength(3);
    expect(stability!.meanMove).toBeLessThan(0.03);
    expect(stability!.rankCorrelation).toBeGreaterThan(0.98);
  });

  it('importance, drift and bins of parts, of rows out of time', async () => {
    const bucket = {
      id: 'bucket',
      labels: ['1-29', '30-59'],
      codes: Int32Array.from({ length: 1200 }, (_, i) => +(i % 40 === 1)),
    };
    const result = await trainModel(task({ parts: [bucket], attributes: [] }));
    expect(result.results.map(({ population }) => population)).toEqual(
      ['all', 'unseen_customers', 'bucket:1-29', 'month:2025-03'].filter((id) => id !== 'unseen_customers'),
    );
    expect(result.importance.level).toBeGreaterThan(result.importance.count!);
    expect(Object.keys(result.psi)).toEqual(['level', 'count', 'noise', 'city']);
    expect(result.validation).toMatchObject({ kind: 'out_of_time', inner: 'grouped_time_ordered' });
    expect(result.fairness).toMatchObject({ groups: [], absent: [] });
  });
});
