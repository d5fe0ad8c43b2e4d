import { describe, expect, it } from 'vitest';
import { binCategories } from '#models/scorecard/binning/bin-category.ts';
import { binNumeric, binOf } from '#models/scorecard/binning/bin-numeric.ts';
import { weightOfEvidence } from '#models/scorecard/binning/bins.ts';
import { encodeRows } from '#models/scorecard/encode.ts';
import { scorecardOptions } from '#models/scorecard/options.ts';

const options = scorecardOptions.parse({ smoothing: 0 });
const nan = Number.NaN;

/** `count` rows of a value, the first `events` of them events. */
const rows = (...given: [value: number, count: number, events: number][]) => {
  const values: number[] = [];
  const target: number[] = [];
  for (const [value, count, events] of given)
    for (let i = 0; i < count; i++) {
      values.push(value);
      target.push(i < events ? 1 : 0);
    }
  return { values: Float64Array.from(values), target: Float64Array.from(target) };
};

describe('binNumeric', () => {
  it('cuts between different values only, by short numbers, and keeps missing apart', () => {
    const sample = rows([0, 300, 30], [1.23456, 200, 120], [1.34567, 200, 121], [nan, 100, 90]);
    const bins = binNumeric('x', sample, options, 'none')!;
    expect(bins.cuts).toEqual([0.6]);
    expect(bins.tallies).toEqual([
      { n: 300, events: 30 },
      { n: 400, events: 241 },
      { n: 100, events: 90 },
    ]);
    const total = { n: 800, events: 361 };
    expect(bins.woe).toEqual(bins.tallies.map((tally) => weightOfEvidence(tally, total, 0)));
  });

  it('puts a value equal to a cut in the bin below it', () => {
    expect([-1, 0.6, 0.61, 9].map((value) => binOf([0.6, 2], value))).toEqual([0, 0, 1, 2]);
  });

  it('says nothing of what it has not seen', () => {
    const bins = binNumeric('x', rows([0, 300, 30], [1, 300, 200]), options, 'none')!;
    expect(bins.woe.at(-1)).toBe(0);
    expect(binNumeric('x', rows([nan, 50, 5]), options, 'none')).toBeNull();
  });

  it('never gives an infinite weight, a pure bin included', () => {
    const bins = binNumeric('x', rows([0, 300, 0], [1, 300, 300]), options, 'none')!;
    expect(bins.woe.every(Number.isFinite)).toBe(true);
  });

  it('follows a direction it is told', () => {
    const sample = rows([0, 300, 30], [1, 300, 200], [2, 300, 100], [3, 300, 250]);
    expect(binNumeric('x', sample, options, 'none')!.cuts).toHaveLength(3);
    const rising = binNumeric('x', sample, options, 'increasing')!;
    const weights = rising.woe.slice(0, -1);
    expect(weights).toEqual([...weights].sort((a, b) => a - b));
  });
});

describe('binCategories', () => {
  const names = ['a', 'b', 'c', 'rare', 'unused'];
  const sample = (...given: [code: number, count: number, events: number][]) => {
    const { values, target } = rows(...given);
    return { codes: Int32Array.from(values), categories: names, target };
  };

  it('joins categories alike, pools rare ones and keeps missing apart', () => {
    const bins = binCategories(
      'x',
      sample([0, 400, 40], [1, 400, 42], [2, 400, 300], [3, 5, 5], [-1, 50, 25]),
      options,
    )!;
    expect(bins.groups).toEqual([['a', 'b'], ['c']]);
    expect(bins.tallies).toEqual([
      { n: 800, events: 82 },
      { n: 400, events: 300 },
      { n: 50, events: 25 },
      { n: 5, events: 5 },
    ]);
  });

  it('scores a category it never saw as the pooled rare ones', () => {
    const bins = binCategories('x', sample([0, 400, 40], [2, 400, 300], [3, 5, 5]), options)!;
    const seen = encodeRows(bins, {
      name: 'x',
      kind: 'categorical',
      codes: Int32Array.of(0, 1, 2, -1),
      categories: ['new', 'rare', 'c'],
    });
    expect([...seen]).toEqual([bins.woe[3], bins.woe[3], bins.woe[1], bins.woe[2]]);
  });

  it('is null when every row is missing', () => {
    expect(binCategories('x', sample([-1, 60, 20]), options)).toBeNull();
  });
});
