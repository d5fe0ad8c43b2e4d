import type { Spell } from '#core/contract/experiments/lifecycle.ts';
import type { ExperimentResults } from '#core/contract/experiments/results.ts';
import type { Design } from '#core/experiment/define.ts';
import { type EvidenceCell, type EvidenceRow, momentsOf } from '#core/experiment/evidence/moments.ts';
import { readReplicates, replicatesSql } from '#core/experiment/evidence/replicates.ts';
import type { UnitTable } from '#core/experiment/evidence/unit-table.ts';
import { incrementalCash } from '#core/experiment/money.ts';
import { shown } from '#core/experiment/results/parts/effects.ts';
import { methods } from '#core/experiment/results/words/methods.ts';
import type { Dialect } from '#core/sql/dialects/dialect.ts';
import type { Session } from '../../engine/engine.ts';
import type { WantedColumn } from './columns.ts';
import { maturedUnits, readCells, unitTable } from './units.ts';

const draws = 200;

export interface MoneyInput {
  design: Design;
  columns: readonly WantedColumn[];
  caps: ReadonlyMap<string, { cap: number }>;
  /** Day up to which windows have closed. */
  on: string;
  /** Days on which every arm was open. */
  open: readonly Spell[];
  salt: string;
}

/**
 * Cash less cost per 1,000 people of each arm against control, in each currency, capped and as it was, with a bootstrap
 * drawn where the rows are. Everybody matured by the day counts.
 */
export async function readMoney(
  session: Session,
  dialect: Dialect,
  { design, columns, caps, on, open, salt }: MoneyInput,
): Promise<ExperimentResults['money']> {
  const { horizonDays } = design.metric;
  const relation = maturedUnits(dialect, { horizonDays, on, open });
  const cash = columns.filter(
    (column) => column.metricId === 'cash' && column.horizonDays === horizonDays && column.currency !== null,
  );
  const found: ExperimentResults['money'] = [];
  for (const column of cash) {
    const cost = columns.find(
      (one) =>
        one.metricId === 'contact_cost' &&
        one.currency === column.currency &&
        one.horizonDays === horizonDays,
    );
    const cap = caps.get(column.id)?.cap;
    const table: UnitTable = unitTable(columns, caps, {
      relation,
      stratum: null,
      cohort: null,
      covariates: [],
      metrics: [
        { id: 'raw', y: column.id },
        { id: 'capped', y: column.id, ...(cap === undefined ? {} : { cap }) },
        { id: 'cost', y: cost?.id ?? column.id },
      ],
    });
    const cells = await readCells(session, dialect, { ...table, covariates: [] });
    const drawn: UnitTable = { ...table, metrics: table.metrics.slice(0, 2) };
    const rows = await session.rows<EvidenceRow>(
      replicatesSql(dialect, drawn, { unit: 'customer_id', salt, draws }),
    );
    found.push(...moneyOf(design, column.currency!, cap ?? null, cost !== undefined, { cells, drawn, rows }));
  }
  return found;
}

function moneyOf(
  design: Design,
  currency: string,
  cap: number | null,
  costed: boolean,
  { cells, drawn, rows }: { cells: readonly EvidenceCell[]; drawn: UnitTable; rows: readonly EvidenceRow[] },
): ExperimentResults['money'] {
  const of = (arm: string) => {
    const replicates = (metric: string) =>
      readReplicates(drawn, rows, { arm, metric }, momentsOf(cells, metric, { arm }));
    const { n, sums } = momentsOf(cells, 'cost', { arm });
    return {
      raw: replicates('raw'),
      capped: replicates('capped'),
      costPerThousand: costed && n > 0 ? (1000 * sums[0]!) / n : 0,
    };
  };
  const control = of(design.control);
  return design.arms
    .filter(({ name }) => name !== design.control)
    .map(({ name: arm }) => {
      const own = of(arm);
      const { capped, raw } = incrementalCash(control, own, { alpha: design.alpha });
      return {
        currency,
        arm,
        capped: shown(capped, methods.money),
        raw: shown(raw, methods.money),
        cap,
        costPerThousand: own.costPerThousand,
        controlCostPerThousand: control.costPerThousand,
      };
    });
}
