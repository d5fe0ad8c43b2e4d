import { sql } from '#core/sql/sql.ts';
import type { TextValues } from '#core/text/text.ts';
import type { Session } from '../engine/engine.ts';

/** Records who did what to which record. `details` hold figures and identifiers, never personal values. */
export async function writeAudit(
  session: Session,
  entry: { at: string; by: string; action: string; subject?: string; details?: TextValues },
): Promise<void> {
  await session.run(sql`INSERT INTO audit VALUES (${entry.at}, ${entry.by}, ${entry.action},
    ${entry.subject ?? null}, ${JSON.stringify(entry.details ?? {})})`);
}
