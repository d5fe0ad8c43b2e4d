import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { covariateCentres, readCentres } from '#core/experiment/evidence/columns.ts';
import {
  countsOf,
  mergeMoments,
  momentsOf,
  readMoments,
  strataOf,
} from '#core/experiment/evidence/moments.ts';
import { momentsSql } from '#core/experiment/evidence/moments-sql.ts';
import type { UnitTable } from '#core/experiment/evidence/unit-table.ts';
import type { Moments } from '#core/experiment/statistic.ts';
import { duckdb } from '#core/sql/dialects/duckdb.ts';
import { raw } from '#core/sql/sql.ts';
import type { Engine } from '#server/engine/engine.ts';
import { openTestEngine } from '../../../support/engine.ts';
import { expectGolden } from '../../../support/golden.ts';
import { type UnitRow, unitTable } from '../../../support/trials/unit-rows.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await openTestEngine();
});
afterAll(() => engine.close());

const read = async (table: UnitTable) => readMoments(table, await engine.rows(momentsSql(duckdb, table)));

const amount = fc.option(fc.integer({ min: -900, max: 900 }), { nil: null, freq: 4 });
const units = fc.array(
  fc.record<Omit<UnitRow, 'id'>>({
    arm: fc.constantFrom('control', 'loss'),
    stratum: fc.constantFrom('a', 'b'),
    cohort: fc.constantFrom('2026-10-01', '2026-10-02'),
    cluster: fc.constantFrom('h1', 'h2', 'h3'),
    paid: fc.constantFrom(0, 1, null),
    cash: amount,
    cost: amount,
    before: amount,
  }),
  { minLength: 1, maxLength: 40 },
);
const named = (rows: Omit<UnitRow, 'id'>[]): UnitRow[] => rows.map((row, i) => ({ ...row, id: `u${i}` }));

/** The same sums by hand. */
function byHand(rows: UnitRow[], of: (row: UnitRow) => (number | null)[], ratio: boolean): Moments {
  const vectors = rows.map(of).filter((vector): vector is number[] => !vector.includes(null));
  const columns = ratio ? 3 : 2;
  const at = Array.from({ length: columns }, (_, i) => i);
  const sum = (value: (vector: number[]) => number) =>
    vectors.reduce((total, vector) => total + value(vector), 0);
  return {
    n: vectors.length,
    sums: at.map((i) => sum((vector) => vector[i]!)),
    products: at.flatMap((i) => at.slice(i).map((k) => sum((vector) => vector[i]! * vector[k]!))),
    ratio,
  };
}
const hands = (rows: UnitRow[]) => ({
  paid: byHand(rows, (row) => [row.paid, row.before ?? 0], false),
  cash: byHand(rows, (row) => [row.cash, row.before ?? 0], false),
  capped: byHand(rows, (row) => [row.cash === null ? null : Math.min(50, row.cash), row.before ?? 0], false),
  return: byHand(rows, (row) => [row.cash, row.cost, row.before ?? 0], true),
});

describe('moments', () => {
  it('are the sums over units that have the metric, and parts add up to the whole', async () => {
    await fc.assert(
      fc.asyncProperty(units, async (given) => {
        const rows = named(given);
        const cells = await read(unitTable(rows));
        for (const metric of ['paid', 'cash', 'capped', 'return'] as const)
          for (const arm of ['control', 'loss']) {
            const ofArm = rows.filter((row) => row.arm === arm);
            const whole = momentsOf(cells, metric, { arm });
            expect(whole).toEqual(hands(ofArm)[metric]);
            const [control] = strataOf(cells, metric, [arm, 'other']);
            expect(mergeMoments([hands([])[metric], ...control.map(({ moments }) => moments)])).toEqual(
              whole,
            );
            const days = ['2026-10-01', '2026-10-02'].map((day) =>
              momentsOf(cells, metric, { arm, cohorts: new Set([day]) }),
            );
            expect(mergeMoments(days)).toEqual(whole);
          }
        expect(cells.reduce((total, cell) => total + cell.units, 0)).toBe(rows.length);
      }),
      { seed: 1, numRuns: 40 },
    );
  });

  it('count an outcome of 0 and 1, and nothing else', async () => {
    const rows = named(fc.sample(units, { seed: 2, numRuns: 1 })[0]!);
    const cells = await read(unitTable(rows));
    expect(countsOf(momentsOf(cells, 'paid'))).toEqual({
      n: rows.filter((row) => row.paid !== null).length,
      events: rows.filter((row) => row.paid === 1).length,
    });
    expect(() => countsOf({ n: 2, sums: [3], products: [5], ratio: false })).toThrow(
      /not an outcome of 0 and 1/,
    );
  });

  it('equal those of numpy in extended precision', async () => {
    interface Arm {
      arm: string;
      n: number;
      means: Record<string, number>;
      variances: Record<string, number>;
      covarianceOfMoneyAndBefore: number;
    }
    const wanted = JSON.parse(
      readFileSync(new URL('../../../reference/moments.json', import.meta.url), 'utf8'),
    ) as { n: number; arms: Arm[] };
    const table: UnitTable = {
      relation:
        raw(`SELECT (['control', 'loss', 'social'])[1 + i % 3] AS arm, (i * 7919 % 101 < 30)::DOUBLE AS share,
        (i * 104729 % 1000003)::DOUBLE / 100 AS money, 1e6 + (i * 7919 % 10007)::DOUBLE / 100 AS far,
        5e4 + (i * 15485863 % 99991)::DOUBLE / 64 AS "before" FROM range(${wanted.n}) r(i)`),
      arm: 'arm',
      metrics: ['share', 'money', 'far'].map((y) => ({ id: y, y })),
      covariates: ['before'],
      stratum: null,
      cohort: null,
      cluster: null,
    };
    const centres = readCentres(table, (await engine.first(covariateCentres(duckdb, table)))!);
    const cells = await read({ ...table, centres });
    for (const arm of wanted.arms) {
      const near = (actual: number, expected: number, relative: number) =>
        expect(Math.abs(actual / expected - 1)).toBeLessThan(relative);
      const variance = (moments: Moments, i: number, at: number) =>
        (moments.products[at]! - moments.sums[i]! ** 2 / moments.n) / (moments.n - 1);
      for (const id of ['share', 'money', 'far']) {
        const moments = momentsOf(cells, id, { arm: arm.arm });
        expect(moments.n).toBe(arm.n);
        near(moments.sums[0]! / moments.n, arm.means[id]!, 1e-15);
        near(
          variance(moments, 0, 0),
          arm.variances[id]!,
          4e-16 * (1 + arm.means[id]! ** 2 / arm.variances[id]!),
        );
      }
      const money = momentsOf(cells, 'money', { arm: arm.arm });
      near(variance(money, 1, 2), arm.variances.before!, 1e-13);
      const covariance = (money.products[1]! - (money.sums[0]! * money.sums[1]!) / money.n) / (money.n - 1);
      const unit = Math.sqrt(arm.variances.money! * arm.variances.before!);
      expect(Math.abs(covariance - arm.covarianceOfMoneyAndBefore) / unit).toBeLessThan(1e-13);
      expect(money.sums[1]! / money.n + centres[0]!).toBeCloseTo(arm.means.before!, 8);
    }
  });

  it('of parts are the same in any order', () => {
    const part = fc.record({
      n: fc.nat(99),
      sum: fc.double({ min: -1e12, max: 1e12, noNaN: true }),
      square: fc.double({ min: 0, max: 1e15, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 60 }), (parts) => {
        const moments = parts.map(
          ({ n, sum, square }): Moments => ({ n, sums: [sum], products: [square], ratio: false }),
        );
        const [one, other] = [mergeMoments(moments), mergeMoments([...moments].reverse())];
        const scale = parts.reduce((total, { sum }) => total + Math.abs(sum), 0);
        expect(other.n).toBe(one.n);
        expect(Math.abs(one.sums[0]! - other.sums[0]!)).toBeLessThanOrEqual(
          2e-16 * Math.abs(one.sums[0]!) + 1e-30 * scale,
        );
        expect(Math.abs(one.products[0]! - other.products[0]!)).toBeLessThanOrEqual(3e-16 * one.products[0]!);
      }),
      { seed: 3 },
    );
  });

  it('are this text', () => expectGolden(momentsSql(duckdb, golden), 'experiment/evidence-moments'));
  it('find their centres by this text', () =>
    expectGolden(covariateCentres(duckdb, golden), 'experiment/evidence-centres'));
});

const golden: UnitTable = {
  relation: raw('SELECT * FROM units'),
  arm: 'arm',
  metrics: [
    { id: 'cleared', y: 'cleared' },
    { id: 'return', y: 'cash', d: 'cost', cap: 900 },
  ],
  covariates: ['score', 'arrears'],
  centres: [0.25, 100],
  stratum: 'stratum',
  cohort: 'entered_on',
  cluster: null,
};
