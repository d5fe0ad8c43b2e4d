import type { ForgetLine } from '#core/contract/portfolio/keeping.ts';
import type { Table } from '#core/portfolio/column.ts';
import { tables } from '#core/portfolio/tables.ts';
import { ident, literal, raw, type Sql, sql } from '#core/sql/sql.ts';
import type { Session } from '../../engine/engine.ts';
import { marked } from './marks.ts';

export interface Erasing {
  forgettingId: string;
  token: string;
}

type Action = ForgetLine['action'];
export const lineOf = (place: string, action: Action, rows: number): ForgetLine => ({
  place,
  kind: 'table',
  action,
  rows,
  why: null,
});

/** Rows of a canonical table that are the person's: by person where the table says who, else by account. */
export function ownRows(table: Table, forgettingId: string): Sql | null {
  const byPerson = sql`customer_id IN (${marked(forgettingId, 'customer')})`;
  const byAccount = sql`account_id IN (${marked(forgettingId, 'account')})`;
  if (table.name === 'accounts' || table.name === 'account_parties') return sql`${byPerson} OR ${byAccount}`;
  if ('customer_id' in table.columns) return byPerson;
  return table.columns.account_id?.required ? byAccount : null;
}

/** Rows that stay, being of somebody else or of nobody, but name one of the person's accounts. */
const namesAccount = (table: Table): boolean =>
  table.columns.account_id !== undefined && !table.columns.account_id.required;

async function eraseCanonical(
  session: Session,
  table: Table,
  { forgettingId }: Erasing,
): Promise<ForgetLine[]> {
  const lines: ForgetLine[] = [];
  const name = ident(table.name);
  const own = ownRows(table, forgettingId);
  if (own) {
    await session.run(sql`DELETE FROM superseded WHERE table_name = ${literal(table.name)}
      AND (load_id, source_row) IN (SELECT (load_id, source_row) FROM ${name} WHERE ${own})`);
    lines.push(lineOf(table.name, 'erased', await session.run(sql`DELETE FROM ${name} WHERE ${own}`)));
  }
  if (namesAccount(table)) {
    const key = own
      ? raw('')
      : sql`, ${ident(table.key[0] as string)} = 'erased-' || replace(CAST(uuid() AS VARCHAR), '-', '')`;
    const emptied = await session.run(
      sql`UPDATE ${name} SET account_id = NULL${key} WHERE account_id IN (${marked(forgettingId, 'account')})`,
    );
    lines.push(lineOf(table.name, 'emptied', emptied));
  }
  return lines;
}

/** Tables of the line that say who was assigned, checked, sent or not: counted on, so their rows stay under a random name. */
const counted: readonly { table: string; message?: boolean }[] = [
  { table: 'assignments' },
  { table: 'contact_checks' },
  { table: 'exclusions' },
  { table: 'export_rows', message: true },
  { table: 'exits' },
  { table: 'skips' },
];

async function pseudonymise(session: Session, { forgettingId, token }: Erasing): Promise<ForgetLine[]> {
  const lines: ForgetLine[] = [];
  for (const { table, message } of counted) {
    if (message)
      await session.run(sql`UPDATE ${raw(table)} SET message_key = m.replacement FROM forget_marks m
        WHERE m.forgetting_id = ${forgettingId} AND m.kind = 'message' AND m.value = ${raw(table)}.message_key`);
    const rows =
      await session.run(sql`UPDATE ${raw(table)} SET customer_id = ${token}, assignment_id = m.replacement
      FROM forget_marks m WHERE m.forgetting_id = ${forgettingId} AND m.kind = 'assignment' AND m.value = ${raw(table)}.assignment_id
        AND ${raw(table)}.customer_id IN (${marked(forgettingId, 'customer')})`);
    lines.push(lineOf(table, 'pseudonymised', rows));
  }
  const attributes = await session.run(sql`UPDATE export_rows SET customer_id = ${token}
    WHERE assignment_id = '' AND customer_id IN (${marked(forgettingId, 'customer')})`);
  lines.push(lineOf('export_rows', 'pseudonymised', attributes));
  const holds = await session.run(
    sql`UPDATE holds SET customer_id = ${token}, reason = '' WHERE customer_id IN (${marked(forgettingId, 'customer')})`,
  );
  lines.push(lineOf('holds', 'pseudonymised', holds));
  const drawn = await session.run(
    sql`UPDATE holdout_people SET customer_id = ${token}, hash = ${token} WHERE customer_id IN (${marked(forgettingId, 'customer')})`,
  );
  lines.push(lineOf('holdout_people', 'pseudonymised', drawn));
  const recalled = await session.run(
    sql`UPDATE recalls SET customer_id = ${token}, detail = NULL WHERE customer_id IN (${marked(forgettingId, 'customer')})`,
  );
  lines.push(lineOf('recalls', 'pseudonymised', recalled));
  return lines;
}

async function eraseMade(session: Session, { forgettingId }: Erasing): Promise<ForgetLine[]> {
  const accounts = marked(forgettingId, 'account');
  const scores = await session.run(sql`DELETE FROM scores WHERE account_id IN (${accounts})`);
  const members = await session.run(
    sql`DELETE FROM segment_members WHERE account_id IN (${accounts}) OR customer_id IN (${marked(forgettingId, 'customer')})`,
  );
  const channels = await session.run(
    sql`DELETE FROM channel_scores WHERE customer_id IN (${marked(forgettingId, 'customer')})`,
  );
  const told = await session.run(
    sql`DELETE FROM events WHERE account_id IN (${accounts}) OR customer_id IN (${marked(forgettingId, 'customer')})`,
  );
  // Without what was frozen nothing can be sent: such a row must not wait, nor be opened again.
  await session.run(sql`UPDATE export_rows SET state = 'withheld', reason = 'forgotten', not_before = NULL
    WHERE state IN ('pending', 'rejected', 'dead') AND customer_id IN (${marked(forgettingId, 'customer')})`);
  // A receiver's own words may quote the person.
  await session.run(sql`UPDATE export_rows SET reason = NULL
    WHERE state <> 'withheld' AND reason IS NOT NULL AND customer_id IN (${marked(forgettingId, 'customer')})`);
  const payloads = await session.run(
    sql`DELETE FROM export_payloads WHERE customer_id IN (${marked(forgettingId, 'customer')})`,
  );
  const synced = await session.run(
    sql`DELETE FROM sync_states WHERE customer_id IN (${marked(forgettingId, 'customer')})`,
  );
  const values = await session.run(sql`DELETE FROM risk_values WHERE account_id IN (${accounts})`);
  return [
    lineOf('scores', 'erased', scores),
    lineOf('segment_members', 'erased', members),
    lineOf('risk_values', 'erased', values),
    lineOf('channel_scores', 'erased', channels),
    lineOf('events', 'erased', told),
    lineOf('export_payloads', 'erased', payloads),
    lineOf('sync_states', 'erased', synced),
  ];
}

/** Tables treated here by name; every other one is gone through text by text. */
export const treatedTables: ReadonlySet<string> = new Set([
  ...tables.map(({ name }) => name),
  ...counted.map(({ table }) => table),
  'holds',
  'holdout_people',
  'scores',
  'segment_members',
  'risk_values',
  'channel_scores',
  'events',
  'export_payloads',
  'sync_states',
  'recalls',
  'superseded',
  'forgettings',
  'forget_marks',
  'suppressed',
  'kept_outcomes',
  'zone_offsets',
  'tokens',
  'principals',
]);

/**
 * Erases the person from the portfolio, in the caller's transaction: their rows of every load, live or not; what was
 * computed of them; and their name in the record of experiments, whose counts stay.
 */
export async function eraseRows(session: Session, erasing: Erasing): Promise<ForgetLine[]> {
  const lines: ForgetLine[] = [];
  for (const table of tables) lines.push(...(await eraseCanonical(session, table, erasing)));
  lines.push(...(await eraseMade(session, erasing)), ...(await pseudonymise(session, erasing)));
  return lines.filter(({ rows }) => rows !== 0);
}
