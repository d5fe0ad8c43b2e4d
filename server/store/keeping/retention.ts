import type { RetentionLine, RetentionRule } from '#core/contract/portfolio/keeping.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import { type Keepable, keepables, overAge } from '#core/keeping/retention.ts';
import { tables } from '#core/portfolio/tables.ts';
import { ident, literal, raw, type Sql, sql } from '#core/sql/sql.ts';
import type { Session } from '../../engine/engine.ts';
import { heldAccounts, heldPeople } from './holds.ts';

interface RuleRow {
  table_name: string;
  days: number;
  column_name: string;
  set_at: string;
  by_principal: string;
}

const asRule = ({ table, title, columns }: Keepable, row: RuleRow | undefined): RetentionRule => ({
  table,
  title,
  days: row?.days ?? null,
  column: row?.column_name ?? columns[0] ?? '',
  columns: [...columns],
  setAt: row?.set_at ?? null,
  by: row?.by_principal ?? null,
});

/** Every table that can be kept for a time, with the time set for it; none is set at first. */
export async function readRetention(session: Session): Promise<RetentionRule[]> {
  const rows = await session.rows<RuleRow>(raw('SELECT * FROM retention ORDER BY table_name'));
  return keepables.map((one) =>
    asRule(
      one,
      rows.find((row) => row.table_name === one.table),
    ),
  );
}

/** Sets how many days a table is kept; 0 keeps it for ever. @throws retention_unknown */
export async function setRetention(
  session: Session,
  given: { table: string; days: number; column?: string | undefined; at: string; by: string },
): Promise<RetentionRule> {
  const found = keepables.find(({ table }) => table === given.table);
  const column = given.column ?? found?.columns[0] ?? '';
  if (!found?.columns.includes(column))
    throw new DomainError('retention_unknown', {
      table: given.table,
      column,
      known: found ? found.columns.join(', ') : keepables.map(({ table }) => table).join(', '),
    });
  await session.run(sql`DELETE FROM retention WHERE table_name = ${found.table}`);
  if (given.days > 0)
    await session.run(
      sql`INSERT INTO retention VALUES (${found.table}, ${given.days}, ${column}, ${given.at}, ${given.by})`,
    );
  const rules = await readRetention(session);
  return rules.find(({ table }) => table === found.table) as RetentionRule;
}

const heldBy = ({ owner }: Keepable): Sql =>
  owner === 'customer_id'
    ? sql`customer_id IN (${heldPeople})`
    : owner === 'account_id'
      ? sql`coalesce(account_id IN (${heldAccounts}), false)`
      : raw('false');

interface Over {
  keepable: Keepable;
  line: RetentionLine;
  when: Sql;
}

/** Rows over age of each table with a time set, those of people under legal hold apart. */
export async function rowsOverAge(session: Session, today: string): Promise<Over[]> {
  const over: Over[] = [];
  for (const { table, days, column } of await readRetention(session)) {
    const keepable = keepables.find((one) => one.table === table);
    if (days === null || !keepable) continue;
    const before = sql`(CAST(${today} AS DATE) - CAST(${days} AS INTEGER))`;
    const old = overAge(column, before);
    const held = heldBy(keepable);
    const row = await session.first<{ before: string; rows: number; held: number }>(
      sql`SELECT CAST(${before} AS DATE) AS before, CAST(count(*) FILTER (WHERE NOT (${held})) AS BIGINT) AS rows,
        CAST(count(*) FILTER (WHERE ${held}) AS BIGINT) AS held FROM ${ident(table)} WHERE ${old}`,
    );
    over.push({
      keepable,
      line: { table, column, days, before: row?.before ?? today, rows: row?.rows ?? 0, held: row?.held ?? 0 },
      when: sql`${old} AND NOT (${held})`,
    });
  }
  return over;
}

/** Deletes the rows over age, in the caller's transaction; rows of people under legal hold stay. */
export async function deleteOverAge(session: Session, today: string): Promise<RetentionLine[]> {
  const over = await rowsOverAge(session, today);
  for (const { keepable, when, line } of over) {
    if (line.rows === 0) continue;
    const name = ident(keepable.table);
    if (tables.some((table) => table.name === keepable.table))
      await session.run(sql`DELETE FROM superseded WHERE table_name = ${literal(keepable.table)}
        AND (load_id, source_row) IN (SELECT (load_id, source_row) FROM ${name} WHERE ${when})`);
    await session.run(sql`DELETE FROM ${name} WHERE ${when}`);
  }
  return over.map(({ line }) => line);
}
