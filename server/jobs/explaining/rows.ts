import { DomainError } from '#core/errors/domain-error.ts';
import { buildFeatures, type NamedFamily } from '#core/sql/features.ts';
import { raw, type Sql, sql } from '#core/sql/sql.ts';
import type { Matrix, MatrixColumn } from '#models/matrix.ts';
import type { Context } from '../../context.ts';
import type { Engine } from '../../engine/engine.ts';
import { lastSnapshot } from '../../store/portfolio/facts.ts';

export interface AccountDate {
  accountId: string;
  customerId: string;
  asOf: string;
}

/** Rows of features, in the order of the statement, without a target. */
export async function readFeatureRows(
  engine: Engine,
  families: readonly NamedFamily[],
  statement: Sql,
): Promise<Matrix> {
  const { rows, columns } = await engine.columns(statement);
  const names = families.flatMap(({ family }) => family.columns.map(({ name }) => name));
  return {
    rows,
    columns: names.map((name): MatrixColumn => ({ name, ...columns.get(name)! })),
    groups: new Int32Array(rows),
    day: new Int32Array(rows),
  };
}

/** The features of some accounts on their dates, in their order, worked out as when they are scored. */
export function selectAccounts(
  { dialect }: Engine,
  families: readonly NamedFamily[],
  accounts: readonly AccountDate[],
): Sql {
  const asked = dialect.inline(
    [
      ['account_id', 'text'],
      ['customer_id', 'text'],
      ['as_of', 'date'],
      ['place', 'integer'],
    ],
    accounts.map(({ accountId, customerId, asOf }, place) => [accountId, customerId, asOf, place]),
  );
  return sql`WITH asked AS (SELECT * FROM ${asked} v), population AS (SELECT account_id, customer_id, as_of FROM asked)
SELECT f.* FROM (${buildFeatures(dialect, raw('population'), families)}) f
JOIN asked a ON a.account_id = f.account_id AND a.as_of = f.as_of ORDER BY a.place`;
}

/**
 * An account and the date it is explained on: the one asked for, that of its newest score by the version, or the last
 * snapshot; with the score it had then.
 *
 * @throws not_found
 */
export async function accountOn(
  { engine }: Context,
  versionId: string,
  accountId: string,
  asked: string | undefined,
): Promise<AccountDate & { score: number | null }> {
  const account = await engine.first<{ customer_id: string }>(
    sql`SELECT customer_id FROM current_accounts WHERE account_id = ${accountId} LIMIT 1`,
  );
  if (!account) throw new DomainError('not_found', { kind: 'account', id: accountId });
  const scored = await engine.first<{ as_of: string; score: number }>(sql`SELECT as_of, score FROM scores
    WHERE version_id = ${versionId} AND account_id = ${accountId}
      AND as_of = coalesce(CAST(${asked ?? null} AS DATE), as_of) ORDER BY as_of DESC LIMIT 1`);
  return {
    accountId,
    customerId: account.customer_id,
    asOf: asked ?? scored?.as_of ?? (await lastSnapshot(engine)),
    score: scored?.score ?? null,
  };
}
