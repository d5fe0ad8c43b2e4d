import type { Spell } from '#core/contract/experiments/lifecycle.ts';
import type { Design } from '#core/experiment/define.ts';
import { histogramSql, readHistograms } from '#core/experiment/evidence/histogram.ts';
import type { EvidenceRow } from '#core/experiment/evidence/moments.ts';
import type { UnitTable } from '#core/experiment/evidence/unit-table.ts';
import type { PackedGathered } from '#core/experiment/results/packed.ts';
import { segmentColumns } from '#core/experiment/units/baseline.ts';
import { unitMetric } from '#core/experiment/units/columns.ts';
import { showSql } from '#core/sql/show.ts';
import { raw } from '#core/sql/sql.ts';
import type { Context } from '../../../context.ts';
import type { Session } from '../../../engine/engine.ts';
import { type WantedColumn, wantedColumns } from '../columns.ts';
import {
  dropUnits,
  makeBaseline,
  makeUnits,
  maturedUnits,
  readCaps,
  readCells,
  type UnitsInput,
  unitTable,
} from '../units.ts';
import { readMoney } from './money.ts';

/** What is read from one row a person: counts and sums of all outcomes. */
export type UnitMoments = Pick<PackedGathered, 'cells' | 'columns' | 'histograms' | 'segments' | 'money'>;

export interface MomentsInput extends UnitsInput {
  /** Day of the last look done; null: none is, and what only a look shows is left out. */
  lookOn: string | null;
  /** No look is left. */
  ended: boolean;
  /** Days on which every arm was open. */
  open: readonly Spell[];
}

type Caps = Awaited<ReturnType<typeof readCaps>>;

/**
 * Reduces people to the sums that results are made of, on one connection: the only part of results whose work grows
 * with people.
 */
export const readMoments = ({ engine, registry }: Context, input: MomentsInput): Promise<UnitMoments> =>
  engine.connected(async (session) => {
    const { dialect } = engine;
    const { design, asOf, lookOn, ended, open, experimentId } = input;
    try {
      const currencies = await makeBaseline(session, dialect, input);
      const columns = wantedColumns(design, registry.metrics, currencies);
      await makeUnits(session, dialect, input, columns);
      const caps = await readCaps(session, dialect, columns);
      const table = unitTable(columns, caps);
      const cells = await readCells(session, dialect, table);
      const first = { cells, columns: describe(columns, caps, { dialect, asOf }) };
      if (lookOn === null) return { ...first, histograms: new Map(), segments: [], money: [] };
      const read = { session, dialect, table, columns };
      return {
        ...first,
        histograms: await readMedians(read, { on: ended ? asOf : lookOn, open }),
        segments: ended ? await readSegments(read, design) : [],
        money: await readMoney(session, dialect, {
          design,
          columns,
          caps,
          on: lookOn,
          open,
          salt: experimentId,
        }),
      };
    } finally {
      await dropUnits(session);
    }
  });

interface Read {
  session: Session;
  dialect: Context['engine']['dialect'];
  table: UnitTable;
  columns: readonly WantedColumn[];
}

const describe = (
  columns: readonly WantedColumn[],
  caps: Caps,
  { dialect, asOf }: Pick<Read, 'dialect'> & { asOf: string },
): UnitMoments['columns'] =>
  columns.flatMap(({ role, metric, ...column }) => {
    if (role === 'money') return [];
    const capped = caps.get(column.id);
    const people = raw('SELECT customer_id, entered_on FROM assignments');
    const statement = metric.outcomes(dialect, { people, horizonDays: column.horizonDays, asOf });
    return {
      ...column,
      role,
      cap: capped?.cap ?? null,
      cappedShare: capped?.share ?? {},
      sql: showSql(statement),
    };
  });

async function readMedians(
  { session, dialect, table, columns }: Read,
  { on, open }: { on: string; open: readonly Spell[] },
): Promise<UnitMoments['histograms']> {
  const found: Map<string, ReturnType<typeof readHistograms>> = new Map();
  for (const column of columns.filter(({ metric }) => metric.kind === 'quantile')) {
    const relation = maturedUnits(dialect, { horizonDays: column.horizonDays, on, open });
    const statement = histogramSql(dialect, { ...table, relation }, unitMetric(column), 0.5);
    found.set(column.id, readHistograms(await session.rows<EvidenceRow>(statement)));
  }
  return found;
}

async function readSegments(
  { session, dialect, table, columns }: Read,
  design: Design,
): Promise<UnitMoments['segments']> {
  const primary = columns.find(({ role }) => role === 'primary');
  const metrics = table.metrics.filter(({ id }) => id === primary?.id);
  const found: UnitMoments['segments'][number][] = [];
  for (const column of segmentColumns)
    found.push({
      column,
      declared: design.segments.includes(column),
      cells: await readCells(session, dialect, { ...table, metrics, covariates: [], stratum: column }),
    });
  return found;
}
