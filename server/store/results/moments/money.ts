import type { Spell } from '#core/contract/experiments/lifecycle.ts';
import type { ExperimentResults } from '#core/contract/experiments/results.ts';
import type { Design } from '#core/experiment/define.ts';
import { type EvidenceCell, type EvidenceRow, momentsOf } from '#core/experiment/evidence/moments.ts';
import { unpackCells } from '#core/experiment/evidence/packed.ts';
import { readReplicates, replicatesSql } from '#core/experiment/evidence/replicates.ts';
import type { UnitMetric, UnitTable } from '#core/experiment/evidence/unit-table.ts';
import { incrementalCash, methodInGroups } from '#core/experiment/money.ts';
import { shown } from '#core/experiment/results/parts/effects.ts';
import { methods } from '#core/experiment/results/words/methods.ts';
import type { Dialect } from '#core/sql/dialects/dialect.ts';
import type { Text } from '#core/text/text.ts';
import type { Session } from '../../../engine/engine.ts';
import type { WantedColumn } from '../columns.ts';
import { maturedUnits, readCells, unitTable } from '../units.ts';

const draws = 200;
/** With more people in all than this, random groups of them are drawn, so many an arm. */
const mostDrawn = 60_000;
const groups = 2000;

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

interface Currency {
  currency: string;
  cap: number | null;
  metrics: Record<'raw' | 'capped', UnitMetric>;
  /** null: nothing is known of what messages cost. */
  cost: UnitMetric | null;
}

function currenciesOf({ columns, caps, design }: MoneyInput): Currency[] {
  const { horizonDays } = design.metric;
  const own = columns.filter((column) => column.horizonDays === horizonDays && column.currency !== null);
  return own
    .filter(({ metricId }) => metricId === 'cash')
    .map(({ id, currency }) => {
      const cost = own.find((one) => one.metricId === 'contact_cost' && one.currency === currency);
      const cap = caps.get(id)?.cap ?? null;
      return {
        currency: currency!,
        cap,
        metrics: {
          raw: { id: `raw ${currency}`, y: id },
          capped: { id: `capped ${currency}`, y: id, ...(cap === null ? {} : { cap }) },
        },
        cost: cost ? { id: `cost ${currency}`, y: cost.id } : null,
      };
    });
}

/**
 * Cash less cost per 1,000 people of each arm against control, in each currency, capped and as it was, with a bootstrap
 * drawn where the rows are, all currencies at once. Everybody matured by the day counts.
 */
export async function readMoney(
  session: Session,
  dialect: Dialect,
  input: MoneyInput,
): Promise<ExperimentResults['money']> {
  const { design, columns, caps, on, open, salt } = input;
  const relation = maturedUnits(dialect, { horizonDays: design.metric.horizonDays, on, open });
  const found = currenciesOf(input);
  if (found.length === 0) return [];
  const amounts = found.flatMap(({ metrics }) => [metrics.raw, metrics.capped]);
  const whole = { relation, stratum: null, cohort: null, covariates: [] };
  const drawn = unitTable(columns, caps, { ...whole, metrics: amounts });
  const costs = found.flatMap(({ cost }) => cost ?? []);
  const cells = unpackCells(await readCells(session, dialect, { ...drawn, metrics: [...amounts, ...costs] }));
  const inGroups = cells.reduce((sum, { units }) => sum + units, 0) > mostDrawn;
  const bootstrap = { unit: 'customer_id', salt, draws, groups: inGroups ? groups : null };
  const rows = await session.rows<EvidenceRow>(replicatesSql(dialect, drawn, bootstrap));
  const method = inGroups ? methodInGroups(methods.money, groups) : methods.money;
  return found.flatMap((one) => moneyOf(design, one, { cells, drawn, rows, method }));
}

function moneyOf(
  design: Design,
  { currency, cap, metrics, cost }: Currency,
  read: { cells: readonly EvidenceCell[]; drawn: UnitTable; rows: readonly EvidenceRow[]; method: Text },
): ExperimentResults['money'] {
  const { cells, drawn, rows, method } = read;
  const of = (arm: string) => {
    const replicates = ({ id }: UnitMetric) =>
      readReplicates(drawn, rows, { arm, metric: id }, momentsOf(cells, id, { arm }));
    const { n, sums } = momentsOf(cells, cost?.id ?? metrics.raw.id, { arm });
    return {
      raw: replicates(metrics.raw),
      capped: replicates(metrics.capped),
      costPerThousand: cost && n > 0 ? (1000 * sums[0]!) / n : 0,
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
        capped: shown(capped, method),
        raw: shown(raw, method),
        cap,
        costPerThousand: own.costPerThousand,
        controlCostPerThousand: control.costPerThousand,
      };
    });
}
