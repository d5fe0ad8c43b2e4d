import type { PlanVersion } from '#core/contract/experiments/lifecycle.ts';
import type { Design } from '#core/experiment/define.ts';
import { storedDesign } from '#core/experiment/stored.ts';
import { sql } from '#core/sql/sql.ts';
import type { Session } from '../../engine/engine.ts';

export interface StoredVersion extends PlanVersion {
  design: Design;
}

/** Every version of a plan, the frozen one first. */
export async function readVersions(session: Session, experimentId: string): Promise<StoredVersion[]> {
  const rows = await session.rows<{
    version: number;
    design: string;
    plan_hash: string;
    made_at: string;
    by_principal: string;
    reason: string;
    changes: string;
  }>(sql`SELECT version, design, plan_hash, made_at, by_principal, reason, changes FROM experiment_plans
    WHERE experiment_id = ${experimentId} ORDER BY version`);
  return rows.map((row) => ({
    version: row.version,
    design: storedDesign(row.design),
    planHash: row.plan_hash,
    at: row.made_at,
    by: row.by_principal,
    reason: row.reason,
    changes: JSON.parse(row.changes) as PlanVersion['changes'],
  }));
}

export async function insertVersion(
  session: Session,
  experimentId: string,
  { version, design, planHash, at, by, reason, changes }: StoredVersion,
): Promise<void> {
  await session.run(sql`INSERT INTO experiment_plans (experiment_id, version, design, plan_hash, made_at, by_principal, reason, changes)
    VALUES (${experimentId}, ${version}, ${JSON.stringify(design)}, ${planHash}, ${at.replace('Z', '')}, ${by}, ${reason}, ${JSON.stringify(changes)})`);
}
