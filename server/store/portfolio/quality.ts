import type { Output } from '#core/contract/endpoint.ts';
import { contract } from '#core/contract/index.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import { isRowsProbe, mayShow, sampleOf } from '#core/portfolio/quality/rows-probe.ts';
import { tableNamed } from '#core/portfolio/tables.ts';
import { showSql } from '#core/sql/show.ts';
import { raw, sql } from '#core/sql/sql.ts';
import type { Context } from '../../context.ts';
import type { Session } from '../../engine/engine.ts';
import { checksOf, scopeOf } from './quality-scope.ts';

type Portfolio = typeof contract.portfolio;
export type QualityReport = Output<Portfolio['quality']>;
type Entry = Output<Portfolio['qualityHistory']>['reports'][number];

export async function saveQuality(
  session: Session,
  entry: { id: string; dataVersion: string; report: QualityReport; at: string; by: string },
): Promise<void> {
  await session.run(
    sql`INSERT INTO quality_reports VALUES (${entry.id}, ${entry.dataVersion}, ${JSON.stringify(entry.report)}, ${entry.at}, ${entry.by})`,
  );
}

const about = (load: number | null) =>
  load === null
    ? raw(`report ->> '$.load' IS NULL`)
    : raw(`CAST(report ->> '$.load' AS INTEGER) = ${Math.trunc(load)}`);

/** The latest report, of everything or of one load; undefined when there is none. */
export async function readQuality(
  session: Session,
  load: number | null = null,
): Promise<QualityReport | undefined> {
  const row = await session.first<{ report: string }>(
    sql`SELECT report FROM quality_reports WHERE ${about(load)} ORDER BY made_at DESC, report_id DESC LIMIT 1`,
  );
  return row && contract.portfolio.quality.response.parse(JSON.parse(row.report));
}

/** Loads that have a report of their own. */
export async function loadsReported(session: Session): Promise<Set<number>> {
  const rows = await session.rows<{ load: number }>(
    sql`SELECT DISTINCT CAST(report ->> '$.load' AS INTEGER) AS load FROM quality_reports WHERE report ->> '$.load' IS NOT NULL ORDER BY 1`,
  );
  return new Set(rows.map(({ load }) => load));
}

/** Verdicts, newest first. */
export async function readQualityHistory(session: Session, limit: number): Promise<Entry[]> {
  const figure = (name: string) => raw(`coalesce(CAST(report ->> '$.${name}' AS BIGINT), 0) AS ${name}`);
  return session.rows<Entry>(
    sql`SELECT report_id AS "reportId", CAST(report ->> '$.load' AS INTEGER) AS load, made_at AS "madeAt", by_principal AS "by",
  report ->> '$.verdict' AS verdict, ${figure('serious')}, ${figure('remarks')}, ${figure('rows')}
FROM quality_reports ORDER BY made_at DESC, report_id DESC LIMIT ${limit}`,
  );
}

interface Asked {
  check: string;
  table: string;
  column?: string | undefined;
  load?: number | undefined;
  limit: number;
}

/**
 * Some of the rows that break a check, as they are now: identifiers, and the value where it is not personal.
 *
 * @throws missing_step, not_found
 */
export async function readQualityRows(
  context: Context,
  asked: Asked,
): Promise<Output<Portfolio['qualityRows']>> {
  const report = await readQuality(context.engine, asked.load ?? null);
  if (!report) throw new DomainError('missing_step', { step: 'profile' });
  const scope = await scopeOf(context, report);
  const check = checksOf(context).find(([id]) => id === asked.check)?.[1];
  const probe = check
    ?.probes(scope)
    .filter(isRowsProbe)
    .find(({ table, column }) => table === asked.table && column === (asked.column ?? null));
  const keys = tableNamed(asked.table)?.key;
  if (!probe || !keys) {
    const id = [asked.check, asked.table, asked.column].filter(Boolean).join(' · ');
    throw new DomainError('not_found', { kind: 'check', id });
  }
  const statement = sampleOf(scope, probe, asked.limit);
  const value = mayShow(probe) ? probe.column : null;
  const rows = await context.engine.rows<Record<string, string | null> & { load_id: number }>(statement);
  return {
    keys: [...keys],
    value,
    rows: rows.map((row) => ({
      key: keys.map((key) => row[key] ?? null),
      value: value === null ? null : (row[value] ?? null),
      load: row.load_id,
    })),
    sql: showSql(statement),
  };
}
