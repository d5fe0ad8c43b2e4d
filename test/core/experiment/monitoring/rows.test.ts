import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { beforeAssignmentSql } from '#core/experiment/monitoring/before-assignment.ts';
import { contaminationSql, withoutContaminated } from '#core/experiment/monitoring/contamination.ts';
import { duckdb } from '#core/sql/dialects/duckdb.ts';
import { raw } from '#core/sql/sql.ts';
import type { Engine } from '#server/engine/engine.ts';
import { openTestEngine } from '../../../support/engine.ts';
import { expectGolden } from '../../../support/golden.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await openTestEngine();
  await engine.run(
    raw(`CREATE TABLE rows_of_units AS SELECT * FROM (VALUES
      ('u1', 'control', DATE '2026-10-01', DATE '2026-10-03'), ('u1', 'control', DATE '2026-10-01', NULL),
      ('u2', 'control', DATE '2026-10-01', DATE '2026-09-30'), ('u2', 'loss', DATE '2026-10-01', DATE '2026-10-09'),
      ('u3', 'loss', DATE '2026-10-02', DATE '2026-10-02'), ('u4', 'loss', DATE '2026-10-02', DATE '2026-10-01'),
      ('u4', 'social', DATE '2026-10-02', NULL), ('u4', 'control', DATE '2026-10-02', NULL),
      ('u5', 'control', DATE '2026-10-02', NULL), ('u5', 'loss', DATE '2026-10-02', NULL),
      (NULL, 'loss', NULL, NULL), ('u6', NULL, NULL, NULL)) v(unit, arm, assigned_on, paid_on)`),
  );
});
afterAll(() => engine.close());

const given = { relation: raw('SELECT * FROM rows_of_units'), unit: 'unit', arm: 'arm' };
const dated = { ...given, assigned: 'assigned_on', outcome: 'paid_on' };

describe('rows that cannot be right', () => {
  it('are units in several arms, with how many of each', async () => {
    expect(await engine.rows(contaminationSql(duckdb, given))).toEqual([
      { arms: ['control', 'loss'], units: 2, rows: 4 },
      { arms: ['control', 'loss', 'social'], units: 1, rows: 3 },
    ]);
    const left = await engine.rows<{ unit: string | null }>(withoutContaminated(given));
    expect(left.map(({ unit }) => unit).sort()).toEqual(['u1', 'u1', 'u3', 'u6', null].sort());
    expect(
      await engine.rows(contaminationSql(duckdb, { ...given, relation: withoutContaminated(given) })),
    ).toEqual([]);
  });

  it('are outcomes dated before assignment', async () => {
    expect(await engine.rows(beforeAssignmentSql(duckdb, dated))).toEqual([
      { arm: 'control', dated: 2, early: 1 },
      { arm: 'loss', dated: 3, early: 1 },
    ]);
  });

  it('are found by these texts', async () => {
    await expectGolden(contaminationSql(duckdb, given), 'experiment/contamination');
    await expectGolden(withoutContaminated(given), 'experiment/without-contaminated');
    await expectGolden(beforeAssignmentSql(duckdb, dated), 'experiment/before-assignment');
  });
});
