import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Load } from '#core/contract/portfolio/loads.ts';
import { ident, literal, raw, sql } from '#core/sql/sql.ts';
import type { Engine, Session } from '../../engine/engine.ts';
import { nextLoadNumber, numberingLoads } from '../loading/reserved-loads.ts';

/** The recipe by which a load that holds the events of a day is known. */
export const eventsRecipe = 'events';

/** Tables that events write to. */
export const eventTables = ['contacts', 'payments', 'promises', 'contact_permissions', 'complaints'] as const;
export type EventTable = (typeof eventTables)[number];

export interface EventDay {
  day: string;
  loadId: number;
  /** The `source_row` of the next row, from 1. */
  nextRow: number;
}

const hashOf = (text: string): string => bytesToHex(sha256(utf8ToBytes(text)));
const fileName = (day: string): string => `events-${day}`;

/** Rows that events have written so far: changes whenever they say something new. */
export const rowsOfEvents = async (session: Session): Promise<number> =>
  (
    await session.first<{ n: number }>(
      sql`SELECT CAST(coalesce(sum(next_row), 0) AS BIGINT) AS n FROM event_days`,
    )
  )?.n ?? 0;

/** Whether the events of a day are still coming in. */
export const isDayOpen = async (session: Session, day: string): Promise<boolean> =>
  (await session.first(
    sql`SELECT 1 AS one FROM event_days WHERE day = CAST(${day} AS DATE) AND closed_at IS NULL`,
  )) !== undefined;

const readDay = async (session: Session, day: string): Promise<EventDay | undefined> => {
  const row = await session.first<{ load_id: number; next_row: number }>(
    sql`SELECT load_id, next_row FROM event_days WHERE day = CAST(${day} AS DATE)`,
  );
  return row && { day, loadId: row.load_id, nextRow: row.next_row };
};

/**
 * The load that holds what events of a day wrote, made with the first of them. The days before are closed: from then
 * on their load is known by what it holds, so that a data version changes once a day on account of events and not
 * with every one.
 */
export async function openDay(engine: Engine, day: string, at: string): Promise<EventDay> {
  const open = await readDay(engine, day);
  if (open) return open;
  return numberingLoads(engine, () =>
    engine.transaction(async (session) => {
      const found = await readDay(session, day);
      if (found) return found;
      await closeDays(session, day, at);
      const loadId = await nextLoadNumber(session);
      const files: Load['files'] = [{ name: fileName(day), bytes: 0, sha256: hashOf(fileName(day)) }];
      await session.run(sql`INSERT INTO loads (load_id, state, recipe, recipe_hash, files, tables, rejected, simulated, loaded_at, by_principal)
        VALUES (${loadId}, 'live', ${eventsRecipe}, ${hashOf(eventsRecipe)}, ${JSON.stringify(files)}, '[]', 0, false, ${at}, 'events')`);
      await session.run(
        sql`INSERT INTO event_days (day, load_id, next_row) VALUES (CAST(${day} AS DATE), ${loadId}, 1)`,
      );
      return { day, loadId, nextRow: 1 };
    }),
  );
}

async function closeDays(session: Session, day: string, at: string): Promise<void> {
  const open = await session.rows<{ day: string; load_id: number; next_row: number }>(
    sql`SELECT CAST(day AS VARCHAR) AS day, load_id, next_row FROM event_days WHERE closed_at IS NULL AND day < CAST(${day} AS DATE) ORDER BY day`,
  );
  for (const { day: closed, load_id, next_row } of open) {
    await dropReplaced(session, load_id);
    const files: Load['files'] = [
      { name: fileName(closed), bytes: next_row - 1, sha256: hashOf(`${fileName(closed)} ${next_row}`) },
    ];
    await session.run(sql`UPDATE loads SET files = ${JSON.stringify(files)} WHERE load_id = ${load_id}`);
    await session.run(sql`UPDATE event_days SET closed_at = ${at} WHERE day = CAST(${closed} AS DATE)`);
  }
}

/** Rows of a closed day that a later row of the same day replaced: nobody reads them any more. */
async function dropReplaced(session: Session, loadId: number): Promise<void> {
  const load = raw(String(loadId));
  for (const table of eventTables)
    await session.run(sql`DELETE FROM ${ident(table)} WHERE load_id = ${load} AND source_row IN (
      SELECT source_row FROM superseded WHERE table_name = ${literal(table)} AND load_id = ${load} AND by_load_id = ${load})`);
  await session.run(sql`DELETE FROM superseded WHERE load_id = ${load} AND by_load_id = ${load}`);
}

/** Notes how many rows of each table the load of a day holds now. */
export async function countDay(
  session: Session,
  { day, loadId }: EventDay,
  added: {
    nextRow: number;
    rejected: number;
    rows: ReadonlyMap<EventTable, { rows: number; superseded: number }>;
  },
): Promise<void> {
  await session.run(sql`UPDATE event_days SET next_row = ${added.nextRow} WHERE day = CAST(${day} AS DATE)`);
  const held = await session.first<{ tables: string }>(
    sql`SELECT CAST(tables AS VARCHAR) AS tables FROM loads WHERE load_id = ${loadId}`,
  );
  const tables = JSON.parse(held?.tables ?? '[]') as Load['tables'];
  for (const [table, { rows, superseded }] of added.rows) {
    const found = tables.find((one) => one.table === table);
    if (found) {
      found.rows += rows;
      found.superseded += superseded;
    } else if (rows > 0) tables.push({ table, rows, superseded });
  }
  await session.run(
    sql`UPDATE loads SET tables = ${JSON.stringify(tables)}, rejected = rejected + ${added.rejected} WHERE load_id = ${loadId}`,
  );
}
