import type { Segment } from '#core/contract/segments.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import { type Sql, sql } from '#core/sql/sql.ts';
import type { Session } from '../engine/engine.ts';

interface SegmentRow {
  segment_id: string;
  name: string;
  condition: string;
  size: string;
  frozen_at: string | null;
  created_at: string;
  by_principal: string;
}

const asSegment = (row: SegmentRow): Segment => ({
  id: row.segment_id,
  name: row.name,
  condition: JSON.parse(row.condition) as Segment['condition'],
  size: JSON.parse(row.size) as Segment['size'],
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

/** Stores a segment with its accounts as they are now; `members` has account_id and customer_id. */
export async function insertSegment(
  session: Session,
  segment: Segment,
  members: Sql,
  dataVersion: string,
): Promise<void> {
  const asStored = (instant: string) => instant.replace('Z', '');
  await session.run(sql`INSERT INTO segments VALUES (${segment.id}, ${segment.name}, ${JSON.stringify(segment.condition)},
    ${JSON.stringify(segment.size)}, ${dataVersion}, ${segment.frozenAt && asStored(segment.frozenAt)},
    ${asStored(segment.createdAt)}, ${segment.by})`);
  await session.run(sql`INSERT INTO segment_members
    SELECT ${segment.id}, m.account_id, m.customer_id, CAST(${segment.size.asOf} AS DATE) FROM (${members}) m`);
}

/** The accounts a segment was frozen with: account_id, customer_id. */
export const segmentMembersOf = (id: string): Sql =>
  sql`SELECT account_id, customer_id FROM segment_members WHERE segment_id = ${id}`;
