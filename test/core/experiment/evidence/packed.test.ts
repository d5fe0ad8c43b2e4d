import { afterAll, beforeAll, expect, it } from 'vitest';
import { readMoments } from '#core/experiment/evidence/moments.ts';
import { momentsSql } from '#core/experiment/evidence/moments-sql.ts';
import { packCells, unpackCells } from '#core/experiment/evidence/packed.ts';
import { duckdb } from '#core/sql/dialects/duckdb.ts';
import type { Engine } from '#server/engine/engine.ts';
import { openTestEngine } from '../../../support/engine.ts';
import { unitTable } from '../../../support/trials/unit-rows.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await openTestEngine();
});
afterAll(() => engine.close());

const rows = Array.from({ length: 200 }, (_, i) => ({
  id: `u${i}`,
  arm: i % 2 ? 'control' : 'brazo «ñ»',
  stratum: `s${i % 5}`,
  cohort: `2026-10-0${1 + (i % 3)}`,
  cluster: 'h',
  paid: i % 7 === 0 ? null : i % 2,
  cash: i % 11 === 0 ? null : i * 1.25,
  cost: i % 4,
  before: i % 13 === 0 ? null : i / 3,
}));

it.each([
  ['by arm, stratum and day', unitTable(rows)],
  ['by arm alone', { ...unitTable(rows), stratum: null, cohort: null, covariates: [] }],
  ['of nobody', unitTable([])],
])('columns hold the cells that rows hold: %s', async (_, table) => {
  const statement = momentsSql(duckdb, { ...table, centres: [30] });
  const cells = readMoments(table, await engine.rows(statement));
  const packed = packCells(table, await engine.columns(statement));
  expect(unpackCells(packed)).toEqual(cells);
  expect(unpackCells(structuredClone(packed))).toEqual(cells);
  expect(cells.length).toBe(packed.rows);
});
