import { describe, expect, it } from 'vitest';
import { findChanges } from '#models/explain/changes.ts';
import { explainAll } from '#models/explain/global.ts';
import { reasonsOfRow } from '#models/explain/reasons.ts';
import type { Learner } from '#models/learner.ts';
import scorecard from '#models/learners/scorecard.ts';
import { seededRandom } from '#models/maths/random.ts';
import { type Matrix, takeRows } from '#models/matrix.ts';

const random = seededRandom(3);
const rows = 3000;
const use = Float64Array.from({ length: rows }, () => random());
const paid = Float64Array.from({ length: rows }, (_, i) =>
  i % 11 === 0 ? Number.NaN : Math.floor(6 * random()),
);
const codes = Int32Array.from({ length: rows }, () => Math.floor(random() * 2));
const logit = (i: number) =>
  2 * use[i]! - 0.8 * (Number.isNaN(paid[i]!) ? 1 : paid[i]!) + (codes[i] === 1 ? 1 : 0);
const matrix: Matrix = {
  rows,
  target: Float64Array.from({ length: rows }, (_, i) => (random() < 1 / (1 + Math.exp(-logit(i))) ? 1 : 0)),
  groups: Int32Array.from({ length: rows }, (_, i) => i),
  day: new Int32Array(rows),
  columns: [
    { name: 'use', kind: 'numeric', values: use },
    { name: 'paid', kind: 'numeric', values: paid },
    { name: 'product', kind: 'categorical', codes, categories: ['card', 'loan'] },
  ],
};
const learner = scorecard as Learner;
const fitted = await learner.fit({
  matrix,
  options: learner.options.parse({}),
  random,
  onProgress: () => {},
  checkCancelled: () => {},
});
const found = fitted.contributions!(matrix);
const one = (i: number) => takeRows(matrix, Int32Array.of(i));

describe('contributions of a scorecard', () => {
  it('add up, with the base, to the log odds of every row', () => {
    const p = fitted.predict(matrix);
    const width = found.columns.length;
    for (let i = 0; i < rows; i += 37) {
      const sum = found.values
        .subarray(i * width, (i + 1) * width)
        .reduce((all, value) => all + value, found.base);
      expect(sum).toBeCloseTo(Math.log(p[i]! / (1 - p[i]!)), 9);
    }
  });

  it('are nothing on average over the rows fitted on', () => {
    found.columns.forEach((_, k) => {
      let sum = 0;
      for (let i = 0; i < rows; i++) sum += found.values[i * found.columns.length + k]!;
      expect(sum / rows).toBeCloseTo(0, 9);
    });
  });

  it('are told as reasons, largest first, with the value of the row', () => {
    const [first, ...rest] = reasonsOfRow(matrix, found, 0);
    for (const reason of rest) expect(Math.abs(reason.points)).toBeLessThanOrEqual(Math.abs(first!.points));
    const missing = reasonsOfRow(matrix, found, 0).find(({ feature }) => feature === 'paid');
    expect(missing?.value ?? null).toBeNull();
    expect(first!.points).toBeCloseTo((first!.contribution * 20) / Math.LN2, 12);
  });
});

describe('a version as a whole', () => {
  const columns = explainAll(matrix, found);

  it('tells what weighs most and which way it goes', () => {
    expect(columns[0]).toMatchObject({ name: 'paid', direction: 'down' });
    expect(columns.find(({ name }) => name === 'use')).toMatchObject({ direction: 'up' });
    expect(columns.find(({ name }) => name === 'product')).toMatchObject({ direction: 'mixed', points: [] });
  });

  it('gives every bin its rows and their contributions', () => {
    for (const { bins } of columns) {
      expect(bins.reduce((sum, { n }) => sum + n, 0)).toBe(rows);
      expect(bins.reduce((sum, { n, mean }) => sum + n * mean, 0) / rows).toBeCloseTo(0, 9);
    }
  });
});

describe('what would change the result', () => {
  const ask = (row: Matrix, cutOff: number, changeable = ['use', 'paid']) =>
    findChanges({ row, observed: matrix, changeable, cutOff, predict: (rows) => fitted.predict(rows) });
  const p = fitted.predict(matrix);
  const person = p.findIndex((value, i) => value > 0.55 && value < 0.65 && paid[i] === 1);

  it('is the nearest value that crosses, by brute force', () => {
    const { singles, probability, above } = ask(one(person), 0.5);
    expect(above).toBe(true);
    expect(probability).toBe(p[person]);
    const change = singles.find(({ columns }) => columns[0]!.name === 'paid')!;
    const { to } = change.columns[0]!;
    const withPaid = (value: number) =>
      fitted.predict({
        ...one(person),
        columns: one(person).columns.map((column) =>
          column.name === 'paid' && column.kind === 'numeric'
            ? { ...column, values: Float64Array.of(value) }
            : column,
        ),
      })[0]!;
    expect(change.probability).toBe(withPaid(to));
    expect(withPaid(to)).toBeLessThan(0.5);
    for (let value = 2; value < to; value++) expect(withPaid(value)).toBeGreaterThanOrEqual(0.5);
  });

  it('never changes what is nobody’s to change', () => {
    const { singles, pairs } = ask(one(person), 0.5, ['use']);
    for (const { columns } of [...singles, ...pairs])
      for (const { name } of columns) expect(name).toBe('use');
  });

  it('needs two where one is not enough, and says when none does', () => {
    const hard = ask(one(person), Math.max(0.02, ask(one(person), 0.5).nearest + 0.001));
    expect(hard.singles.length + hard.pairs.length).toBeGreaterThan(0);
    for (const { columns, distance } of hard.pairs) {
      expect(columns).toHaveLength(2);
      expect(distance).toBeGreaterThan(0);
    }
    const never = ask(one(person), 0.000001);
    expect([...never.singles, ...never.pairs]).toEqual([]);
    expect(never.nearest).toBeLessThan(p[person]!);
  });
});
