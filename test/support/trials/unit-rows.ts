import type { UnitTable } from '#core/experiment/evidence/unit-table.ts';
import { duckdb } from '#core/sql/dialects/duckdb.ts';

/** A unit of a small table made in a test. */
export interface UnitRow {
  id: string;
  arm: string;
  stratum: string;
  cohort: string;
  cluster: string;
  paid: number | null;
  cash: number | null;
  cost: number | null;
  before: number | null;
}

/** The table of some units, with a share, an amount, a capped amount and a ratio. */
export const unitTable = (rows: readonly UnitRow[]): UnitTable => ({
  relation: duckdb.inline(
    [
      ['id', 'text'],
      ['arm', 'text'],
      ['stratum', 'text'],
      ['cohort', 'date'],
      ['cluster', 'text'],
      ['paid', 'double'],
      ['cash', 'double'],
      ['cost', 'double'],
      ['before', 'double'],
    ],
    rows.map((row) => [
      row.id,
      row.arm,
      row.stratum,
      row.cohort,
      row.cluster,
      row.paid,
      row.cash,
      row.cost,
      row.before,
    ]),
  ),
  arm: 'arm',
  metrics: [
    { id: 'paid', y: 'paid' },
    { id: 'cash', y: 'cash' },
    { id: 'capped', y: 'cash', cap: 50 },
    { id: 'return', y: 'cash', d: 'cost' },
  ],
  covariates: ['before'],
  stratum: 'stratum',
  cohort: 'cohort',
  cluster: null,
});
