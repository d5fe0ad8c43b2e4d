import type { Experiment, Sizing } from '#core/contract/experiments/experiments.ts';
import type { ExperimentStatus } from '#core/contract/experiments/lifecycle.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import { plannedCounts } from '#core/experiment/assigning/assign.ts';
import type { BalanceRow } from '#core/experiment/assigning/balance.ts';
import type { Design } from '#core/experiment/define.ts';
import { sampleRatio } from '#core/experiment/monitoring/sample-ratio.ts';
import { storedDesign, storedSizing } from '#core/experiment/stored.ts';
import { sql } from '#core/sql/sql.ts';
import type { Session } from '../../engine/engine.ts';
import { hasLeft } from '../delivery/exports.ts';

export type ExperimentState = Experiment['state'];

export interface DesignRecord {
  id: string;
  state: ExperimentState;
  status: ExperimentStatus;
  planVersion: number;
  /** Day on which the first people enter. */
  startsOn: string | null;
  design: Design;
  sizing: Sizing;
  texts: Experiment['texts'];
  planHash: string | null;
  asOf: string;
  dataVersion: string;
  balance: BalanceRow[];
  createdAt: string;
  by: string;
}

interface DesignRow {
  experiment_id: string;
  state: ExperimentState;
  status: ExperimentStatus | null;
  plan_version: number | null;
  starts_on: string | null;
  design: string;
  sizing: string;
  texts: string;
  plan_hash: string | null;
  as_of: string;
  data_version: string;
  balance: string | null;
  created_at: string;
  by_principal: string;
}

const asRecord = (row: DesignRow): DesignRecord => ({
  id: row.experiment_id,
  state: row.state,
  status: row.status ?? (row.state === 'draft' ? 'draft' : 'running'),
  planVersion: row.plan_version ?? 1,
  startsOn: row.starts_on,
  design: storedDesign(row.design),
  sizing: storedSizing(row.sizing),
  texts: JSON.parse(row.texts) as Experiment['texts'],
  planHash: row.plan_hash,
  asOf: row.as_of,
  dataVersion: row.data_version,
  balance: row.balance === null ? [] : (JSON.parse(row.balance) as BalanceRow[]),
  createdAt: row.created_at,
  by: row.by_principal,
});

/** @throws not_found */
export async function readDesign(session: Session, id: string): Promise<DesignRecord> {
  const row = await session.first<DesignRow>(sql`SELECT * FROM designs WHERE experiment_id = ${id}`);
  if (!row) throw new DomainError('not_found', { kind: 'experiment', id });
  return asRecord(row);
}

export async function readDesigns(session: Session): Promise<DesignRecord[]> {
  const rows = await session.rows<DesignRow>(
    sql`SELECT * FROM designs ORDER BY created_at DESC, experiment_id DESC`,
  );
  return rows.map(asRecord);
}

export async function insertDesign(session: Session, record: DesignRecord): Promise<void> {
  await session.run(sql`INSERT INTO designs (experiment_id, state, design, sizing, texts, plan_hash, as_of, data_version, balance, created_at, by_principal, status, plan_version)
    VALUES (${record.id}, ${record.state}, ${JSON.stringify(record.design)},
    ${JSON.stringify(record.sizing)}, ${JSON.stringify(record.texts)}, ${record.planHash}, CAST(${record.asOf} AS DATE),
    ${record.dataVersion}, NULL, ${record.createdAt.replace('Z', '')}, ${record.by}, ${record.status}, ${record.planVersion})`);
}

export async function savePlanHash(session: Session, id: string, planHash: string): Promise<void> {
  await session.run(
    sql`UPDATE designs SET plan_hash = ${planHash} WHERE experiment_id = ${id} AND state = 'draft'`,
  );
}

export async function saveBalance(
  session: Session,
  id: string,
  balance: readonly BalanceRow[],
): Promise<void> {
  await session.run(sql`UPDATE designs SET balance = ${JSON.stringify(balance)} WHERE experiment_id = ${id}`);
}

/** Moves a design on from draft; false when it was not a draft any more. */
export async function markAssigned(session: Session, id: string, startsOn: string): Promise<boolean> {
  const changed = await session.run(
    sql`UPDATE designs SET state = 'assigned', status = 'running', plan_version = 1, starts_on = CAST(${startsOn} AS DATE) WHERE experiment_id = ${id} AND state = 'draft'`,
  );
  return changed === 1;
}

type Stage = Experiment['lost'][number]['stage'];

/** People of each arm still there at each stage the experiment has come to. */
async function stageCounts(
  session: Session,
  id: string,
): Promise<{ stage: Stage; arm: string; n: number }[]> {
  return session.rows(sql`
    SELECT 'assigned' AS stage, arm, CAST(count(*) AS BIGINT) AS n FROM assignments
      WHERE experiment_id = ${id} GROUP BY arm
    UNION ALL
    SELECT 'cleared', a.arm, CAST(count(DISTINCT c.assignment_id) AS BIGINT)
      FROM (SELECT DISTINCT arm FROM assignments WHERE experiment_id = ${id}) a
      JOIN (SELECT DISTINCT experiment_id FROM batches WHERE experiment_id = ${id} AND state <> 'released') b ON true
      LEFT JOIN contact_checks c ON c.experiment_id = ${id} AND c.arm = a.arm AND c.state <> 'released'
      GROUP BY a.arm
    UNION ALL
    SELECT 'exported', a.arm, CAST(count(DISTINCT e.assignment_id) AS BIGINT)
      FROM (SELECT DISTINCT arm FROM assignments WHERE experiment_id = ${id}) a
      JOIN (SELECT DISTINCT experiment_id FROM export_runs WHERE experiment_id = ${id} AND state = 'done') r ON true
      LEFT JOIN (
        SELECT x.assignment_id, x.arm FROM export_rows x JOIN export_runs y ON y.export_id = x.export_id
        WHERE y.experiment_id = ${id} AND ${hasLeft(sql`x.state`)}
      ) e ON e.arm = a.arm
      GROUP BY a.arm
    ORDER BY 1, 2`);
}

const stages: readonly Stage[] = ['assigned', 'cleared', 'exported'];

/** An experiment as people see it: planned and assigned people, and who was lost on the way. */
export async function describeExperiment(session: Session, record: DesignRecord): Promise<Experiment> {
  const counted = await stageCounts(session, record.id);
  const { arms } = record.design;
  const of = (stage: Stage, arm: string) =>
    counted.find((row) => row.stage === stage && row.arm === arm)?.n ?? 0;
  const people = arms.reduce((sum, arm) => sum + of('assigned', arm.name), 0);
  const planned =
    people > 0 && record.planHash
      ? plannedCounts(people, { salt: record.planHash, arms })
      : new Map(record.sizing.perArm.map(({ name, n }) => [name, n]));
  return {
    ...record,
    arms: arms.map(({ name }) => ({ name, planned: planned.get(name) ?? 0, assigned: of('assigned', name) })),
    lost: stages
      .filter((stage) => counted.some((row) => row.stage === stage))
      .map((stage) => ({
        stage,
        counts: arms.map(({ name }) => ({ arm: name, n: of(stage, name) })),
        pValue: sampleRatio(
          arms.map(({ name }) => of(stage, name)),
          arms.map(({ weight }) => weight),
        ).pValue,
      })),
  };
}
