import type { z } from 'zod';
import type { member, SegmentFreeze, sorts } from '#core/contract/segments/views.ts';
import { current } from '#core/sql/dialects/duckdb.ts';
import { raw, type Sql, sql } from '#core/sql/sql.ts';
import type { Session } from '../../engine/engine.ts';
import { freezeMembers } from './freezes.ts';

export type Member = z.output<typeof member>;

/** An identifier as those see it who may not read personal data. */
const shortened = (id: Sql): Sql => sql`CASE WHEN length(${id}) > 6 THEN '…' || right(${id}, 3) ELSE '…' END`;

const orders: Record<(typeof sorts)[number], Sql> = {
  days_past_due: raw('s.days_past_due DESC NULLS LAST, m.account_id'),
  arrears: raw('a.currency, s.arrears DESC NULLS LAST, m.account_id'),
  balance: raw('a.currency, s.balance DESC NULLS LAST, m.account_id'),
  account_id: raw('m.account_id'),
};

interface Asked {
  segmentId: string;
  freeze: Pick<SegmentFreeze, 'id' | 'current' | 'asOf'>;
  masked: boolean;
  sort: (typeof sorts)[number];
}

/** The members of a freeze with their balances on its date, in order; identifiers shortened where `masked`. */
export function membersTable({ segmentId, freeze, masked, sort }: Asked): Sql {
  const id = (name: string) => (masked ? shortened(raw(`m.${name}`)) : raw(`m.${name}`));
  return sql`SELECT ${id('customer_id')} AS "customerId", ${id('account_id')} AS "accountId", s.days_past_due AS "daysPastDue",
    a.currency, s.balance, s.arrears, a.product_type AS "productType"
    FROM (${freezeMembers(segmentId, freeze)}) m
    LEFT JOIN ${current('accounts')} a ON a.account_id = m.account_id
    LEFT JOIN ${current('snapshots')} s ON s.account_id = m.account_id AND s.as_of = CAST(${freeze.asOf} AS DATE)
    ORDER BY ${orders[sort]}`;
}

export async function readMembers(
  session: Session,
  asked: Asked,
  page: { limit: number; offset: number },
): Promise<{ members: Member[]; total: number }> {
  const members = await session.rows<Member>(
    sql`${membersTable(asked)} LIMIT ${page.limit} OFFSET ${page.offset}`,
  );
  const counted = await session.first<{ n: number }>(
    sql`SELECT CAST(count(*) AS BIGINT) AS n FROM (${freezeMembers(asked.segmentId, asked.freeze)}) m`,
  );
  return { members, total: counted?.n ?? 0 };
}
