import type { Output } from '#core/contract/endpoint.ts';
import { contract } from '#core/contract/index.ts';
import { sql } from '#core/sql/sql.ts';
import type { Session } from '../engine/engine.ts';

export type QualityReport = Output<typeof contract.portfolio.quality>;

export async function saveQuality(
  session: Session,
  entry: { id: string; dataVersion: string; report: QualityReport; at: string; by: string },
): Promise<void> {
  await session.run(
    sql`INSERT INTO quality_reports VALUES (${entry.id}, ${entry.dataVersion}, ${JSON.stringify(entry.report)}, ${entry.at}, ${entry.by})`,
  );
}

/** The latest report, or undefined when data were never profiled. */
export async function readQuality(session: Session): Promise<QualityReport | undefined> {
  const row = await session.first<{ report: string }>(
    sql`SELECT report FROM quality_reports ORDER BY made_at DESC, report_id DESC LIMIT 1`,
  );
  return row && contract.portfolio.quality.response.parse(JSON.parse(row.report));
}
