import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clustersSql, readClusters } from '#core/experiment/evidence/clusters.ts';
import { momentsOf, readMoments } from '#core/experiment/evidence/moments.ts';
import { momentsSql } from '#core/experiment/evidence/moments-sql.ts';
import type { UnitTable } from '#core/experiment/evidence/unit-table.ts';
import { designEffect, missingCluster } from '#core/experiment/monitoring/missing-cluster.ts';
import { judgeReplays, readReplays, replaySql } from '#core/experiment/monitoring/replay.ts';
import type { Moments } from '#core/experiment/statistic.ts';
import { duckdb } from '#core/sql/dialects/duckdb.ts';
import { raw } from '#core/sql/sql.ts';
import { normalTwoSided } from '#core/stats/distributions/normal.ts';
import type { Engine } from '#server/engine/engine.ts';
import { openTestEngine } from '../../../support/engine.ts';
import { expectGolden } from '../../../support/golden.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await openTestEngine();
  await engine.run(
    raw(`CREATE TABLE accounts AS SELECT 'a' || i AS id, 'h' || i // 8 AS household, 'control' AS arm,
      ((hash(i // 8) % 100 < 25) OR (hash(i, 1) % 100 < 10))::DOUBLE AS paid FROM range(6000) r(i)`),
  );
});
afterAll(() => engine.close());

const table: UnitTable = {
  relation: raw('SELECT * FROM accounts'),
  arm: 'arm',
  metrics: [{ id: 'paid', y: 'paid' }],
  covariates: [],
  stratum: null,
  cohort: null,
  cluster: null,
};
const replays = async (given: UnitTable, share = 0.4) =>
  readReplays(
    given,
    await engine.rows(replaySql(duckdb, given, { unit: 'id', salt: 'aa', replays: 200, share })),
  );

function welch(control: Moments, arm: Moments): number {
  const mean = (m: Moments) => m.sums[0]! / m.n;
  const error = (m: Moments) => (m.products[0]! - m.sums[0]! ** 2 / m.n) / (m.n - 1) / m.n;
  return normalTwoSided((mean(arm) - mean(control)) / Math.sqrt(error(arm) + error(control)));
}

describe('replays without an effect', () => {
  it('split the same people again and again', async () => {
    const pairs = await replays(table);
    expect(pairs).toHaveLength(200);
    const share = pairs.reduce((total, { arm }) => total + arm.n / 6000, 0) / 200;
    expect(Math.abs(share - 0.4)).toBeLessThan(0.002);
    for (const { control, arm } of pairs) expect(control.n + arm.n).toBe(6000);
    expect(new Set(pairs.map(({ arm }) => arm.sums[0])).size).toBeGreaterThan(50);
  });

  it('give uniform p-values to a method that fits', async () => {
    const report = judgeReplays((await replays(table)).map(({ control, arm }) => welch(control, arm)));
    expect(report.replays).toBe(200);
    expect(report.pValue!).toBeGreaterThan(0.01);
    expect(report.falseAlarms).toBeLessThan(0.1);
  });

  it('give a method away that takes households for people', async () => {
    const byHousehold = { ...table, cluster: 'household' };
    const report = judgeReplays((await replays(byHousehold)).map(({ control, arm }) => welch(control, arm)));
    expect(report.pValue!).toBeLessThan(0.001);
    expect(report.falseAlarms).toBeGreaterThan(0.2);
  });

  it('have no report of nothing', () =>
    expect(judgeReplays([null])).toEqual({ replays: 0, falseAlarms: 0, pValue: null }));

  it('are this text', () =>
    expectGolden(
      replaySql(
        duckdb,
        { ...table, covariates: ['score'] },
        { unit: 'customer_id', salt: 'aa', replays: 200, share: 0.5 },
      ),
      'experiment/replay',
    ));
});

describe('a cluster that is missing', () => {
  it('is several rows a unit and nothing that says so', () => {
    expect(missingCluster({ rows: 6000, units: 750, clustered: false })).toBe(true);
    expect(missingCluster({ rows: 6000, units: 750, clustered: true })).toBe(false);
    expect(missingCluster({ rows: 750, units: 750, clustered: false })).toBe(false);
  });

  it('costs as much as its design effect', async () => {
    const clustered = { ...table, cluster: 'household' };
    const units = momentsOf(readMoments(table, await engine.rows(momentsSql(duckdb, table))), 'paid');
    const totals = momentsOf(
      readClusters(clustered, await engine.rows(clustersSql(duckdb, clustered))),
      'paid',
    );
    const rows = await engine.rows<{ total: number }>(
      raw('SELECT sum(paid) AS total FROM accounts GROUP BY household'),
    );
    const mean = rows.reduce((sum, { total }) => sum + total, 0) / rows.length;
    const between = rows.reduce((sum, { total }) => sum + (total - mean) ** 2, 0) / (rows.length - 1);
    const share = mean / 8;
    expect(designEffect(units, totals)!).toBeCloseTo(between / 8 / ((share * (1 - share) * 6000) / 5999), 8);
    expect(designEffect(units, totals)!).toBeGreaterThan(4);
  });
});
