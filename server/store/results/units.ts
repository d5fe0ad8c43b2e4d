import type { Spell } from '#core/contract/experiments/lifecycle.ts';
import type { Design } from '#core/experiment/define.ts';
import { covariateCentres, readCentres } from '#core/experiment/evidence/columns.ts';
import { momentsSql } from '#core/experiment/evidence/moments-sql.ts';
import { type PackedCells, packCells } from '#core/experiment/evidence/packed.ts';
import type { UnitTable } from '#core/experiment/evidence/unit-table.ts';
import { withoutContaminated } from '#core/experiment/monitoring/contamination.ts';
import { withinSpells } from '#core/experiment/spells.ts';
import { baselineSql, covariates } from '#core/experiment/units/baseline.ts';
import { clearingOf, reachedId, unitMetric, unitsSql } from '#core/experiment/units/columns.ts';
import type { ScoreSource } from '#core/segment/facts.ts';
import type { Dialect } from '#core/sql/dialects/dialect.ts';
import { ident, raw, type Sql, sql } from '#core/sql/sql.ts';
import type { Session } from '../../engine/engine.ts';
import type { WantedColumn } from './columns.ts';

const [baselineTable, clearedTable, unitsTable] = [
  'experiment_baseline',
  'experiment_cleared',
  'experiment_units',
];
export const units: Sql = sql`SELECT * FROM ${ident(unitsTable)}`;

export interface UnitsInput {
  experimentId: string;
  design: Design;
  asOf: string;
  score: ScoreSource | null;
}

/** People who had entered by a day, each once: those found in two arms are left out. */
export const enteredPeople = ({ experimentId, asOf }: Pick<UnitsInput, 'experimentId' | 'asOf'>): Sql =>
  withoutContaminated({
    relation: sql`SELECT customer_id, arm, stratum, entered_on FROM assignments
      WHERE experiment_id = ${experimentId} AND entered_on <= CAST(${asOf} AS DATE)`,
    unit: 'customer_id',
    arm: 'arm',
  });

/** Who they were on the day they entered, on this connection until it is dropped; gives their currencies, most people first. */
export async function makeBaseline(session: Session, dialect: Dialect, input: UnitsInput): Promise<string[]> {
  await dropUnits(session);
  const { score } = input;
  const scores = score
    ? sql`SELECT account_id, score FROM scores WHERE version_id = ${score.versionId} AND as_of = CAST(${score.asOf} AS DATE)`
    : null;
  const statement = baselineSql(dialect, { assigned: enteredPeople(input), scores });
  await session.run(sql`CREATE TEMP TABLE ${ident(baselineTable)} AS ${statement}`);
  const rows = await session.rows<{ currency: string }>(
    sql`SELECT currency FROM ${ident(baselineTable)} WHERE currency IS NOT NULL GROUP BY currency ORDER BY count(*) DESC, currency`,
  );
  return rows.map(({ currency }) => currency);
}

/** One row a person with every outcome, on this connection. */
export async function makeUnits(
  session: Session,
  dialect: Dialect,
  { experimentId, design, asOf }: UnitsInput,
  columns: readonly WantedColumn[],
): Promise<void> {
  const baseline = ident(baselineTable);
  const input = { baseline, columns, asOf, experimentId, primaryDays: design.metric.horizonDays };
  const clearing = clearingOf(dialect, input);
  const cleared = ident(clearedTable);
  if (clearing) await session.run(sql`CREATE TEMP TABLE ${cleared} AS ${clearing}`);
  const statement = unitsSql(dialect, { ...input, ...(clearing && { cleared }) });
  await session.run(sql`CREATE TEMP TABLE ${ident(unitsTable)} AS ${statement}`);
}

export async function dropUnits(session: Session): Promise<void> {
  for (const table of [unitsTable, clearedTable, baselineTable])
    await session.run(sql`DROP TABLE IF EXISTS ${ident(table)}`);
}

/** The value above which amounts are capped, by column: a quantile of everybody's; none where it would be 0. */
export async function readCaps(
  session: Session,
  dialect: Dialect,
  columns: readonly WantedColumn[],
): Promise<Map<string, { cap: number; share: Record<string, number> }>> {
  const caps = new Map<string, { cap: number; share: Record<string, number> }>();
  const amounts = columns.filter(({ metric }) => metric.capAt !== null);
  for (const { id, metric } of amounts) {
    const found = await session.first<{ cap: number | null }>(
      sql`SELECT ${dialect.quantile(ident(id), metric.capAt!)} AS cap FROM (${units}) u`,
    );
    if (!found?.cap || found.cap <= 0) continue;
    const rows = await session.rows<{ arm: string; share: number }>(
      sql`SELECT arm, avg(CASE WHEN ${ident(id)} > ${found.cap} THEN 1.0 ELSE 0.0 END) AS share
        FROM (${units}) u WHERE ${ident(id)} IS NOT NULL GROUP BY arm ORDER BY arm`,
    );
    caps.set(id, { cap: found.cap, share: Object.fromEntries(rows.map(({ arm, share }) => [arm, share])) });
  }
  return caps;
}

/** The units as a table that evidence is read from: strata and days of entering as the design drew them. */
export function unitTable(
  columns: readonly WantedColumn[],
  caps: ReadonlyMap<string, { cap: number }>,
  given: Partial<UnitTable> = {},
): UnitTable {
  const primary = columns.find(({ role }) => role === 'primary')!;
  return {
    relation: units,
    arm: 'arm',
    metrics: [
      ...columns
        .filter(({ metric }) => metric.kind !== 'quantile')
        .map((column) => unitMetric(column, caps.get(column.id)?.cap)),
      { id: reachedId, y: primary.id, d: 'reached' },
    ],
    covariates,
    stratum: 'stratum',
    cohort: 'entered_on',
    cluster: null,
    ...given,
  };
}

/** Sums of every column by arm, stratum and day of entering. */
export async function readCells(session: Session, dialect: Dialect, table: UnitTable): Promise<PackedCells> {
  const known = table.covariates.length > 0 ? await session.first(covariateCentres(dialect, table)) : {};
  const centred = { ...table, centres: readCentres(table, known ?? {}) };
  return packCells(centred, await session.columns(momentsSql(dialect, centred)));
}

/** The units whose window of so many days has closed by a day, of those who entered while every arm was open. */
export const maturedUnits = (
  dialect: Dialect,
  { horizonDays, on, open }: { horizonDays: number; on: string; open: readonly Spell[] },
): Sql =>
  sql`${units} WHERE ${dialect.addDays(raw('entered_on'), horizonDays)} <= ${dialect.date(on)}
    AND (${withinSpells(dialect, raw('entered_on'), open)})`;
