import { ident, literal, raw, type Sql, sql } from '#core/sql/sql.ts';
import type { Session } from '../../engine/engine.ts';
import { findPrior } from './publish-rows.ts';

/** A table whose rows senders name by their `reference`, and whose each is: a name counts together with its owner. */
interface Named {
  table: 'payments' | 'promises' | 'complaints';
  kind: string;
  key: string;
  owner: 'account_id' | 'customer_id';
}

export const payments: Named = { table: 'payments', kind: 'paid', key: 'payment_id', owner: 'account_id' };
export const promises: Named = {
  table: 'promises',
  kind: 'promised',
  key: 'promise_id',
  owner: 'account_id',
};
export const complaints: Named = {
  table: 'complaints',
  kind: 'complained',
  key: 'complaint_id',
  owner: 'customer_id',
};

/** What an event said, and when it happened: the greatest is what holds, in whatever order they come. */
export const said = raw('struct_pack(happened := happened_at, due_on := due_on, amount := amount)');

/**
 * The accepted events of a kind in `named_<table>`, each with its row's own name: the sender's reference, which other
 * loads may use too; where that is the name of somebody else's row, with the owner beside it, so that no payment,
 * promise or complaint takes another's place; without a reference, one that only the event has. Rows with those names
 * are in `prior_<table>`.
 *
 * @returns whether there is any such row
 */
export async function nameRows(session: Session, { table, kind, key, owner }: Named): Promise<boolean> {
  const of = raw(owner);
  const beside = sql`reference || '@' || ${of}`;
  const events = sql`FROM told WHERE reason IS NULL AND kind = ${literal(kind)}`;
  const named = sql`${events} AND reference IS NOT NULL`;
  await findPrior(
    session,
    table,
    sql`(SELECT reference AS ${ident(key)} ${named} UNION SELECT ${beside} ${named})`,
  );
  const prior = sql`SELECT ${ident(key)} AS name, min(${of}) AS owner FROM ${raw(`prior_${table}`)} WHERE is_current GROUP BY 1`;
  await session.run(sql`CREATE TEMPORARY TABLE ${raw(`named_${table}`)} AS
    SELECT t.*, CASE WHEN t.reference IS NULL THEN t.sender_id || ':' || t.event_id
      WHEN t.beside = b.name OR f.owner <> t.${of} THEN t.beside ELSE t.reference END AS own_name
    FROM (SELECT *, ${beside} AS beside ${events}) t
    LEFT JOIN (SELECT name, owner FROM (
        SELECT name, owner, NULL AS happened_at FROM (${prior}) p
        UNION ALL SELECT reference, ${of}, happened_at ${named}
      ) o QUALIFY row_number() OVER (PARTITION BY name ORDER BY happened_at NULLS FIRST, owner) = 1) f ON f.name = t.reference
    LEFT JOIN (${prior}) b ON b.name = t.beside`);
  return (
    (await session.first(sql`SELECT 1 AS one FROM ${raw(`prior_${table}`)} WHERE is_current LIMIT 1`)) !==
    undefined
  );
}

/** What was said last of each row n of `named_<table>`, as an expression and the join it needs. */
export function lastSaid({ table, kind, key, owner }: Named, again: boolean): { last: Sql; joined: Sql } {
  if (!again) return { last: raw('n.last'), joined: raw('') };
  const joined = sql`LEFT JOIN (
    SELECT x.own_name, max(${said}) AS last FROM events e JOIN (SELECT DISTINCT own_name, reference, ${raw(owner)} FROM ${raw(`named_${table}`)} x
      SEMI JOIN ${raw(`prior_${table}`)} p ON p.${ident(key)} = x.own_name AND p.is_current) x
      ON x.reference = e.reference AND x.${raw(owner)} = e.${raw(owner)}
    WHERE e.kind = ${literal(kind)} GROUP BY x.own_name) l ON l.own_name = n.${ident(key)}`;
  return { last: raw('coalesce(l.last, n.last)'), joined };
}
