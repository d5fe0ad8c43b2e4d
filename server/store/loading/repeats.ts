import type { Table } from '#core/portfolio/column.ts';
import { rowsAFile } from '#core/portfolio/map.ts';
import { ident, join, literal, raw, type Sql, sql } from '#core/sql/sql.ts';
import type { Session } from '../../engine/engine.ts';
import { loadedRows, type Part } from './stage-rows.ts';
import { rejectsName, type Staging } from './staging.ts';

const keyOf = (table: Table): Sql => join(table.key.map((column) => ident(column)));
const sortedSample = 20_000;

type Order = readonly string[];

/**
 * Of some orders of the columns of a key, those in which every row stands above the one before it: then no key
 * repeats. One pass over the key's columns, where counting keys would hold all of them.
 */
async function ordersKept(
  session: Session,
  part: Part,
  orders: readonly Order[],
  limit: number | null,
): Promise<Order[]> {
  const { key } = part.table;
  const before = join(key.map((column, i) => sql`lag(${ident(column)}) OVER () AS ${raw(`before_${i}`)}`));
  const counts = orders.map((order, i) => {
    const above = order.reduceRight<Sql>((rest, column) => {
      const earlier = raw(`before_${key.indexOf(column)}`);
      return sql`(${ident(column)} > ${earlier} OR (${ident(column)} = ${earlier} AND ${rest}))`;
    }, raw('false'));
    return sql`CAST(count(CASE WHEN (${above}) IS NOT TRUE THEN 1 END) AS BIGINT) AS ${raw(`falls_${i}`)}`;
  });
  const few = limit === null ? raw('') : raw(` LIMIT ${limit}`);
  const falls = await session.first<Record<string, number>>(
    sql`SELECT ${join(counts)} FROM (SELECT ${keyOf(part.table)}, ${before} FROM (SELECT * FROM ${loadedRows(part)}${few}) AS r) AS b`,
  );
  // The first row has none before it.
  return orders.filter((_, i) => (falls?.[`falls_${i}`] ?? 2) <= 1);
}

/** Whether the first rows, and then all, come in an order of the columns of their key. */
async function inOrderOfKey(session: Session, part: Part): Promise<boolean> {
  const { key } = part.table;
  const orders = key.length > 1 ? [key, [...key].reverse()] : [key];
  const likely = await ordersKept(session, part, orders, sortedSample);
  return likely.length > 0 && (await ordersKept(session, part, likely, null)).length > 0;
}

/** Whether any key occurs more than once among the rows of a load. */
export async function hasRepeats(session: Session, part: Part): Promise<boolean> {
  if (part.table.key.length === 0) return false;
  if (await inOrderOfKey(session, part)) return false;
  const found = await session.first<{ n: number }>(
    sql`SELECT count(*) AS n FROM (SELECT hash(${keyOf(part.table)}) AS h FROM ${loadedRows(part)} GROUP BY h HAVING count(*) > 1) AS k`,
  );
  return (found?.n ?? 0) > 0;
}

/** File and row of the file that a loaded row comes from, by its `source_row`. */
function origin(parts: readonly Part[]): { file: Sql; row: Sql } {
  const when = (value: (part: Part) => Sql): Sql =>
    sql`CASE (source_row - 1) // ${raw(String(rowsAFile))} ${join(
      parts.map((part) => sql`WHEN ${raw(String(part.slot))} THEN ${value(part)}`),
      ' ',
    )} END`;
  return { file: when((part) => literal(part.file)), row: when(rowOf) };
}

const rowOf = ({ slot, members }: Part): Sql =>
  raw(`((source_row - 1 - ${slot * rowsAFile}) // ${members} + 1)`);

/**
 * Keeps the first row of each key in the order of the files; the others become rejects, or simply go.
 *
 * @param parts all parts of one table
 * @returns whether rows were rejected
 */
export async function settleRepeats(
  session: Session,
  staging: Staging,
  parts: readonly Part[],
  repeats: 'reject' | 'first',
): Promise<boolean> {
  const [part] = parts;
  if (!part || !(await hasRepeats(session, part))) return false;
  const { table, into, loadId } = part;
  const later = sql`SELECT * FROM ${loadedRows(part)} QUALIFY row_number() OVER (PARTITION BY ${keyOf(table)} ORDER BY source_row) > 1`;
  const shown = join(
    table.key.map((column) => sql`CAST(${ident(column)} AS VARCHAR)`),
    " || ' · ' || ",
  );
  const { file, row } = origin(parts);
  if (repeats === 'reject')
    await session.run(
      sql`INSERT INTO ${ident(rejectsName(staging))} SELECT ${file}, ${row}, NULL, ${literal(table.name)}, ${literal(table.key.join(', '))}, ${shown}, 'reject_duplicate_key' FROM (${later}) AS l ORDER BY source_row`,
    );
  await session.run(
    sql`DELETE FROM ${ident(into)} WHERE load_id = ${raw(String(loadId))} AND source_row IN (SELECT source_row FROM (${later}) AS l)`,
  );
  return repeats === 'reject';
}

/** Takes the rows of a part away whose row of the file has been rejected, for whichever table. */
export async function dropRejected(session: Session, staging: Staging, part: Part): Promise<number> {
  const first = part.slot * rowsAFile;
  return session.run(
    sql`DELETE FROM ${ident(part.into)} WHERE load_id = ${raw(String(part.loadId))} AND source_row > ${raw(String(first))} AND source_row <= ${raw(String(first + rowsAFile))} AND ${rowOf(part)} IN (SELECT row_number FROM ${ident(rejectsName(staging))} WHERE file = ${literal(part.file)} AND table_name <> '')`,
  );
}
