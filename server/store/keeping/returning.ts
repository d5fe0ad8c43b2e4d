import type { Load } from '#core/contract/portfolio/loads.ts';
import type { Table } from '#core/portfolio/column.ts';
import { rowsAFile } from '#core/portfolio/map.ts';
import { tables } from '#core/portfolio/tables.ts';
import { any, ident, list, literal, raw, type Sql, sql } from '#core/sql/sql.ts';
import type { Context } from '../../context.ts';
import type { Session } from '../../engine/engine.ts';
import { anySuppressed, hashOf, type SuppressedKind, suppress, suppressionKey } from './suppression.ts';

interface Known {
  id: string;
  token: string;
}

/** Identifiers of a load that the ledger knows, with the name each was forgotten under. */
async function knownIn(
  session: Session,
  key: string,
  kind: SuppressedKind,
  loadId: number,
): Promise<Known[]> {
  const column = kind === 'customer' ? 'customer_id' : 'account_id';
  const parts = tables
    .filter((table) => column in table.columns)
    .map(
      (table) =>
        sql`SELECT ${ident(column)} AS id FROM ${ident(table.name)} WHERE load_id = ${raw(String(loadId))}`,
    );
  const datasets = await session.rows<{ table_name: string }>(
    sql`SELECT table_name FROM information_schema.columns WHERE starts_with(table_name, ${`dataset_${loadId}_`}) AND column_name = ${column} ORDER BY table_name`,
  );
  for (const { table_name: name } of datasets)
    parts.push(sql`SELECT CAST(${ident(column)} AS VARCHAR) AS id FROM ${ident(name)}`);
  const ids = parts.reduce((all, part) => sql`${all} UNION ${part}`);
  return session.rows<Known>(sql`SELECT d.id, s.token FROM (${ids}) d
    JOIN suppressed s ON s.kind = ${kind} AND s.id_hash = ${hashOf(key, kind, sql`d.id`)} ORDER BY d.id`);
}

/** Accounts that a load gives to forgotten people: known from now on, as their later rows name nobody else. */
async function accountsOf(
  session: Session,
  key: string,
  people: readonly Known[],
  loadId: number,
  since: string,
): Promise<void> {
  for (const token of new Set(people.map((one) => one.token))) {
    const theirs = people.filter((one) => one.token === token).map(({ id }) => id);
    const ids = sql`SELECT account_id FROM accounts WHERE load_id = ${raw(String(loadId))} AND customer_id IN ${list(theirs)}`;
    await suppress(session, key, { kind: 'account', ids, token, since });
  }
}

/** Rows of a table that are theirs; of rows that only name one of their accounts, that name goes. */
function theirs(table: Table, people: readonly string[], accounts: readonly string[]): Sql {
  return any([
    ...('customer_id' in table.columns ? [sql`customer_id IN ${list(people)}`] : []),
    ...(table.columns.account_id?.required ? [sql`account_id IN ${list(accounts)}`] : []),
  ]);
}

async function dropFrom(
  session: Session,
  table: Table,
  load: { id: number; files: readonly string[] },
  known: { people: string[]; accounts: string[] },
): Promise<number> {
  const name = ident(table.name);
  const loaded = sql`load_id = ${raw(String(load.id))}`;
  const when = theirs(table, known.people, known.accounts);
  const file = load.files.reduceRight(
    (rest, fileName, i) =>
      sql`CASE WHEN (source_row - 1) // ${raw(String(rowsAFile))} = ${raw(String(i))} THEN ${literal(fileName)} ELSE ${rest} END`,
    raw("''"),
  );
  const dropped = await session.run(
    sql`INSERT INTO rejects SELECT ${raw(String(load.id))}, ${file}, (source_row - 1) % ${raw(String(rowsAFile))} + 1, NULL, ${literal(table.name)}, NULL, NULL, 'reject_forgotten'
      FROM ${name} WHERE ${loaded} AND (${when}) ORDER BY source_row`,
  );
  if (dropped > 0) await session.run(sql`DELETE FROM ${name} WHERE ${loaded} AND (${when})`);
  if (table.columns.account_id && !table.columns.account_id.required)
    await session.run(
      sql`UPDATE ${name} SET account_id = NULL WHERE ${loaded} AND account_id IN ${list(known.accounts)}`,
    );
  return dropped;
}

/** Rows of a loaded dataset that name a forgotten person in a column of people or accounts. */
async function dropFromDatasets(
  session: Session,
  loadId: number,
  known: { people: string[]; accounts: string[] },
): Promise<number> {
  const columns = await session.rows<{ table_name: string; column_name: string }>(
    sql`SELECT table_name, column_name FROM information_schema.columns WHERE starts_with(table_name, ${`dataset_${loadId}_`})
      AND column_name IN ('customer_id', 'account_id') ORDER BY table_name, column_name`,
  );
  let dropped = 0;
  for (const { table_name: table, column_name: column } of columns)
    dropped += await session.run(
      sql`DELETE FROM ${ident(table)} WHERE CAST(${ident(column)} AS VARCHAR) IN ${list(column === 'customer_id' ? known.people : known.accounts)}`,
    );
  return dropped;
}

/**
 * Takes the rows of forgotten people out of a load, in the transaction that publishes it: they become rejects without
 * values, and the figures of the load are those of what stays. Call once the rows and the load itself are written.
 * Costs nothing where nobody was forgotten.
 *
 * @returns rows dropped
 * @throws suppression_key_lost
 */
export async function dropForgotten(context: Context, session: Session, loadId: number): Promise<number> {
  if (!(await anySuppressed(session))) return 0;
  const key = await suppressionKey(context, session);
  const people = await knownIn(session, key, 'customer', loadId);
  const since = context.now().toISOString().replace('Z', '');
  await accountsOf(session, key, people, loadId, since);
  const accounts = await knownIn(session, key, 'account', loadId);
  if (!people.length && !accounts.length) return 0;
  const row = await session.first<{ files: string; tables: string }>(
    sql`SELECT files, tables FROM loads WHERE load_id = ${loadId}`,
  );
  const files = (JSON.parse(row?.files ?? '[]') as Load['files']).map(({ name }) => name);
  const counts = JSON.parse(row?.tables ?? '[]') as Load['tables'];
  const known = { people: people.map(({ id }) => id), accounts: accounts.map(({ id }) => id) };
  let dropped = await dropFromDatasets(session, loadId, known);
  for (const table of tables) {
    const gone = await dropFrom(session, table, { id: loadId, files }, known);
    const count = counts.find((one) => one.table === table.name);
    if (count) count.rows -= gone;
    dropped += gone;
  }
  await session.run(
    sql`UPDATE loads SET tables = ${JSON.stringify(counts)}, rejected = rejected + ${dropped} WHERE load_id = ${loadId}`,
  );
  return dropped;
}
