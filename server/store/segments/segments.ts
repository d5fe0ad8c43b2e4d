import type { Segment } from '#core/contract/segments/segments.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import type { Dialect } from '#core/sql/dialects/dialect.ts';
import { type Sql, sql } from '#core/sql/sql.ts';
import type { Session } from '../../engine/engine.ts';
import { insertFreeze } from './freezes.ts';

interface SegmentRow {
  segment_id: string;
  name: string;
  condition: string;
  size: string;
  frozen_at: string | null;
  created_at: string;
  by_principal: string;
}

/** What earlier versions stored has no balance. */
type StoredSize = Omit<Segment['size'], 'balance'> & Partial<Segment['size']>;
const withBalance = (size: StoredSize): Segment['size'] => ({ ...size, balance: size.balance ?? [] });

const asSegment = (row: SegmentRow): Segment => ({
  id: row.segment_id,
  name: row.name,
  condition: JSON.parse(row.condition) as Segment['condition'],
  size: withBalance(JSON.parse(row.size) as StoredSize),
  frozenAt: row.frozen_at,
  createdAt: row.created_at,
  by: row.by_principal,
});

/** @throws not_found */
export async function readSegment(session: Session, id: string): Promise<Segment> {
  const row = await session.first<SegmentRow>(sql`SELECT * FROM segments WHERE segment_id = ${id}`);
  if (!row) throw new DomainError('not_found', { kind: 'segment', id });
  return asSegment(row);
}

export async function readSegments(session: Session): Promise<Segment[]> {
  const rows = await session.rows<SegmentRow>(
    sql`SELECT * FROM segments ORDER BY created_at DESC, segment_id DESC`,
  );
  return rows.map(asSegment);
}

/**
 * Stores a segment, frozen with its accounts as they are now; `members` has account_id and customer_id. Gives it with the
 * figures of the accounts that were written.
 */
export async function insertSegment(
  session: Session,
  dialect: Dialect,
  given: Segment,
  members: Sql,
  dataVersion: string,
): Promise<Segment> {
  const asStored = (instant: string) => instant.replace('Z', '');
  const { size } = await insertFreeze(session, dialect, {
    segmentId: given.id,
    asOf: given.size.asOf,
    members,
    dataVersion,
    reason: 'saved',
    usedBy: null,
    current: true,
    at: given.createdAt,
    by: given.by,
  });
  const segment = { ...given, size: { ...given.size, ...size } };
  await session.run(sql`INSERT INTO segments VALUES (${segment.id}, ${segment.name}, ${JSON.stringify(segment.condition)},
    ${JSON.stringify(segment.size)}, ${dataVersion}, ${segment.frozenAt && asStored(segment.frozenAt)},
    ${asStored(segment.createdAt)}, ${segment.by})`);
  return segment;
}

/** The segment as it is after it was frozen anew. */
export async function updateFrozen(
  session: Session,
  id: string,
  size: Segment['size'],
  dataVersion: string,
  at: string,
): Promise<void> {
  await session.run(sql`UPDATE segments SET size = ${JSON.stringify(size)}, data_version = ${dataVersion},
    frozen_at = ${at.replace('Z', '')} WHERE segment_id = ${id}`);
}

/** The accounts a segment was frozen with: account_id, customer_id. */
export const segmentMembersOf = (id: string): Sql =>
  sql`SELECT account_id, customer_id FROM segment_members WHERE segment_id = ${id}`;
