import type { Facts, Flag, Permission, Point, RuleTables, Touch } from '#core/contact/rule.ts';
import { sql } from '#core/sql/sql.ts';
import type { Session } from '../../engine/engine.ts';

/** What the rules know of one person, out of the relations a batch is judged on. */
export async function readFacts(
  session: Session,
  customerId: string,
  tables: RuleTables,
): Promise<Omit<Facts, 'offsets'>> {
  const permissions = await session.rows<Permission>(sql`
    SELECT channel, basis, CAST(epoch_ms(granted_at) AS DOUBLE) AS "grantedAt", CAST(epoch_ms(revoked_at) AS DOUBLE) AS "revokedAt"
    FROM ${tables.permissions} p WHERE customer_id = ${customerId} ORDER BY channel, granted_at, basis`);
  const points = await session.rows<Point>(
    sql`SELECT DISTINCT channel, valid FROM ${tables.points} p WHERE customer_id = ${customerId} ORDER BY channel, valid`,
  );
  const flags = await session.rows<Flag>(
    sql`SELECT kind, started_on AS "startedOn", ended_on AS "endedOn" FROM ${tables.flags} f WHERE customer_id = ${customerId} ORDER BY kind, started_on`,
  );
  const touches = await session.rows<Touch>(sql`
    SELECT channel, CAST(epoch_ms(happened_at) AS DOUBLE) AS "happenedAt", reached, conversation
    FROM ${tables.touches} t WHERE customer_id = ${customerId} ORDER BY happened_at, channel`);
  const late = await session.first<{ days: number | null }>(
    sql`SELECT CAST(max(days_past_due) AS INTEGER) AS days FROM ${tables.standing} s WHERE customer_id = ${customerId}`,
  );
  const addressable = await session.first(
    sql`SELECT 1 AS one FROM ${tables.addressable} a WHERE customer_id = ${customerId} LIMIT 1`,
  );
  return {
    addressable: addressable !== undefined,
    daysPastDue: late?.days ?? null,
    permissions,
    points,
    flags,
    touches,
  };
}
