import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { baselineSql, readBaseline } from '#core/experiment/evidence/baseline.ts';
import type { UnitTable } from '#core/experiment/evidence/unit-table.ts';
import { baselineBalance } from '#core/experiment/monitoring/baseline-balance.ts';
import { duckdb } from '#core/sql/dialects/duckdb.ts';
import { raw, sql } from '#core/sql/sql.ts';
import { uniformityTest } from '#core/stats/distributions/uniform.ts';
import type { Engine } from '#server/engine/engine.ts';
import { openTestEngine } from '../../../support/engine.ts';
import { expectGolden } from '../../../support/golden.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await openTestEngine();
  await engine.run(
    raw(`CREATE TABLE people AS SELECT i, 's' || i % 4 AS stratum, hash(i) % 1000 / 100.0 + i % 4 AS score,
      hash(i, 1) % 500 AS arrears, 7 AS same, 2 * (hash(i) % 1000 / 100.0 + i % 4) + 1 AS twice
      FROM range(4000) r(i)`),
  );
});
afterAll(() => engine.close());

const table = (salt: number, shift = 0, covariates = ['score', 'arrears']): UnitTable => ({
  relation: sql`SELECT * REPLACE (score + CASE WHEN arm = 'loss' THEN ${shift} ELSE 0 END AS score)
    FROM (SELECT *, CASE WHEN hash(i, ${1000 + salt}) % 3 = 0 THEN 'loss' ELSE 'control' END AS arm FROM people)`,
  arm: 'arm',
  metrics: [],
  covariates,
  stratum: 'stratum',
  cohort: null,
  cluster: null,
});
const balance = async (given: UnitTable) =>
  baselineBalance(readBaseline(given, await engine.rows(baselineSql(duckdb, given))), ['control', 'loss']);

describe('balance before anything is sent', () => {
  it('has uniform p-values where people were assigned by lot', async () => {
    const pValues: number[] = [];
    for (let salt = 0; salt < 150; salt++) pValues.push((await balance(table(salt))).pValue!);
    expect(uniformityTest(pValues)!.pValue).toBeGreaterThan(0.01);
    expect(pValues.filter((p) => p < 0.05).length).toBeLessThanOrEqual(15);
  });

  it('finds a covariate that was not', async () => {
    const test = await balance(table(3, 1));
    expect(test.df).toBe(2);
    expect(test.pValue!).toBeLessThan(1e-6);
  });

  it('counts only covariates that say something of their own', async () => {
    const [two, four] = [
      await balance(table(5)),
      await balance(table(5, 0, ['score', 'arrears', 'same', 'twice'])),
    ];
    expect(four.df).toBe(2);
    expect(four.statistic!).toBeCloseTo(two.statistic!, 6);
    expect(await balance(table(5, 0, ['same']))).toEqual({ pValue: null, statistic: null, df: null });
  });

  it('is this text', () =>
    expectGolden(
      baselineSql(duckdb, { ...table(0), relation: raw('SELECT * FROM people') }),
      'experiment/evidence-baseline',
    ));
});
