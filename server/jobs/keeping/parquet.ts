import { rename, rm } from 'node:fs/promises';
import { any, ident, list, raw, type Sql, sql } from '#core/sql/sql.ts';
import { accountId, customerId } from '#data/generator/tables/shared.ts';
import type { Engine } from '../../engine/engine.ts';

const unfinished = (path: string): string => `${path}.unfinished`;

interface Described {
  column_name: string;
  column_type: string;
}

/** Rows of a table-like file that name a person: a text equal to one of their strings, or their number in the generator's own files. */
async function namesPerson(engine: Engine, relation: Sql, values: readonly string[]): Promise<Sql | null> {
  const columns = await engine.rows<Described>(sql`DESCRIBE SELECT * FROM ${relation}`);
  const numbered: Record<string, (number: Sql) => Sql> = { customer_no: customerId, account_no: accountId };
  const conditions = columns.flatMap(({ column_name: name, column_type: type }) => {
    if (type === 'VARCHAR') return [sql`${ident(name)} IN ${list(values)}`];
    const written = numbered[name];
    return written ? [sql`${written(ident(name))} IN ${list(values)}`] : [];
  });
  return conditions.length ? any(conditions) : null;
}

/** Rows of a Parquet file that name a person. */
export async function rowsInParquet(
  engine: Engine,
  path: string,
  values: readonly string[],
): Promise<number> {
  const relation = engine.dialect.parquetFile(path);
  const found = await namesPerson(engine, relation, values);
  if (!found) return 0;
  const row = await engine.first<{ n: number }>(
    sql`SELECT CAST(count(*) AS BIGINT) AS n FROM ${relation} WHERE ${found}`,
  );
  return row?.n ?? 0;
}

/** Writes a Parquet file again without the rows that name a person; the others keep their order. Gives how many went. */
export async function rewriteParquet(
  engine: Engine,
  path: string,
  values: readonly string[],
): Promise<number> {
  const gone = await rowsInParquet(engine, path, values);
  await rm(unfinished(path), { force: true });
  if (gone === 0) return 0;
  const { dialect } = engine;
  const found = await namesPerson(engine, dialect.parquetFile(path), values);
  const kept = sql`SELECT * FROM ${dialect.parquetFile(path)} WHERE NOT coalesce(${found ?? raw('false')}, false)`;
  await engine.run(dialect.writeParquet(kept, unfinished(path)));
  await rename(unfinished(path), path);
  return gone;
}

const csvFile = (path: string): Sql =>
  sql`read_csv(${path}, header = true, delim = ',', quote = '"', escape = '"', all_varchar = true, allow_quoted_nulls = false)`;

/** Rows of a CSV this program wrote that name a person. */
export async function rowsInCsv(engine: Engine, path: string, values: readonly string[]): Promise<number> {
  const found = await namesPerson(engine, csvFile(path), values);
  const row = await engine.first<{ n: number }>(
    sql`SELECT CAST(count(*) AS BIGINT) AS n FROM ${csvFile(path)} WHERE ${found ?? raw('false')}`,
  );
  return row?.n ?? 0;
}

/** The same for a CSV this program wrote: every value is text, an empty one in quotes stays one. */
export async function rewriteCsv(engine: Engine, path: string, values: readonly string[]): Promise<number> {
  const gone = await rowsInCsv(engine, path, values);
  await rm(unfinished(path), { force: true });
  if (gone === 0) return 0;
  const found = await namesPerson(engine, csvFile(path), values);
  const kept = sql`SELECT * FROM ${csvFile(path)} WHERE NOT coalesce(${found ?? raw('false')}, false)`;
  await engine.run(engine.dialect.writeCsv(kept, unfinished(path)));
  await rename(unfinished(path), path);
  return gone;
}
