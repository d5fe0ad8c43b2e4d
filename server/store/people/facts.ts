import type { Facts, Flag, Permission, Point, RuleTables, Touch } from '#core/contact/rule.ts';
import { current } from '#core/sql/dialects/duckdb.ts';
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
  return { permissions, points, flags, touches };
}

/** Whether the person may be addressed at all: as the holder of an account, or as a party marked contactable. */
export async function isAddressable(session: Session, customerId: string): Promise<boolean> {
  const found = await session.first(sql`
    SELECT 1 AS one FROM ${current('accounts')} a
    LEFT JOIN ${current('account_parties')} t ON t.account_id = a.account_id AND t.customer_id = a.customer_id
    WHERE a.customer_id = ${customerId} AND coalesce(t.contactable, coalesce(t.role, 'holder') = 'holder')
    UNION ALL
    SELECT 1 FROM ${current('account_parties')} WHERE customer_id = ${customerId} AND coalesce(contactable, role = 'holder')
    LIMIT 1`);
  return found !== undefined;
}
