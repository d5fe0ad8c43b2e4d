import { describe, expect, it } from 'vitest';
import { binColumn } from '#models/feature-report/bins.ts';
import { describeColumns } from '#models/feature-report/describe.ts';
import { informationOf } from '#models/feature-report/information.ts';
import { shiftOf } from '#models/feature-report/shift.ts';
import { seededRandom } from '#models/maths/random.ts';
import type { Matrix } from '#models/matrix.ts';

const random = seededRandom(11);
const rows = 4000;
const useful = Float64Array.from({ length: rows }, () => random() * 100);
const noise = Float64Array.from({ length: rows }, (_, i) => (i % 7 === 0 ? Number.NaN : random()));
const day = Int32Array.from({ length: rows }, (_, i) => (i < 3000 ? 100 : 130));
const target = Float64Array.from(useful, (value) => (random() < 0.1 + 0.006 * value ? 1 : 0));
const moved = Float64Array.from(day, (date) => random() + (date === 130 ? 0.5 : 0));
const codes = Int32Array.from({ length: rows }, (_, i) => (i % 10 === 0 ? -1 : i % 3));
const matrix: Matrix = {
  rows,
  target,
  day,
  groups: Int32Array.from({ length: rows }, (_, i) => i),
  columns: [
    { name: 'useful', kind: 'numeric', values: useful },
    { name: 'twice', kind: 'numeric', values: useful.map((value) => value * 2) },
    { name: 'noise', kind: 'numeric', values: noise },
    { name: 'moved', kind: 'numeric', values: moved },
    { name: 'kind', kind: 'categorical', codes, categories: ['a', 'b', 'c'] },
  ],
};
const figures = new Map(describeColumns(matrix).map((one) => [one.name, one]));

describe('a described column', () => {
  it('tells what says something from what is chance', () => {
    expect(figures.get('useful')!.information.strength).not.toBe('chance');
    expect(figures.get('useful')!.auc).toBeGreaterThan(0.6);
    for (const name of ['noise', 'kind']) expect(figures.get(name)!.information.strength).toBe('chance');
  });

  it('counts every row once, missing values in a bin of their own', () => {
    for (const { bins } of figures.values()) expect(bins.reduce((sum, { n }) => sum + n, 0)).toBe(rows);
    expect(figures.get('noise')!.missingShare).toBeCloseTo(572 / rows, 10);
    expect(figures.get('noise')!.bins.at(-1)).toMatchObject({ kind: 'missing', n: 572 });
    expect(figures.get('useful')!.bins.at(-1)!.kind).toBe('range');
  });

  it('gives each bin the rate of its rows with an interval', () => {
    const first = figures.get('useful')!.bins[0]!;
    let n = 0;
    let events = 0;
    useful.forEach((value, i) => {
      if (value > first.high!) return;
      n++;
      events += target[i]!;
    });
    expect(first.n).toBe(n);
    expect(first.rate.estimate).toBeCloseTo(events / n, 12);
    expect(first.rate.lower!).toBeLessThan(events / n);
  });

  it('sees the column that moved, and only that one', () => {
    expect(figures.get('moved')!.drift!.light).toBe('harm');
    for (const name of ['useful', 'noise', 'kind']) expect(figures.get(name)!.drift!.light).toBe('good');
  });

  it('names the column that says the same', () => {
    expect(figures.get('twice')!.correlated).toEqual([{ name: 'useful', correlation: expect.closeTo(1, 9) }]);
    expect(figures.get('noise')!.correlated).toEqual([]);
  });
});

describe('bins', () => {
  it('are the values themselves where there are few', () => {
    const { bins, place } = binColumn({
      name: 'x',
      kind: 'numeric',
      values: Float64Array.of(3, 1, 3, Number.NaN, 2),
    });
    expect(bins.map(({ high }) => high)).toEqual([1, 2, null, null]);
    expect([...place]).toEqual([2, 0, 2, 3, 1]);
  });

  it('hold one for what is missing where all is', () => {
    const { bins, place } = binColumn({
      name: 'x',
      kind: 'numeric',
      values: new Float64Array(3).fill(Number.NaN),
    });
    expect([...place]).toEqual([bins.length - 1, bins.length - 1, bins.length - 1]);
  });
});

describe('information value', () => {
  const draw = (shares: readonly number[], n: number) => {
    const counts = shares.map(() => 0);
    for (let i = 0; i < n; i++) {
      let left = random();
      let bin = 0;
      while (bin < shares.length - 1 && left > shares[bin]!) left -= shares[bin++]!;
      counts[bin]! += 1;
    }
    return counts;
  };
  const coverage = (p: readonly number[], q: readonly number[], n: number, m: number) => {
    const truth = p.reduce((sum, share, i) => sum + (share - q[i]!) * Math.log(share / q[i]!), 0);
    let inside = 0;
    let beyond = 0;
    for (let k = 0; k < 600; k++) {
      const found = informationOf(draw(p, n), draw(q, m));
      if (found.lower! <= truth && truth <= found.upper!) inside++;
      if (found.estimate! > found.chance!) beyond++;
    }
    return { inside: inside / 600, beyond: beyond / 600 };
  };

  it('lies within its interval about 95 times in a hundred', () => {
    const { inside } = coverage([0.1, 0.2, 0.3, 0.25, 0.15], [0.3, 0.25, 0.2, 0.15, 0.1], 600, 1500);
    expect(inside).toBeGreaterThan(0.92);
    expect(inside).toBeLessThan(0.98);
  });

  it('goes beyond the level of chance five times in a hundred where there is nothing', () => {
    const even = new Array<number>(10).fill(0.1);
    const { beyond } = coverage(even, even, 400, 900);
    expect(beyond).toBeGreaterThan(0.025);
    expect(beyond).toBeLessThan(0.08);
  });

  it('says why there is none', () => {
    expect(informationOf([3, 4], [0, 0])).toMatchObject({ estimate: null, reason: 'one_class' });
    expect(informationOf([3, 0], [5, 0])).toMatchObject({ estimate: null, reason: 'one_bin' });
  });
});

it('does not colour a shift that chance gives', () => {
  expect(shiftOf([5, 5, 5, 5], [9, 3, 4, 4])).toMatchObject({ light: 'good' });
  expect(shiftOf([2500, 2500, 2500, 2500], [4500, 1500, 2000, 2000])).toMatchObject({ light: 'warn' });
});
