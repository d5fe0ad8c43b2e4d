import type { z } from 'zod';
import { sql } from '#core/sql/sql.ts';
import type { Session } from '../../engine/engine.ts';
import { currentDataVersion } from '../data-version.ts';

export type ReportKind = 'features' | 'explanation' | 'monitoring' | 'responders';

export interface KeptReport<Report> {
  report: Report;
  madeAt: string;
  dataVersion: string;
  /** Whether the data is still what it was made of. */
  current: boolean;
}

interface Row {
  subject: string;
  report: string;
  made_at: string;
  data_version: string;
}

/** Keeps a report in place of the one there was. */
export async function keepReport(
  session: Session,
  about: { kind: ReportKind; subject: string; dataVersion: string; madeAt: string; by: string },
  report: unknown,
): Promise<void> {
  await session.run(sql`INSERT OR REPLACE INTO model_reports (kind, subject, data_version, report, made_at, by_principal)
    VALUES (${about.kind}, ${about.subject}, ${about.dataVersion}, ${JSON.stringify(report)}, ${about.madeAt.replace('Z', '')}, ${about.by})`);
}

/** The newest report of a kind on each subject that has one, by subject. */
export async function readReports<Schema extends z.ZodType>(
  session: Session,
  kind: ReportKind,
  schema: Schema,
): Promise<Map<string, KeptReport<z.output<Schema>>>> {
  const rows = await session.rows<Row>(
    sql`SELECT subject, report, made_at, data_version FROM model_reports WHERE kind = ${kind} ORDER BY subject`,
  );
  const now = await currentDataVersion(session);
  return new Map(rows.map((row) => [row.subject, asReport(row, schema, now)]));
}

/** The newest report of a kind on a subject; null: none was made. */
export async function readReport<Schema extends z.ZodType>(
  session: Session,
  kind: ReportKind,
  subject: string,
  schema: Schema,
): Promise<KeptReport<z.output<Schema>> | null> {
  const row = await session.first<Row>(sql`SELECT subject, report, made_at, data_version FROM model_reports
    WHERE kind = ${kind} AND subject = ${subject}`);
  return row ? asReport(row, schema, await currentDataVersion(session)) : null;
}

const asReport = <Schema extends z.ZodType>(
  row: Row,
  schema: Schema,
  now: string | null,
): KeptReport<z.output<Schema>> => ({
  report: schema.parse(JSON.parse(row.report)),
  madeAt: row.made_at,
  dataVersion: row.data_version,
  current: row.data_version === now,
});
