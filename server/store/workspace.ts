import { sql } from '#core/sql/sql.ts';
import type { Context } from '../context.ts';
import type { Session } from '../engine/engine.ts';

/** A setting of the workspace, kept as JSON; undefined when it was never set. */
export async function readSetting<T>(session: Session, name: string): Promise<T | undefined> {
  const row = await session.first<{ value: string }>(sql`SELECT value FROM settings WHERE name = ${name}`);
  return row && (JSON.parse(row.value) as T);
}

export async function writeSetting(session: Session, name: string, value: unknown): Promise<void> {
  await session.run(sql`INSERT OR REPLACE INTO settings VALUES (${name}, ${JSON.stringify(value)})`);
}

/** Whether the portfolio came from the generator: then it has a clock of its own. */
export const isSimulated = async (session: Session): Promise<boolean> =>
  (await readSetting<boolean>(session, 'simulated')) ?? false;

/** The day that counts as today: the one stated for a portfolio of the past, a simulated workspace's own, or today's. */
export async function workspaceToday(context: Context, stated?: string): Promise<string> {
  const own = stated ?? (await readSetting<string>(context.engine, 'today'));
  return own ?? context.now().toISOString().slice(0, 10);
}

/** An instant as the engine stores it. */
export const instant = (date: Date): string => date.toISOString().replace('Z', '');
