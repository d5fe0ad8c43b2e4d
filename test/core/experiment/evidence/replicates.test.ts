import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { poissonWeight, thresholds } from '#core/experiment/evidence/poisson-weight.ts';
import { readReplicates, replicatesSql } from '#core/experiment/evidence/replicates.ts';
import type { UnitTable } from '#core/experiment/evidence/unit-table.ts';
import { duckdb } from '#core/sql/dialects/duckdb.ts';
import { raw } from '#core/sql/sql.ts';
import type { Engine } from '#server/engine/engine.ts';
import { openTestEngine } from '../../../support/engine.ts';
import { expectGolden } from '../../../support/golden.ts';
import { unitTable } from '../../../support/trials/unit-rows.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await openTestEngine();
});
afterAll(() => engine.close());

const none = { n: 0, sums: [0], products: [0], ratio: false };
const read = async (table: UnitTable, draws: number, metric: string, groups: number | null = null) => {
  const rows = await engine.rows(replicatesSql(duckdb, table, { unit: 'id', salt: 's1', draws, groups }));
  return readReplicates(table, rows, { arm: 'control', metric }, none).draws;
};

describe('bootstrap weights', () => {
  it('are Poisson of mean 1 as far as 16 bits go', () => {
    const mean = thresholds.reduce((total, threshold) => total + 1 - threshold / 65536, 0);
    const square = thresholds.reduce(
      (total, threshold, k) => total + (2 * k + 1) * (1 - threshold / 65536),
      0,
    );
    expect(mean).toBeCloseTo(1, 4);
    expect(square - mean ** 2).toBeCloseTo(1, 4);
  });

  it('are the same in SQL and TypeScript, by unit or by cluster', async () => {
    const ids = [
      '1',
      'ñandú',
      'nán\u0303dú',
      'c-77',
      '日本',
      ...Array.from({ length: 40 }, (_, i) => `u${i}`),
    ];
    const rows = ids.map((id, i) => ({
      id,
      arm: 'control',
      stratum: 'a',
      cohort: '2026-10-01',
      cluster: `h${i % 7}`,
      paid: i % 3 === 0 ? null : 1,
      cash: i * 10,
      cost: i % 4,
      before: null,
    }));
    const draws = 24;
    for (const cluster of [null, 'cluster'] as const) {
      const table = { ...unitTable(rows), cluster };
      for (const metric of ['paid', 'return'] as const) {
        const found = await read(table, draws, metric);
        expect(found).toHaveLength(draws);
        found.forEach((draw, number) => {
          const counted = rows
            .filter((row) => metric === 'return' || row.paid !== null)
            .map((row) => ({ row, weight: poissonWeight('s1', cluster ? row.cluster : row.id, number) }));
          const sum = (value: (row: (typeof rows)[0]) => number) =>
            counted.reduce((total, { row, weight }) => total + weight * value(row), 0);
          expect(draw).toEqual(
            metric === 'paid'
              ? { n: sum(() => 1), sums: [sum((row) => row.paid!)] }
              : { n: sum(() => 1), sums: [sum((row) => row.cash), sum((row) => row.cost)] },
          );
        });
      }
    }
  });

  it.each([
    ['units', 4000, null],
    ['groups of them', 200_000, 1000],
  ])('give the standard error of a mean, drawing %s', async (_, n, groups) => {
    const table: UnitTable = {
      ...unitTable([]),
      relation: raw(
        `SELECT 'u' || i AS id, 'control' AS arm, CASE WHEN i % 2 = 0 THEN (i // 2 * 7919 % 4001)::DOUBLE END AS cash FROM range(${2 * n}) r(i)`,
      ),
      metrics: [{ id: 'cash', y: 'cash' }],
      covariates: [],
      stratum: null,
      cohort: null,
    };
    const draws = await read(table, 800, 'cash', groups);
    const people = draws.reduce((sum, draw) => sum + draw.n, 0) / draws.length;
    expect(Math.abs(people / n - 1)).toBeLessThan(0.01);
    const means = draws.map((draw) => draw.sums[0]! / draw.n);
    const mean = means.reduce((a, b) => a + b) / means.length;
    const deviation = Math.sqrt(means.reduce((a, b) => a + (b - mean) ** 2, 0) / (means.length - 1));
    const expected = Math.sqrt((4001 ** 2 - 1) / 12 / n);
    expect(Math.abs(mean - 2000)).toBeLessThan(4 * expected);
    const noise = Math.sqrt(1 / (2 * 800) + (groups === null ? 0 : 1 / (2 * groups)));
    expect(Math.abs(deviation / expected - 1)).toBeLessThan(4 * noise);
  });

  it('are of groups that add up to their units', async () => {
    const rows = Array.from({ length: 60 }, (_, i) => ({
      id: `u${i}`,
      arm: 'control',
      stratum: 'a',
      cohort: '2026-10-01',
      cluster: 'h',
      paid: i % 3 === 0 ? null : 1,
      cash: i,
      cost: 1,
      before: null,
    }));
    const [draws, one] = [24, 1];
    const together = await read(unitTable(rows), draws, 'paid', one);
    together.forEach((draw, number) => {
      const weight = poissonWeight('s1', '0', number);
      expect(draw).toEqual({ n: 40 * weight, sums: [40 * weight] });
    });
  });

  it('are this text', () =>
    expectGolden(
      replicatesSql(
        duckdb,
        {
          relation: raw('SELECT * FROM units'),
          arm: 'arm',
          metrics: [{ id: 'cash', y: 'cash' }],
          covariates: [],
          stratum: null,
          cohort: null,
          cluster: null,
        },
        { unit: 'customer_id', salt: 's1', draws: 200 },
      ),
      'experiment/evidence-replicates',
    ));
});
