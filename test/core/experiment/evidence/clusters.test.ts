import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clustersSql, readClusters } from '#core/experiment/evidence/clusters.ts';
import { momentsOf } from '#core/experiment/evidence/moments.ts';
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

const amount = fc.option(fc.integer({ min: 0, max: 90 }), { nil: null, freq: 4 });
const units = fc.array(
  fc.record<Omit<UnitRow, 'id'>>({
    arm: fc.constantFrom('control', 'loss'),
    stratum: fc.constantFrom('a', 'b'),
    cohort: fc.constantFrom('2026-10-01', '2026-10-02'),
    cluster: fc.constantFrom('h1', 'h2', 'h3', 'h4', 'h5'),
    paid: fc.constantFrom(0, 1, null),
    cash: amount,
    cost: amount,
    before: amount,
  }),
  { minLength: 1, maxLength: 40 },
);

describe('cluster totals', () => {
  it('are one row a cluster before they are squared', async () => {
    await fc.assert(
      fc.asyncProperty(units, async (given) => {
        const rows = given.map((row, i) => ({ ...row, id: `u${i}` }));
        const table = { ...unitTable(rows), cluster: 'cluster' };
        const cells = readClusters(table, await engine.rows(clustersSql(duckdb, table)));
        for (const arm of ['control', 'loss']) {
          const totals = (of: (row: UnitRow) => [number, number] | null) => {
            const clusters = new Map<string, [number, number, number]>();
            for (const row of rows) {
              const value = row.arm === arm ? of(row) : null;
              if (!value) continue;
              const [y, d, x] = clusters.get(row.cluster) ?? [0, 0, 0];
              clusters.set(row.cluster, [y + value[0], d + value[1], x + (row.before ?? 0)]);
            }
            const found = [...clusters.values()];
            const sum = (value: (triple: [number, number, number]) => number) =>
              found.reduce((a, b) => a + value(b), 0);
            return {
              n: found.length,
              sums: [sum(([y]) => y), sum(([, d]) => d), sum(([, , x]) => x)],
              products: [
                sum(([y]) => y * y),
                sum(([y, d]) => y * d),
                sum(([y, , x]) => y * x),
                sum(([, d]) => d * d),
                sum(([, d, x]) => d * x),
                sum(([, , x]) => x * x),
              ],
              ratio: true,
            };
          };
          if (!cells.some((cell) => cell.arm === arm)) continue;
          expect(momentsOf(cells, 'paid', { arm })).toEqual(
            totals((row) => (row.paid === null ? null : [row.paid, 1])),
          );
          expect(momentsOf(cells, 'return', { arm })).toEqual(
            totals((row) => (row.cash === null || row.cost === null ? null : [row.cash, row.cost])),
          );
        }
      }),
      { seed: 1, numRuns: 30 },
    );
  });

  it('are this text', () =>
    expectGolden(
      clustersSql(duckdb, {
        relation: raw('SELECT * FROM units'),
        arm: 'arm',
        metrics: [
          { id: 'cleared', y: 'cleared' },
          { id: 'return', y: 'cash', d: 'cost' },
        ],
        covariates: [],
        stratum: 'stratum',
        cohort: 'entered_on',
        cluster: 'household',
      }),
      'experiment/evidence-clusters',
    ));
});
