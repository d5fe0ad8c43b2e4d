import type { ForgetLine, ForgetReceiver, ForgetReport } from '#core/contract/portfolio/keeping.ts';
import { sql } from '#core/sql/sql.ts';
import type { Session } from '../../engine/engine.ts';

export interface Forgetting {
  forgetting_id: string;
  /** Null from the moment on at which everything has been erased. */
  customer_id: string | null;
  token: string;
  note: string;
  requested_at: string;
  by_principal: string;
  erased_at: string | null;
  report: string | null;
}

export async function insertForgetting(
  session: Session,
  given: { id: string; customerId: string; token: string; note: string; at: string; by: string },
): Promise<void> {
  await session.run(
    sql`INSERT INTO forgettings VALUES (${given.id}, ${given.customerId}, ${given.token}, ${given.note}, ${given.at}, ${given.by}, NULL, NULL)`,
  );
}

export const readForgetting = (session: Session, id: string): Promise<Forgetting | undefined> =>
  session.first<Forgetting>(sql`SELECT * FROM forgettings WHERE forgetting_id = ${id}`);

/** What is under way for a person: asked for and not yet erased. */
export const openForgetting = (session: Session, customerId: string): Promise<Forgetting | undefined> =>
  session.first<Forgetting>(
    sql`SELECT * FROM forgettings WHERE customer_id = ${customerId} ORDER BY forgetting_id LIMIT 1`,
  );

/** Takes back a request that came to nothing, with what it had noted of the person. */
export async function dropForgetting(session: Session, id: string): Promise<void> {
  await session.run(sql`DELETE FROM forget_marks WHERE forgetting_id = ${id}`);
  await session.run(
    sql`DELETE FROM forgettings WHERE forgetting_id = ${id} AND erased_at IS NULL AND report IS NULL`,
  );
}

interface Kept {
  lines: ForgetLine[];
  receivers: ForgetReceiver[];
  models: number;
  experiments: number;
}

export async function saveReport(session: Session, id: string, report: Kept): Promise<void> {
  await session.run(
    sql`UPDATE forgettings SET report = ${JSON.stringify(report)} WHERE forgetting_id = ${id}`,
  );
}

/** The end: the marks and the identifier itself go, the random name stays. */
export async function closeForgetting(session: Session, id: string, at: string): Promise<void> {
  await session.run(sql`DELETE FROM forget_marks WHERE forgetting_id = ${id}`);
  await session.run(
    sql`UPDATE forgettings SET customer_id = NULL, erased_at = ${at} WHERE forgetting_id = ${id}`,
  );
}

const asReport = (row: Forgetting): ForgetReport => ({
  id: row.forgetting_id,
  token: row.token,
  requestedAt: row.requested_at,
  erasedAt: row.erased_at,
  by: row.by_principal,
  ...{ lines: [], receivers: [], models: 0, experiments: 0 },
  ...(row.report ? (JSON.parse(row.report) as Kept) : {}),
});

/** What was done for each person forgotten, newest first. */
export async function readReports(session: Session): Promise<ForgetReport[]> {
  const rows = await session.rows<Forgetting>(
    sql`SELECT * FROM forgettings ORDER BY requested_at DESC, forgetting_id DESC`,
  );
  return rows.map(asReport);
}

export async function readReport(session: Session, id: string): Promise<ForgetReport | null> {
  const row = await readForgetting(session, id);
  return row ? asReport(row) : null;
}
