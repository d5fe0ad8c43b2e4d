import type { z } from 'zod';
import { type RiskResult, type RiskRun, type riskAccount, riskResult } from '#core/contract/models/risk.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import { all, raw, type Sql, sql } from '#core/sql/sql.ts';
import type { Session } from '../../engine/engine.ts';
import { currentDataVersion } from '../data-version.ts';

type RiskAccount = z.output<typeof riskAccount>;

export interface LgdAssumption {
  id: string;
  product: string;
  lgd: number;
  lower: number | null;
  upper: number | null;
  source: string;
  sourceDate: string;
  name: string;
  note: string;
  at: string;
  by: string;
}

/** Adds what somebody confirmed; earlier ones of the product stay on record. */
export async function insertAssumption(session: Session, one: LgdAssumption): Promise<void> {
  await session.run(sql`INSERT INTO lgd_assumptions VALUES (${one.id}, ${one.product}, ${one.lgd}, ${one.lower}, ${one.upper},
    ${one.source}, CAST(${one.sourceDate} AS DATE), ${one.name}, ${one.note}, ${one.at}, ${one.by})`);
}

/** The newest assumption of each product that has one. */
export async function readAssumptions(session: Session): Promise<Map<string, LgdAssumption>> {
  const rows =
    await session.rows<LgdAssumption>(sql`SELECT assumption_id AS id, product_type AS product, lgd, lower, upper, source,
      source_date AS "sourceDate", name, note, confirmed_at AS at, by_principal AS by
    FROM lgd_assumptions ORDER BY confirmed_at, assumption_id`);
  return new Map(rows.map((row) => [row.product, row]));
}

export interface RiskRecord {
  id: string;
  versionId: string;
  asOf: string;
  result: RiskResult;
  dataVersion: string;
  at: string;
  by: string;
}

/** Stores a run with what each account is expected to lose in it; `rows` as `valueRows` gives them. */
export async function insertRun(session: Session, record: RiskRecord, rows: Sql): Promise<void> {
  await session.run(sql`DELETE FROM risk_values WHERE run_id = ${record.id}`);
  await session.run(sql`INSERT OR REPLACE INTO risk_runs VALUES (${record.id}, ${record.versionId}, CAST(${record.asOf} AS DATE),
    ${JSON.stringify(record.result.parameters)}, ${JSON.stringify(record.result)}, ${record.dataVersion}, ${record.at}, ${record.by})`);
  await session.run(sql`INSERT INTO risk_values SELECT ${record.id}, account_id, customer_id, currency, product_type, bucket, defaulted, pd, rho, ead, lgd, lgd_from, value
    FROM (${rows}) v WHERE defaulted OR pd IS NOT NULL`);
}

interface RunRow {
  run_id: string;
  version_id: string;
  as_of: string;
  result: string;
  data_version: string;
  made_at: string;
  by_principal: string;
}

/** A run by its id, or the newest; null where there is none yet. @throws not_found for an id nobody gave */
export async function readRun(session: Session, id: string): Promise<RiskRun | null> {
  const which = id === 'latest' ? raw('true') : sql`run_id = ${id}`;
  const row = await session.first<RunRow>(
    sql`SELECT * FROM risk_runs WHERE ${which} ORDER BY made_at DESC, run_id DESC LIMIT 1`,
  );
  if (!row) {
    if (id === 'latest') return null;
    throw new DomainError('not_found', { kind: 'value-at-risk run', id });
  }
  return {
    id: row.run_id,
    versionId: row.version_id,
    asOf: row.as_of,
    madeAt: row.made_at,
    by: row.by_principal,
    current: (await currentDataVersion(session)) === row.data_version,
    result: riskResult.parse(JSON.parse(row.result)),
  };
}

interface Page {
  currency: string;
  defaulted: 'yes' | 'no';
  product?: string | undefined;
  limit: number;
  offset: number;
}

/** Accounts of a run, most expected loss first; without their identifiers' beginnings where `masked`. */
export async function readRiskAccounts(
  session: Session,
  runId: string,
  page: Page,
  masked: boolean,
): Promise<{ accounts: RiskAccount[]; total: number }> {
  const where = all([
    sql`run_id = ${runId}`,
    sql`currency = ${page.currency}`,
    page.defaulted === 'yes' ? raw('defaulted') : raw('NOT defaulted'),
    ...(page.product === undefined ? [] : [sql`product_type = ${page.product}`]),
  ]);
  const counted = await session.first<{ n: number }>(
    sql`SELECT CAST(count(*) AS BIGINT) AS n FROM risk_values WHERE ${where}`,
  );
  const accounts =
    await session.rows<RiskAccount>(sql`SELECT account_id AS account, product_type AS product, bucket, defaulted, pd,
      CAST(ead AS VARCHAR) AS ead, lgd, CAST(value AS VARCHAR) AS value, currency
    FROM risk_values v WHERE ${where} ORDER BY v.value DESC NULLS LAST, v.ead DESC, v.account_id LIMIT ${page.limit} OFFSET ${page.offset}`);
  return {
    total: counted?.n ?? 0,
    accounts: masked ? accounts.map((row) => ({ ...row, account: maskId(row.account) })) : accounts,
  };
}

/** The last three characters, of identifiers long enough for that to say little. */
const maskId = (id: string): string => (id.length > 6 ? `…${id.slice(-3)}` : '…');

/** Every account of a run, for a file. */
export const runTable = (
  runId: string,
): Sql => sql`SELECT account_id, customer_id, currency, product_type, bucket, defaulted, pd, rho, ead, lgd, lgd_from, value
  FROM risk_values WHERE run_id = ${runId} ORDER BY currency, defaulted, value DESC NULLS LAST, account_id`;
