import { v7 as uuidv7 } from 'uuid';
import type { Hold } from '#core/contract/portfolio/keeping.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import { raw, type Sql, sql } from '#core/sql/sql.ts';
import type { Session } from '../../engine/engine.ts';

interface HoldRow {
  customer_id: string;
  reason: string;
  placed_at: string;
  by_principal: string;
  released_at: string | null;
  released_by: string | null;
}

const asHold = (row: HoldRow): Hold => ({
  customerId: row.customer_id,
  reason: row.reason,
  placedAt: row.placed_at,
  by: row.by_principal,
  releasedAt: row.released_at,
  releasedBy: row.released_by,
});

const columns = raw('customer_id, reason, placed_at, by_principal, released_at, released_by');

/** Every hold, those in force first. */
export async function readHolds(session: Session): Promise<Hold[]> {
  const rows = await session.rows<HoldRow>(
    sql`SELECT ${columns} FROM holds ORDER BY released_at IS NOT NULL, placed_at DESC, hold_id DESC`,
  );
  return rows.map(asHold);
}

/** The hold in force on a person, or null. */
export async function holdOn(session: Session, customerId: string): Promise<Hold | null> {
  const row = await session.first<HoldRow>(
    sql`SELECT ${columns} FROM holds WHERE customer_id = ${customerId} AND released_at IS NULL`,
  );
  return row ? asHold(row) : null;
}

/** @throws legal_hold */
export async function refuseHeld(session: Session, customerId: string): Promise<void> {
  const hold = await holdOn(session, customerId);
  if (hold)
    throw new DomainError('legal_hold', {
      customerId,
      placedAt: hold.placedAt,
      by: hold.by,
      reason: hold.reason,
    });
}

/** Puts a person's data under hold; a second hold on the same person leaves the first. */
export async function placeHold(
  session: Session,
  given: { customerId: string; reason: string; at: string; by: string },
): Promise<Hold> {
  const already = await holdOn(session, given.customerId);
  if (already) return already;
  await session.run(
    sql`INSERT INTO holds VALUES (${uuidv7()}, ${given.customerId}, ${given.reason}, ${given.at}, ${given.by}, NULL, NULL)`,
  );
  return (await holdOn(session, given.customerId)) as Hold;
}

/** @throws no_legal_hold */
export async function releaseHold(
  session: Session,
  given: { customerId: string; at: string; by: string },
): Promise<Hold> {
  const hold = await holdOn(session, given.customerId);
  if (!hold) throw new DomainError('no_legal_hold', { customerId: given.customerId });
  await session.run(
    sql`UPDATE holds SET released_at = ${given.at}, released_by = ${given.by} WHERE customer_id = ${given.customerId} AND released_at IS NULL`,
  );
  return { ...hold, releasedAt: given.at, releasedBy: given.by };
}

/** People whose data may not be deleted, and their accounts, as SELECTs of one column. */
export const heldPeople: Sql = raw('SELECT customer_id FROM holds WHERE released_at IS NULL');
export const heldAccounts: Sql = sql`SELECT account_id FROM accounts WHERE customer_id IN (${heldPeople})
  UNION SELECT account_id FROM account_parties WHERE customer_id IN (${heldPeople})`;
