import { raw, type Sql, sql } from '#core/sql/sql.ts';
import type { Session } from '../../engine/engine.ts';

/** What names a person: whose strings are looked for everywhere, and replaced or erased. */
export const markKinds = [
  'customer',
  'account',
  'address',
  'payment',
  'contact',
  'promise',
  'complaint',
  'cost',
  'assignment',
  'message',
] as const;
export type MarkKind = (typeof markKinds)[number];

/** Kinds that say by themselves who somebody is; every row or line of a person has one of them. */
export const primaryKinds: readonly MarkKind[] = ['customer', 'account', 'address'];

export interface Mark {
  kind: MarkKind;
  value: string;
  replacement: string;
}

/** Accounts whose newest row, those of live loads first, names the person as holder. */
const ownAccounts = (customerId: Sql): Sql => sql`
  SELECT account_id FROM (
    SELECT a.account_id, arg_max(a.customer_id, ROW(l.state = 'live', a.load_id)) AS holder
    FROM accounts a JOIN loads l ON l.load_id = a.load_id
    WHERE a.account_id IN (SELECT account_id FROM accounts WHERE customer_id = ${customerId})
    GROUP BY a.account_id
  ) h WHERE holder = ${customerId}`;

function sources(customerId: string): [MarkKind, Sql][] {
  const who = sql`${customerId}`;
  const own = ownAccounts(who);
  const byAccount = (column: string, table: string) =>
    sql`SELECT ${raw(column)} FROM ${raw(table)} WHERE account_id IN (${own})`;
  const byPerson = (column: string, table: string) =>
    sql`SELECT ${raw(column)} FROM ${raw(table)} WHERE customer_id = ${who}`;
  return [
    ['customer', sql`SELECT ${who}`],
    ['account', own],
    ['address', byPerson('address', 'contact_points')],
    ['payment', byAccount('payment_id', 'payments')],
    ['contact', byPerson('contact_id', 'contacts')],
    ['promise', byAccount('promise_id', 'promises')],
    ['complaint', byPerson('complaint_id', 'complaints')],
    ['cost', byAccount('cost_id', 'costs')],
    ['assignment', byPerson('assignment_id', 'assignments')],
    ['message', byPerson('message_key', 'export_rows')],
  ];
}

/**
 * Notes every string that names a person, superseded and withdrawn rows included, each with a random one to stand in
 * its place. Of a string of several kinds the first kind counts.
 */
export async function collectMarks(
  session: Session,
  forgettingId: string,
  customerId: string,
  token: string,
): Promise<void> {
  await session.run(sql`DELETE FROM forget_marks WHERE forgetting_id = ${forgettingId}`);
  for (const [kind, values] of sources(customerId))
    await session.run(sql`INSERT INTO forget_marks
      SELECT ${forgettingId}, ${kind}, v, ${kind === 'customer' ? sql`${token}` : raw(`'erased-' || replace(CAST(uuid() AS VARCHAR), '-', '')`)}
      FROM (SELECT DISTINCT v FROM (${values}) AS s(v) WHERE v IS NOT NULL AND v <> '') d
      WHERE v NOT IN (SELECT value FROM forget_marks WHERE forgetting_id = ${forgettingId}) ORDER BY v`);
}

export const readMarks = (session: Session, forgettingId: string): Promise<Mark[]> =>
  session.rows<Mark>(
    sql`SELECT kind, value, replacement FROM forget_marks WHERE forgetting_id = ${forgettingId} ORDER BY kind, value`,
  );

/** The strings of some kinds, as a SELECT of one column. */
export const marked = (forgettingId: string, ...kinds: MarkKind[]): Sql =>
  sql`SELECT value FROM forget_marks WHERE forgetting_id = ${forgettingId} AND kind IN (${raw(kinds.map((kind) => `'${kind}'`).join(', '))})`;
