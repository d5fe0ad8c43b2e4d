import { current } from '#core/sql/dialects/duckdb.ts';
import { ident, join, raw, type Sql, sql } from '#core/sql/sql.ts';
import type { Session } from '../../engine/engine.ts';
import { eventTables } from '../events/days.ts';
import type { Asked } from './still-allowed.ts';

/** How far what decides whether a message may still go has been heard. */
export interface Heard {
  /** The workspace's own date, where it has one. */
  today: string | null;
  /** Everything but what events say. */
  others: string;
  /** Messages of the run that are called back. */
  recalls: number;
  /** Load of the newest day of events, and the place of its next row; 0: none yet. */
  load: number;
  nextRow: number;
  /** Rows of the tables that events write to, of whatever load. */
  rows: number;
}

const countOf = (table: string): Sql => sql`(SELECT count(*) FROM ${ident(table)})`;
const newestDay = (column: string): Sql =>
  sql`coalesce((SELECT ${raw(column)} FROM event_days ORDER BY day DESC LIMIT 1), 0)`;

/** Counts alone, which the engine has at hand: it is asked every second. */
export async function readHeard(session: Session, exportId: string): Promise<Heard> {
  const tables = ['accounts', 'snapshots', 'flags'].map(countOf);
  const found =
    await session.first<Heard>(sql`SELECT (SELECT value FROM settings WHERE name = 'today') AS today,
    (SELECT count(*) || ' ' || coalesce(sum(load_id), 0) FROM loads WHERE state = 'live') || ' ' || ${join(tables, " || ' ' || ")} || ' '
      || (SELECT count(*) || ' ' || count(erased_at) || coalesce(max(forgetting_id), '') FROM forgettings) AS others,
    CAST((SELECT count(*) FROM recalls WHERE export_id = ${exportId}) AS BIGINT) AS recalls,
    ${newestDay('load_id')} AS load, ${newestDay('next_row')} AS "nextRow",
    CAST(${join(eventTables.map(countOf), ' + ')} AS BIGINT) AS "rows"`);
  if (!found) throw new Error('no answer to a question of counts');
  return { ...found, today: found.today === null ? null : (JSON.parse(found.today) as string) };
}

/** People of whom events have said something since: relation(customer_id). */
const toldSince = ({ load, nextRow }: Heard): Sql => {
  const fresh = raw(`load_id = ${load} AND source_row >= ${nextRow}`);
  return sql`(SELECT customer_id FROM contact_permissions WHERE ${fresh} UNION SELECT customer_id FROM complaints WHERE ${fresh}
    UNION SELECT a.customer_id FROM ${current('accounts')} a JOIN (SELECT account_id FROM payments WHERE ${fresh}
      UNION SELECT account_id FROM promises WHERE ${fresh}) p ON p.account_id = a.account_id)`;
};

/**
 * Whose messages are to be asked about again: those of the people that events told of, where nothing else has been heard since; of
 * everybody where a load came or was withdrawn, somebody is forgotten or the date is another; null: nothing was heard.
 */
export function toAskAgain(before: Heard | null, now: Heard): Asked | null {
  if (!before) return 'waiting';
  const others = before.others === now.others && before.today === now.today;
  const more = now.nextRow - before.nextRow;
  if (others && before.load === now.load && now.rows - before.rows === more) {
    if (more > 0) return { waiting: toldSince(before) };
    if (more === 0 && before.recalls === now.recalls) return null;
  }
  return 'waiting';
}
