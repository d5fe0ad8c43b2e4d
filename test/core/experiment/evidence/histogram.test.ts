import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { histogramSql, mergeHistograms, readHistograms } from '#core/experiment/evidence/histogram.ts';
import type { UnitTable } from '#core/experiment/evidence/unit-table.ts';
import type { Histogram } from '#core/experiment/statistic.ts';
import { duckdb } from '#core/sql/dialects/duckdb.ts';
import { raw } from '#core/sql/sql.ts';
import type { Engine } from '#server/engine/engine.ts';
import { openTestEngine } from '../../../support/engine.ts';
import { expectGolden } from '../../../support/golden.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await openTestEngine();
});
afterAll(() => engine.close());

const people = 60_000;
const table = (parts = 'true'): UnitTable => ({
  relation: raw(`SELECT CASE WHEN i % 2 = 0 THEN 'control' ELSE 'loss' END AS arm, i,
    CASE WHEN i % 11 = 0 THEN NULL WHEN i % 5 < 2 THEN 0 ELSE (i * 7919 % 100003)::DOUBLE / 100 END AS cash
    FROM range(${people}) r(i) WHERE ${parts}`),
  arm: 'arm',
  metrics: [{ id: 'cash', y: 'cash' }],
  covariates: [],
  stratum: null,
  cohort: null,
  cluster: null,
});
const read = async (parts?: string, around?: number) =>
  readHistograms(await engine.rows(histogramSql(duckdb, table(parts), table().metrics[0]!, around)));

/** The value at a rank, from 0. */
function atRank({ values }: Histogram, rank: number): number {
  let upto = 0;
  for (const { value, count } of values) {
    upto += count;
    if (rank < upto) return value;
  }
  return Number.NaN;
}

describe('histograms', () => {
  it('count every value of every arm, and parts add up', async () => {
    const whole = await read();
    const [low, high] = [await read('i < 20000'), await read('i >= 20000')];
    for (const arm of ['control', 'loss']) {
      expect(mergeHistograms([low.get(arm)!, high.get(arm)!])).toEqual(whole.get(arm));
      expect(whole.get(arm)!.values.reduce((total, { count }) => total + count, 0)).toBe(whole.get(arm)!.n);
      const values = whole.get(arm)!.values.map(({ value }) => value);
      expect(values).toEqual([...new Set(values)].sort((a, b) => a - b));
    }
  });

  it.each([0.5, 0.9, 0.25, 0.999])(
    'around %d stay exact where an interval could lie, and small',
    async (q) => {
      const [whole, kept] = [await read(), await read(undefined, q)];
      for (const arm of ['control', 'loss']) {
        const [all, near] = [whole.get(arm)!, kept.get(arm)!];
        expect(near.n).toBe(all.n);
        expect(near.values.length).toBeLessThan(20 * Math.sqrt(all.n));
        const spread = Math.sqrt(q * (1 - q) * all.n);
        for (const z of [-7, -3, -1.96, 0, 1.96, 3, 7]) {
          const rank = Math.min(all.n - 1, Math.max(0, Math.round(q * all.n + z * spread)));
          expect(atRank(near, rank)).toBe(atRank(all, rank));
        }
      }
    },
  );

  it('are these texts', async () => {
    const given = { ...table(), relation: raw('SELECT * FROM units') };
    await expectGolden(histogramSql(duckdb, given, given.metrics[0]!), 'experiment/evidence-histogram');
    await expectGolden(
      histogramSql(duckdb, given, given.metrics[0]!, 0.5),
      'experiment/evidence-histogram-around',
    );
  });
});
