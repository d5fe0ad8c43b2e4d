import type { Draw, WaveBalance } from '#core/contract/experiments/lifecycle.ts';
import { sql } from '#core/sql/sql.ts';
import type { Session } from '../../engine/engine.ts';

export interface StoredDraw extends Draw {
  balance: WaveBalance[];
  /** Salts that met the threshold, the one that stands first. */
  acceptedSalts: string[];
}

/** The draws of an experiment, the first population first. */
export async function readDraws(session: Session, experimentId: string): Promise<StoredDraw[]> {
  const rows = await session.rows<{ summary: string; balance: string; accepted_salts: string }>(
    sql`SELECT summary, balance, accepted_salts FROM draws WHERE experiment_id = ${experimentId} ORDER BY cohort, salt`,
  );
  return rows.map((row) => ({
    ...(JSON.parse(row.summary) as Draw),
    balance: JSON.parse(row.balance) as WaveBalance[],
    acceptedSalts: JSON.parse(row.accepted_salts) as string[],
  }));
}

export async function insertDraw(
  session: Session,
  experimentId: string,
  { balance, acceptedSalts, ...summary }: StoredDraw,
  at: string,
): Promise<void> {
  await session.run(sql`INSERT INTO draws (experiment_id, cohort, salt, plan_version, summary, balance, accepted_salts, made_at)
    VALUES (${experimentId}, CAST(${summary.cohort} AS DATE), ${summary.salt}, ${summary.planVersion}, ${JSON.stringify(summary)},
      ${JSON.stringify(balance)}, ${JSON.stringify(acceptedSalts)}, ${at.replace('Z', '')})`);
}
