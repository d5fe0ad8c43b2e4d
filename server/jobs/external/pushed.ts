import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { PushedFormat } from '#core/contract/models/external.ts';
import { DomainError, type ErrorCode } from '#core/errors/domain-error.ts';
import { sourceOptions } from '#core/portfolio/recipe.ts';
import { ident, raw, type Sql, sql } from '#core/sql/sql.ts';
import type { Context } from '../../context.ts';
import type { Engine } from '../../engine/engine.ts';
import { brokenName, dropStaging, openStaging, rawName, stagingOf } from '../../store/loading/staging.ts';
import { uploadsFolder } from '../../store/loading/uploads.ts';
import { scratchOf, sourceNamed } from '../loading/request.ts';

/** A body that was received, and the job that reads it. */
export interface Pushed {
  jobId: string;
  /** Its name among the uploads. */
  file: string;
  format: PushedFormat;
}

const pushedName = (jobId: string): string => `${stagingOf(jobId)}pushed`;
const askedName = (jobId: string): string => `${stagingOf(jobId)}asked`;

/**
 * Lays pushed rows beside the rows that are asked for, in private tables: every row pushed is one of those asked for,
 * once, with a probability, and every one that `required` holds of is there.
 *
 * @param asked rows with account_id and as_of
 * @param asOf the date of every row where the body has none
 * @param required condition on `a.as_of`
 * @returns relation (account_id, as_of, probability) of the rows asked for, null where none came
 * @throws pushed_column_missing, pushed_unreadable, pushed_value, pushed_date, pushed_twice, pushed_unknown,
 *   pushed_missing, and what the kind of source says of the file
 */
export async function layPushed(
  context: Context,
  pushed: Pushed,
  asked: Sql,
  { asOf, required }: { asOf: string | null; required: Sql },
): Promise<Sql> {
  const { engine } = context;
  const staging = stagingOf(pushed.jobId);
  await openStaging(engine, staging);
  await readBody(context, pushed, asOf);
  const table = ident(pushedName(pushed.jobId));
  const wanted = ident(askedName(pushed.jobId));
  await engine.run(sql`CREATE TABLE ${wanted} AS ${asked}`);
  const refuse = refuser(engine);
  await refuse(
    'pushed_date',
    sql`SELECT account_id AS account, coalesce(given_date, '') AS value FROM ${table} WHERE as_of IS NULL`,
  );
  await refuse(
    'pushed_value',
    sql`SELECT account_id AS account, coalesce(given, '') AS value FROM ${table} WHERE probability IS NULL OR NOT probability BETWEEN 0 AND 1`,
  );
  await refuse(
    'pushed_twice',
    sql`SELECT account_id AS account, CAST(as_of AS VARCHAR) AS "asOf", CAST(count(*) AS BIGINT) AS times FROM ${table} GROUP BY account_id, as_of HAVING count(*) > 1`,
  );
  await refuse(
    'pushed_unknown',
    sql`SELECT p.account_id AS account, CAST(p.as_of AS VARCHAR) AS "asOf" FROM ${table} p ANTI JOIN ${wanted} a ON a.account_id = p.account_id AND a.as_of = p.as_of`,
  );
  const total = await engine.first<{ n: number }>(
    sql`SELECT CAST(count(*) AS BIGINT) AS n FROM ${wanted} a WHERE ${required}`,
  );
  await refuse(
    'pushed_missing',
    sql`SELECT a.account_id AS account, CAST(a.as_of AS VARCHAR) AS "asOf" FROM ${wanted} a ANTI JOIN ${table} p ON a.account_id = p.account_id AND a.as_of = p.as_of WHERE ${required}`,
    { total: total?.n ?? 0 },
  );
  return sql`(SELECT a.account_id, a.as_of, p.probability FROM ${wanted} a LEFT JOIN ${table} p ON p.account_id = a.account_id AND p.as_of = a.as_of)`;
}

/** Fails where a statement finds rows, quoting the first and how many there are. */
const refuser =
  (engine: Engine) =>
  async (code: ErrorCode, wrong: Sql, more: Record<string, number> = {}): Promise<void> => {
    const first = await engine.first<Record<string, string | number>>(
      sql`SELECT *, CAST(count(*) OVER () AS BIGINT) AS n FROM (${wrong}) w ORDER BY account LIMIT 1`,
    );
    if (first) throw new DomainError(code, { ...first, ...more });
  };

async function readBody(
  context: Context,
  { jobId, file, format }: Pushed,
  asOf: string | null,
): Promise<void> {
  const { engine } = context;
  const staging = stagingOf(jobId);
  const source = sourceNamed(context, format);
  const options = sourceOptions.parse({});
  const scratch = scratchOf(context, jobId);
  const path = join(uploadsFolder(context), file);
  const inspection = await source.inspect({ engine, path, name: file, options, scratch, onBytes: () => {} });
  const { relation, columns } = await engine.transaction((session) =>
    source.open({
      session,
      inspection,
      options,
      stagingTable: rawName(staging, 0),
      brokenTable: brokenName(staging),
      scratch,
    }),
  );
  const broken = await engine.first<{ line: number; value: string }>(
    sql`SELECT line, coalesce(value, '') AS value FROM ${ident(brokenName(staging))} ORDER BY line LIMIT 1`,
  );
  if (broken) throw new DomainError('pushed_unreadable', broken);
  const names = [...columns.keys()];
  for (const column of ['account_id', 'probability', ...(asOf === null ? ['as_of'] : [])])
    if (!columns.has(column))
      throw new DomainError('pushed_column_missing', { column, columns: names.join(', ') });
  const date = asOf === null ? raw('as_of') : sql`${asOf}`;
  await engine.run(sql`CREATE TABLE ${ident(pushedName(jobId))} AS SELECT
    coalesce(CAST(account_id AS VARCHAR), '') AS account_id, TRY_CAST(${date} AS DATE) AS as_of,
    TRY_CAST(probability AS DOUBLE) AS probability, CAST(probability AS VARCHAR) AS given, CAST(${date} AS VARCHAR) AS given_date
    FROM ${relation}`);
}

/** Removes the private tables, what reading left and the body itself. */
export async function removePushed(context: Context, jobId: string, file: string): Promise<void> {
  await dropStaging(context.engine, stagingOf(jobId));
  await rm(scratchOf(context, jobId), { recursive: true, force: true });
  await rm(join(uploadsFolder(context), file), { force: true });
}
